"""Programs over the API: made, changed and moved, and the templates they are made from."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from backend.overview.api import inputs
from core import clock, exceptions
from core.api import concurrency, rendering
from core.api.fields import Named
from core.api.inputs import Reason
from core.api.views import Endpoint, MoveEndpoint
from programs import queries
from programs import services as programs
from programs.api.views import programs as program_views
from programs.models import Program
from programs.services import ProgramDetails

TEMPLATE = ("ref", "name", "description", "is_built_in", "phases", "milestone_count", "outcome_count", "days")


def find_program(reader: Any, named: Named) -> Program:
    """Return the program that a body names.

    Raises:
        programs.exceptions.NothingOfThatName: when the reader belongs to none of the name.
    """
    found: Program = queries.one_of(Program.objects.visible_to(reader), named, field="program")
    return found


class ProgramList(program_views.ProgramList):
    """The programs that the reader belongs to."""

    @extend_schema(request=inputs.ProgramInput)
    def post(self, request: Request) -> HttpResponse:
        """Make a draft program: from nothing, a template, or a copy of another one's structure."""
        data = self.read(inputs.ProgramInput)
        template, copied = data.pop("template", ""), data.pop("copy_of", None)
        source = None if copied is None else find_program(self.reader, copied)
        program = programs.open_program(
            details=ProgramDetails(**data), template=template, source=source, by=self.reader, at=clock.now()
        )
        return self.created(program.pk)


class ProgramItem(program_views.ProgramItem):
    """One program, with its days off."""

    @extend_schema(request=inputs.ProgramChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change what a program is."""
        with self.changing(inputs.ProgramChange) as (program, _row, data):
            programs.edit_program(program=program, changes=data, by=self.reader, at=clock.now())
        return self.changed(program.pk)


class ProgramMove(program_views.ProgramItem, MoveEndpoint):
    """A move of a program."""

    service: ClassVar[Callable[..., Program]]

    def move(self, subject: Program, data: dict[str, Any]) -> None:
        type(self).service(program=subject, **data, by=self.reader, at=clock.now())


class ProgramActivate(ProgramMove):
    """Make a draft active; what it lacks is named."""

    service = programs.activate_program


class ProgramDeactivate(ProgramMove):
    """Undo that a program became active, before any of its phases has started, and say why."""

    input_class = Reason
    service = programs.deactivate_program


class ProgramPause(ProgramMove):
    """Pause a program."""

    input_class = inputs.MaybeReason
    service = programs.pause_program


class ProgramResume(ProgramMove):
    """Go on with a paused program."""

    service = programs.resume_program


class ProgramClose(ProgramMove):
    """Close a program; its outcomes go on being measured."""

    input_class = inputs.MaybeReason
    service = programs.close_program


class ProgramStop(ProgramMove):
    """Stop a program, and say why."""

    input_class = Reason
    service = programs.stop_program


class ProgramReopen(ProgramMove):
    """Undo that a program was closed or stopped, and say why."""

    input_class = Reason
    service = programs.reopen_program


class OfPerson(ProgramMove):
    """A move that names a member of the program."""

    def move(self, subject: Program, data: dict[str, Any]) -> None:
        found = queries.find_places(self.reader, subject.pk, {"person": data["person"]})
        type(self).service(program=subject, person=found["person"], by=self.reader, at=clock.now())


class ProgramDeputy(OfPerson):
    """Name who stands in for the sponsor, or nobody."""

    input_class = inputs.Deputy
    service = programs.name_deputy


class ProgramManager(OfPerson):
    """Name the manager whom the program shows."""

    input_class = inputs.Named
    service = programs.name_manager


class TemplateList(Endpoint):
    """The templates that programs are made from: the product's, and those that the organisation saved."""

    access_rule = "signed_in"
    serializer_class = inputs.TemplateList
    is_indexed = True
    http_method_names = ("get", "head", "post")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """List every template, on one page: there are never more than fit on it."""
        found = [_shown(one) for one in queries.templates()]
        return self.show_document({"results": found, "next": None, "previous": None})

    @extend_schema(request=inputs.TemplateInput, responses={201: inputs.TemplateShown})
    def post(self, request: Request) -> HttpResponse:
        """Save the structure of a program as a template that everybody who signs in sees."""
        data = self.read(inputs.TemplateInput)
        program = find_program(self.reader, data.pop("program"))
        saved = programs.save_template(program=program, **data, by=self.reader, at=clock.now())
        found = _template(str(saved.pk))
        return rendering.answer(rendering.to_bytes(_shown(found)), status=201, etag=_etag(found))


class TemplateItem(Endpoint):
    """One template."""

    access_rule = "signed_in"
    serializer_class = inputs.TemplateShown
    http_method_names = ("get", "head", "delete")

    def get(self, request: Request, template: str) -> HttpResponse:
        found = _template(template)
        etag = _etag(found)
        if concurrency.is_known(etag, request.headers):
            return rendering.answer(b"", status=304, etag=etag)
        return rendering.answer(rendering.to_bytes(_shown(found)), etag=etag)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, template: str) -> HttpResponse:
        """Delete a template that the organisation saved; programs that began with it stay as they are."""
        found = _template(template)
        concurrency.require_match(found.version, request.headers, etag=lambda: _etag(found))
        programs.delete_template(ref=template, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


def _template(ref: str) -> queries.Template:
    """Return the template that an address names.

    Raises:
        core.exceptions.NotFound: when there is none.
    """
    found = queries.template(ref)
    if found is None:
        raise exceptions.NotFound
    return found


def _etag(one: queries.Template) -> str:
    return concurrency.item_etag(one.version, rendering.to_bytes(_shown(one)))


def _shown(one: queries.Template) -> dict[str, Any]:
    return {name: getattr(one, name) for name in TEMPLATE}
