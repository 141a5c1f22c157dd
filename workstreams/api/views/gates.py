"""Gate reviews: read, scheduled, moved, held and decided."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api.inputs import Reason
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from programs import access as program_access
from workstreams import access, queries, services
from workstreams.api import filters
from workstreams.api.serializers import gates
from workstreams.choices import GateState
from workstreams.models import GateReview
from workstreams.services import Condition


class GateReviews(ResourceEndpoint):
    access_rule = "member"
    model = GateReview
    ref_example = "ONE-G3"
    serializer_class: Any = gates.GateReviewDetail
    code_fields = ("program__key", "code")

    def rows(self) -> QuerySet[Any, Row]:
        return gates.GateReview.select(self.subjects())

    def subjects(self) -> QuerySet[GateReview]:
        return GateReview.objects.visible_to(self.reader)

    def dress(self, page: Sequence[Row]) -> list[Row]:
        asked = self._conditions(page)
        return [gates.GateReview.row(each, conditions=asked[each["id"]]) for each in page]

    def whole(self, values: Row) -> Row:
        gate = GateReview.objects.select_related("phase__program").get(pk=values["id"])
        today = clock.today(gate.phase.program.time_zone)
        is_decided = gate.state == GateState.DECIDED
        lines = queries.kept_checklist(gate.pk) if is_decided else queries.checklist(gate.phase, today)
        member = program_access.membership(self.reader, gate.program_id)
        return gates.GateReviewDetail.row(
            values,
            conditions=self._conditions([values])[gate.pk],
            checklist=[gates.check(line) for line in lines],
            legal_moves=access.open_gate_moves(member, gate),
        )

    def _conditions(self, page: Sequence[Row]) -> dict[int, list[Row]]:
        found = queries.conditions_of([values["id"] for values in page])
        return {
            values["id"]: [gates.condition(each, values["program__key"]) for each in found[values["id"]]]
            for values in page
        }


class GateReviewList(GateReviews, ListEndpoint):
    """The gate reviews of the reader's programs, with their conditions."""

    serializer_class = gates.GateReview
    filterset_class = filters.GateReviewFilter
    orderings = ("id", "planned_on", "held_on", "updated_at")

    @extend_schema(request=gates.GateRequest, responses={201: gates.GateReviewDetail})
    def post(self, request: Request) -> HttpResponse:
        """Schedule a review at the end of a phase."""
        data = self.read(gates.GateRequest)
        named = queries.find_places(self.reader, data["program"], {"phase": data["phase"]})
        gate = services.schedule_gate(
            phase=named["phase"], planned_on=data["planned_on"], by=self.reader, at=clock.now()
        )
        return self.created(gate.pk)


class GateReviewItem(GateReviews, ItemEndpoint):
    """One gate review, with its conditions, its checklist and the moves that the reader can make."""

    @extend_schema(request=gates.GateChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Plan a review for another day, and say why."""
        with self.changing(gates.GateChange) as (gate, _row, data):
            planned_on = data.get("planned_on", gate.planned_on)
            if planned_on != gate.planned_on:
                services.reschedule_gate(
                    gate=gate, planned_on=planned_on, reason=data.get("reason", ""), by=self.reader, at=clock.now()
                )
        return self.changed(gate.pk)


class GateMove(GateReviews, MoveEndpoint):
    """A move of a gate review."""

    service: ClassVar[Callable[..., GateReview]]

    def move(self, subject: GateReview, data: dict[str, Any]) -> None:
        type(self).service(gate=subject, **data, by=self.reader, at=clock.now())


class GateHold(GateMove):
    """Say that a review was held and how it went; said again before the decision, it corrects that."""

    input_class = gates.Hold
    service = services.hold_gate


class GateReopen(GateMove):
    """Undo that a review was held, and say why."""

    input_class = Reason
    service = services.reopen_gate


class GateDecision(GateMove):
    """Decide, once and for all; each condition becomes an action item, asked of its performer."""

    input_class = gates.Decision
    service = services.decide_gate

    def move(self, subject: GateReview, data: dict[str, Any]) -> None:
        said = data.pop("conditions", [])
        named = [{name: one[name] for name in ("performer", "workstream")} for one in said]
        found = queries.find_each(self.reader, subject.program_id, named, field="conditions")
        asked = [
            Condition(text=one["text"], requested_for=one["requested_for"], **places)
            for one, places in zip(said, found, strict=True)
        ]
        super().move(subject, {**data, "conditions": asked})
