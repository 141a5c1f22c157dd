"""Programs over the API: listed, made, changed and moved."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api.inputs import Reason
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from programs import queries, services
from programs.api import filters
from programs.api.serializers import programs as serializers
from programs.models import Program
from programs.services import ProgramDetails

Rows = QuerySet[Any, Row]


class Programs(ResourceEndpoint):
    access_rule = "member"
    model = Program
    ref_example = "ONE"
    serializer_class: Any = serializers.Program
    code_fields = ("key",)

    def rows(self) -> Rows:
        return serializers.Program.select(queries.readable_programs(self.reader))


class ProgramList(Programs, ListEndpoint):
    """The programs that the reader belongs to."""

    filterset_class = filters.ProgramFilter
    orderings = ("id", "key", "name", "start_on", "end_on", "updated_at")

    @extend_schema(request=serializers.ProgramInput, responses={201: serializers.ProgramOpened})
    def post(self, request: Request) -> HttpResponse:
        """Make a draft program: from nothing, a template, or a copy of another one's structure."""
        data = self.read(serializers.ProgramInput)
        template, copied = data.pop("template", ""), data.pop("copy_of", None)
        source = None if copied is None else queries.program_named(self.reader, copied)
        opened = services.open_program(
            details=ProgramDetails(**data), template=template, source=source, by=self.reader, at=clock.now()
        )
        return self.created(opened.program.pk, dates_moved=opened.dates_moved)


class ProgramItem(Programs, ItemEndpoint):
    """One program, with its days off."""

    serializer_class = serializers.ProgramDetail

    def whole(self, values: Row) -> Row:
        return serializers.ProgramDetail.row(values, holidays=queries.holidays_of(values["id"]))

    @extend_schema(request=serializers.ProgramChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change what a program is."""
        with self.changing(serializers.ProgramChange) as (program, _row, data):
            services.edit_program(program=program, changes=data, by=self.reader, at=clock.now())
        return self.changed(program.pk)


class ProgramMove(ProgramItem, MoveEndpoint):
    """A move of a program."""

    service: ClassVar[Callable[..., Program]]

    def move(self, subject: Program, data: dict[str, Any]) -> None:
        type(self).service(program=subject, **data, by=self.reader, at=clock.now())


class ProgramActivate(ProgramMove):
    """Make a draft active; what it lacks is named."""

    service = services.activate_program


class ProgramDeactivate(ProgramMove):
    """Undo that a program became active, before any of its phases has started, and say why."""

    input_class = Reason
    service = services.deactivate_program


class ProgramPause(ProgramMove):
    """Pause a program."""

    input_class = serializers.MaybeReason
    service = services.pause_program


class ProgramResume(ProgramMove):
    """Go on with a paused program."""

    service = services.resume_program


class ProgramClose(ProgramMove):
    """Close a program; its outcomes go on being measured."""

    input_class = serializers.MaybeReason
    service = services.close_program


class ProgramStop(ProgramMove):
    """Stop a program, and say why."""

    input_class = Reason
    service = services.stop_program


class ProgramReopen(ProgramMove):
    """Undo that a program was closed or stopped, and say why."""

    input_class = Reason
    service = services.reopen_program


class OfPerson(ProgramMove):
    """A move that names a member of the program."""

    def move(self, subject: Program, data: dict[str, Any]) -> None:
        found = queries.find_places(self.reader, subject.pk, {"person": data["person"]})
        type(self).service(program=subject, person=found["person"], by=self.reader, at=clock.now())


class ProgramDeputy(OfPerson):
    """Name who stands in for the sponsor, or nobody."""

    input_class = serializers.Deputy
    service = services.name_deputy


class ProgramManager(OfPerson):
    """Name the manager whom the program shows."""

    input_class = serializers.Named
    service = services.name_manager
