"""Outcomes and measures: read, added, changed, deleted; outcomes moved from state to state."""

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
from core.api.views import ItemEndpoint, ListEndpoint, MoveEndpoint, ResourceEndpoint
from programs import access, models, queries, services
from programs.access import Right
from programs.api import filters
from programs.api.serializers import measures, outcomes
from programs.choices import OUTCOME_MOVES
from programs.services import MeasureDetails, OutcomeDetails

Rows = QuerySet[Any, Row]
CODED = ("program__key", "code")


class Outcomes(ResourceEndpoint):
    access_rule = "member"
    model = models.Outcome
    ref_example = "ONE-O1"
    serializer_class: Any = outcomes.OutcomeDetail
    code_fields = CODED

    def rows(self) -> Rows:
        return outcomes.Outcome.select(self.subjects())

    def subjects(self) -> QuerySet[models.Outcome]:
        return models.Outcome.objects.visible_to(self.reader)

    def whole(self, values: Row) -> Row:
        may = access.membership(self.reader, values["program_id"]).may(Right.MANAGE)
        return outcomes.OutcomeDetail.row(values, legal_moves=OUTCOME_MOVES.legal(values["status"]) if may else [])


class OutcomeList(Outcomes, ListEndpoint):
    """The outcomes of the reader's programs."""

    serializer_class = outcomes.Outcome
    filterset_class = filters.OutcomeFilter
    orderings = ("id", "updated_at")

    @extend_schema(request=outcomes.OutcomeRequest, responses={201: outcomes.OutcomeDetail})
    def post(self, request: Request) -> HttpResponse:
        """Propose an outcome for a phase."""
        data = self.read(outcomes.OutcomeRequest)
        named = {name: data.pop(name, None) for name in ("phase", "owner")}
        places = queries.find_places(self.reader, data.pop("program"), named)
        program = places.pop("program")
        outcome = services.add_outcome(
            program=program, details=OutcomeDetails(**places, **data), by=self.reader, at=clock.now()
        )
        return self.created(outcome.pk)


class OutcomeItem(Outcomes, ItemEndpoint):
    """One outcome, with the moves that the reader can make."""

    @extend_schema(request=outcomes.OutcomeChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change an outcome; its state has moves of its own."""
        with self.changing(outcomes.OutcomeChange) as (outcome, row, data):
            data |= queries.find_moved(
                self.reader, outcome.program_id, references.elsewhere(data, row, ("phase", "owner"))
            )
            services.edit_outcome(outcome=outcome, changes=data, by=self.reader, at=clock.now())
        return self.changed(outcome.pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Delete an outcome that nothing hangs on."""
        with self.removing() as outcome:
            services.delete_outcome(outcome=outcome, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


class OutcomeMove(Outcomes, MoveEndpoint):
    """A move of an outcome."""

    service: ClassVar[Callable[..., models.Outcome]]

    def move(self, subject: models.Outcome, data: dict[str, Any]) -> None:
        type(self).service(outcome=subject, **data, by=self.reader, at=clock.now())


class OutcomeAgree(OutcomeMove):
    """Agree that this is what the phase is for; no body is needed."""

    service = services.agree_outcome


class OutcomeBegin(OutcomeMove):
    """Say that it has begun to show; no body is needed."""

    service = services.begin_outcome


class OutcomeRealise(OutcomeMove):
    """Say that it is true; where a measure fell short of its target the closing note says why."""

    input_class = outcomes.Closing
    service = services.realise_outcome


class OutcomeMiss(OutcomeMove):
    """Say that it did not come true."""

    input_class = outcomes.Closing
    service = services.miss_outcome


class OutcomeWithdraw(OutcomeMove):
    """Give it up, and say why; its measures count no more."""

    input_class = Reason
    service = services.withdraw_outcome


class OutcomeReopen(OutcomeMove):
    """Undo that it ended, and say why."""

    input_class = Reason
    service = services.reopen_outcome


class Measures(ResourceEndpoint):
    access_rule = "member"
    model = models.Measure
    ref_example = "ONE-M2"
    serializer_class: Any = measures.MeasureDetail
    code_fields = CODED

    def rows(self) -> Rows:
        return measures.Measure.select(queries.measures_with_newest(self.reader))

    def subjects(self) -> QuerySet[models.Measure]:
        return models.Measure.objects.visible_to(self.reader).select_related("program")

    def whole(self, values: Row) -> Row:
        (measure,) = queries.with_figures([values], clock.now())
        return measures.MeasureDetail.row(measure, **measures.computed(measure), steps=measure["steps"])


class MeasureList(Measures, ListEndpoint):
    """The measures of the reader's programs, each with its newest reading and where it stands."""

    serializer_class = measures.Measure
    filterset_class = filters.MeasureFilter
    orderings = ("id", "target_on", "updated_at")

    def dress(self, found: Sequence[Row]) -> list[Row]:
        dressed = queries.with_figures(found, clock.now())
        return [measures.Measure.row(measure, **measures.computed(measure)) for measure in dressed]

    @extend_schema(request=measures.MeasureRequest, responses={201: measures.MeasureDetail})
    def post(self, request: Request) -> HttpResponse:
        """Add a measure to an outcome."""
        data = self.read(measures.MeasureRequest)
        visible = models.Outcome.objects.visible_to(self.reader).select_related("program")
        outcome = queries.one_of(visible, data.pop("outcome"), field="outcome")
        owner = data.pop("owner", None)
        if owner is not None:
            data |= queries.find_moved(self.reader, outcome.program_id, {"owner": owner})
        details = MeasureDetails(**_planned(data))
        measure = services.add_measure(outcome=outcome, details=details, by=self.reader, at=clock.now())
        return self.created(measure.pk)


class MeasureItem(Measures, ItemEndpoint):
    """One measure, with where it stands and its planned steps."""

    @extend_schema(request=measures.MeasureChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change a measure; `steps` replaces its planned values."""
        with self.changing(measures.MeasureChange) as (measure, row, typed):
            data = _planned({name: value for name, value in typed.items() if name != "steps" or value != row["steps"]})
            data |= queries.find_moved(
                self.reader, measure.program_id, references.elsewhere(data, row, ("outcome", "owner"))
            )
            services.edit_measure(measure=measure, changes=data, by=self.reader, at=clock.now())
        return self.changed(measure.pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Delete a measure that was never read."""
        with self.removing() as measure:
            services.delete_measure(measure=measure, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


def _planned(data: Row) -> Row:
    """Return a body with its steps as services take them."""
    if "steps" not in data:
        return data
    return {**data, "steps": tuple((step["on"], step["value"]) for step in data["steps"])}
