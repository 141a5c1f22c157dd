"""Phases over the API: added, changed, ordered, deleted, and moved from planned to closed."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api import references, renderers
from core.api.fields import Named
from core.api.inputs import Reason
from core.api.pagination import Row
from core.api.serializers import EmptyInput
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from programs import queries
from programs.models import Phase, Program
from workstreams import services
from workstreams.api import filters
from workstreams.api.serializers import phases
from workstreams.exceptions import OrderIncomplete
from workstreams.services import PhaseDetails

Rows = QuerySet[Any, Row]


class Phases(ResourceEndpoint):
    access_rule = "member"
    model = Phase
    ref_example = "ONE-PH3"
    serializer_class = phases.Phase
    code_fields = ("program__key", "code")

    def rows(self) -> Rows:
        return phases.Phase.select(self.subjects())

    def subjects(self) -> QuerySet[Phase]:
        return Phase.objects.visible_to(self.reader)


class PhaseList(Phases, ListEndpoint):
    """The phases of the reader's programs."""

    filterset_class = filters.PhaseFilter
    orderings = ("id", "position", "baseline_start_on", "baseline_end_on", "updated_at")

    @extend_schema(request=phases.PhaseInput)
    def post(self, request: Request) -> HttpResponse:
        """Add a planned phase behind the others."""
        data = self.read(phases.PhaseInput)
        found = queries.find_places(self.reader, data.pop("program"), {"owner": data.pop("owner", None)})
        details = PhaseDetails(**data, owner=found["owner"])
        phase = services.add_phase(
            program=queries.program_named(self.reader, found["program"].pk),
            details=details,
            by=self.reader,
            at=clock.now(),
        )
        return self.created(phase.pk)


class PhaseOrder(PhaseList):
    """The order of a program's phases."""

    is_list = False
    http_method_names = ("post",)

    @extend_schema(request=phases.PhaseOrder)
    def post(self, request: Request) -> HttpResponse:
        """Put the phases of a program into a whole new order; each obeys the gate of the one before it."""
        data = self.read(phases.PhaseOrder)
        program = queries.program_named(self.reader, data["program"])
        services.order_phases(program=program, phases=_named(program, data["phases"]), by=self.reader, at=clock.now())
        ordered = self.rows().filter(program_id=program.pk).order_by("position", "id")
        return renderers.answer(
            renderers.to_bytes({"results": [self.row(one) for one in ordered], "next": None, "previous": None})
        )


def _named(program: Program, named: list[Named]) -> list[Phase]:
    """Return the phases that an order names.

    Raises:
        OrderIncomplete: when one of them is none of the program's.
    """
    known: dict[Named, Phase] = {}
    for phase in Phase.objects.filter(program=program):
        known |= {phase.pk: phase, phase.code: phase, f"{program.key}-{phase.code}": phase}
    if any(one not in known for one in named):
        raise OrderIncomplete(fields={"phases": [OrderIncomplete.sentence]})
    return [known[one] for one in named]


class PhaseItem(Phases, ItemEndpoint):
    """One phase."""

    @extend_schema(request=phases.PhaseChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change a phase. From its start on its baseline stands, and its other dates move with a reason."""
        with self.changing(phases.PhaseChange) as (phase, row, data):
            reason = data.pop("reason", "")
            moved = references.elsewhere(data, row, ("owner",))
            data |= queries.find_moved(self.reader, phase.program_id, moved)
            edit = services.edit_phase_with_milestones if data.pop("with_milestones", False) else services.edit_phase
            edit(phase=phase, changes=data, reason=reason, by=self.reader, at=clock.now())
        return self.changed(phase.pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Delete a phase that never started and that nothing hangs on."""
        with self.changing(EmptyInput) as (phase, _row, _data):
            services.delete_phase(phase=phase, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


class PhaseMove(Phases, MoveEndpoint):
    """A move of a phase."""

    service: ClassVar[Callable[..., Phase]]

    def move(self, subject: Phase, data: dict[str, Any]) -> None:
        type(self).service(phase=subject, **data, by=self.reader, at=clock.now())


class PhaseStart(PhaseMove):
    """Start a phase: it has an outcome with complete measures, and the gate before it let it."""

    input_class = phases.Start
    service = services.start_phase


class PhaseOverride(PhaseMove):
    """Start a phase although the gate before it is closed; the reason stays on record."""

    input_class = phases.Override
    service = services.override_gate


class PhaseUnstart(PhaseMove):
    """Undo that a phase was started, and say why."""

    input_class = Reason
    service = services.undo_start


class PhaseReview(PhaseMove):
    """Send a phase to its review."""

    service = services.review_phase


class PhaseRework(PhaseMove):
    """Take a phase back from its review into work, and say why."""

    input_class = Reason
    service = services.rework_phase


class PhaseClose(PhaseMove):
    """Close a phase; its outcomes go on being measured."""

    input_class = phases.Close
    service = services.close_phase


class PhaseStop(PhaseMove):
    """Stop a phase, and say why."""

    input_class = phases.Stop
    service = services.stop_phase


class PhaseReopen(PhaseMove):
    """Undo that a phase was closed or stopped, and say why."""

    input_class = Reason
    service = services.reopen_phase
