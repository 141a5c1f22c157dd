"""Milestones: read, added, changed, deleted, and moved from state to state."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api import references
from core.api.inputs import Reason
from core.api.pagination import Row
from core.api.serializers import EmptyInput
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from workstreams import models, queries, services
from workstreams.api import filters, transitions
from workstreams.api.serializers import milestones
from workstreams.queries import network as networks
from workstreams.services import MilestoneDetails

PLACES = ("workstream", "phase", "owner")


class Milestones(ResourceEndpoint):
    access_rule = "member"
    model = models.Milestone
    ref_example = "ONE-S4"
    serializer_class: Any = milestones.MilestoneDetail
    code_fields = ("program__key", "code")

    def rows(self) -> QuerySet[Any, Row]:
        return milestones.Milestone.select(queries.readable_milestones(self.reader))

    def subjects(self) -> QuerySet[models.Milestone]:
        return models.Milestone.objects.visible_to(self.reader)

    def dress(self, page: Sequence[Row]) -> list[Row]:
        now = clock.now()
        today = {values["program_id"]: clock.today(values["program__time_zone"], now) for values in page}
        found = networks.networks(today) if today else {}
        return [milestones.Milestone.row(each, **milestones.expected(each, found[each["program_id"]])) for each in page]

    def whole(self, values: Row) -> Row:
        program_id, today = values["program_id"], clock.today(values["program__time_zone"])
        network = networks.networks({program_id: today}, said_of=values["id"])[program_id]
        return milestones.MilestoneDetail.row(
            values,
            **milestones.expected(values, network),
            forecasts=[milestones.forecast(each) for each in network.said],
            legal_moves=transitions.milestone_moves(values, self.reader),
        )


class MilestoneList(Milestones, ListEndpoint):
    """The milestones of the reader's programs."""

    serializer_class = milestones.Milestone
    filterset_class = filters.MilestoneFilter
    orderings = ("id", "due_on", "baseline_on", "actual_on", "updated_at")

    @extend_schema(request=milestones.MilestoneRequest, responses={201: milestones.MilestoneDetail})
    def post(self, request: Request) -> HttpResponse:
        """Add a milestone to a plan."""
        data = self.read(milestones.MilestoneRequest)
        named = {name: data.pop(name, None) for name in PLACES}
        places = queries.find_places(self.reader, data.pop("program"), named)
        program = places.pop("program")
        added = services.add_milestone(
            program=program, details=MilestoneDetails(**places, **data), by=self.reader, at=clock.now()
        )
        return self.created(added.pk)


class MilestoneItem(Milestones, ItemEndpoint):
    """One milestone, with every date said of it and the moves that the reader can make."""

    @extend_schema(request=milestones.MilestoneChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change what a milestone is; its baseline and its phase only until the phase starts."""
        with self.changing(milestones.MilestoneChange) as (milestone, row, data):
            data |= queries.find_moved(self.reader, milestone.program_id, references.elsewhere(data, row, PLACES))
            services.edit_milestone(milestone=milestone, changes=data, by=self.reader, at=clock.now())
        return self.changed(milestone.pk)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Delete a milestone that nothing hangs on yet."""
        with self.changing(EmptyInput) as (milestone, _row, _data):
            services.delete_milestone(milestone=milestone, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


class MilestoneMove(Milestones, MoveEndpoint):
    """A move of a milestone."""

    service: ClassVar[Callable[..., models.Milestone]]

    def move(self, subject: models.Milestone, data: dict[str, Any]) -> None:
        type(self).service(milestone=subject, **data, by=self.reader, at=clock.now())


class MilestoneAchieve(MilestoneMove):
    """Say that a milestone is reached; no body is needed."""

    input_class = milestones.Achieve
    service = services.achieve_milestone


class MilestoneForecast(MilestoneMove):
    """Say another date for a milestone, and why."""

    input_class = milestones.ForecastInput
    service = services.forecast_milestone


class MilestoneRebaseline(MilestoneMove):
    """Decide that a frozen baseline moves, and why: the sponsor's decision."""

    input_class = milestones.Rebaseline
    service = services.rebaseline_milestone


class MilestoneCancel(MilestoneMove):
    """Give a milestone up, and say why."""

    input_class = Reason
    service = services.cancel_milestone


class MilestoneReopen(MilestoneMove):
    """Undo that a milestone was reached or cancelled, and say why."""

    input_class = Reason
    service = services.reopen_milestone
