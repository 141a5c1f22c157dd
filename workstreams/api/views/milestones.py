"""Milestones: read, changed, and moved from state to state."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from workstreams import models, queries, services
from workstreams.api import filters, inputs, references, rows, serializers


class Milestones(ResourceEndpoint):
    access_rule = "member"
    model = models.Milestone
    ref_example = "ONE-S4"
    serializer_class: Any = serializers.MilestoneItem
    code_fields = ("program__key", "code")

    def rows(self) -> QuerySet[Any, Row]:
        return queries.milestone_rows(self.reader)

    def subjects(self) -> QuerySet[models.Milestone]:
        return models.Milestone.objects.visible_to(self.reader)

    def row(self, values: Row) -> Row:
        return rows.milestone(values)

    def whole(self, values: Row) -> Row:
        return {
            **rows.milestone(values),
            "forecasts": [rows.forecast(each) for each in queries.forecasts_of(values["id"])],
            "legal_moves": rows.milestone_moves(values, self.reader),
        }


class MilestoneList(Milestones, ListEndpoint):
    """The milestones of the reader's programs."""

    serializer_class = serializers.Milestone
    filterset_class = filters.MilestoneFilter
    orderings = ("id", "due_on", "baseline_on", "actual_on", "updated_at")


class MilestoneItem(Milestones, ItemEndpoint):
    """One milestone, with every date said of it and the moves that the reader can make."""

    @extend_schema(request=inputs.MilestoneChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change a milestone's name, owner, or whether it changes somebody's work."""
        with self.changing(inputs.MilestoneChange) as (milestone, row, data):
            named = references.changed({"owner": data.pop("owner")} if "owner" in data else {}, row)
            if named:
                data |= references.resolve(self.reader, milestone.program_id, named)
                del data["program"]
            services.edit_milestone(milestone=milestone, changes=data, by=self.reader, at=clock.now())
        return self.changed(milestone.pk)


class MilestoneMove(Milestones, MoveEndpoint):
    """A move of a milestone."""

    service: ClassVar[Callable[..., models.Milestone]]

    def move(self, subject: models.Milestone, data: dict[str, Any]) -> None:
        type(self).service(milestone=subject, **data, by=self.reader, at=clock.now())


class MilestoneAchieve(MilestoneMove):
    """Say that a milestone is reached; no body is needed."""

    input_class = inputs.Achieve
    service = services.achieve_milestone


class MilestoneForecast(MilestoneMove):
    """Say another date for a milestone, and why."""

    input_class = inputs.ForecastInput
    service = services.forecast_milestone


class MilestoneCancel(MilestoneMove):
    """Give a milestone up, and say why."""

    input_class = inputs.Reason
    service = services.cancel_milestone


class MilestoneReopen(MilestoneMove):
    """Undo that a milestone was reached or cancelled, and say why."""

    input_class = inputs.Reason
    service = services.reopen_milestone
