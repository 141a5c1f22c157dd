"""What falls to a person by what they are in a program: gates, phases, late milestones, confidence, critical steps."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from assessments.choices import COMPLETED_STATES, RecommendationState, Urgency
from assessments.models import Recommendation
from backend.overview.queries import confidence_statements
from backend.overview.queries.asks.own import MOST_OF_A_KIND
from backend.overview.queries.asks.places import Scope
from backend.overview.queries.asks.task import Kind, Task
from backend.overview.queries.confidence_statements import Confidence
from backend.overview.queries.figures import figures
from programs.access import Right
from programs.choices import RUNNING_PHASES, PhaseStatus, ProgramStatus, Rating
from programs.models import Phase
from programs.queries import name_of
from workstreams.choices import DECISIONS_TO_REVIEW_AGAIN, GateState, MilestoneState
from workstreams.models import GateReview, Milestone

# A step is a sentence or more; a line of a list shows its beginning.
LONGEST_TITLE = 140
_REVIEWS = GateReview.objects.filter(phase=OuterRef("pk"))
_IS_TO_BE_REVIEWED = Exists(_REVIEWS.exclude(state=GateState.DECIDED))
_LAST_DECISION = Subquery(_REVIEWS.filter(state=GateState.DECIDED).order_by("-held_on", "-pk").values("decision")[:1])


def gates(within: Scope) -> Iterator[Task]:
    """Yield the gate reviews still to be decided: a manager holds them, then the sponsor or the deputy decides."""
    holds, decides = set(within.ids(Right.MANAGE)), set(within.ids(Right.DECIDE))
    rows = GateReview.objects.filter(program_id__in=holds | decides).exclude(state=GateState.DECIDED)
    columns = ("pk", "program_id", "code", "planned_on", "state", "phase__name")
    for row in rows.order_by("planned_on", "pk").values(*columns)[:MOST_OF_A_KIND]:
        is_held, common = row["state"] == GateState.HELD, within.common(row)
        may_decide = row["program_id"] in decides
        yield Task(
            kind=Kind.DECIDE_GATE if may_decide else Kind.HOLD_GATE,
            title=_("Gate review of “%(phase)s”") % {"phase": row["phase__name"]},
            due_on=row["planned_on"],
            why=_("Held, and waits for a decision") if is_held else "",
            url=reverse("workstreams:gate", args=[common["code"]]),
            is_waiting=is_held and not may_decide,
            is_held_for_answer=is_held and may_decide,
            **common,
        )


def reviews_to_plan(within: Scope) -> Iterator[Task]:
    """Yield the phases that were sent back or held by their last review and have no next one planned."""
    phases = Phase.objects.filter(program_id__in=within.ids(Right.MANAGE), status__in=RUNNING_PHASES)
    rows = phases.annotate(last_decision=_LAST_DECISION).filter(
        ~_IS_TO_BE_REVIEWED, last_decision__in=DECISIONS_TO_REVIEW_AGAIN
    )
    for row in rows.order_by("position", "pk").values("pk", "program_id", "code", "name")[:MOST_OF_A_KIND]:
        common = within.common(row)
        yield Task(
            kind=Kind.PLAN_GATE,
            title=_("Plan the next review of “%(phase)s”") % {"phase": row["name"]},
            due_on=common["today"],
            why=_("Its last review did not let it pass"),
            url=reverse("workstreams:schedule_gate", args=[common["program_key"]]),
            **common,
        )


def phases(within: Scope) -> Iterator[Task]:
    """Yield the phases past their day: those that should have begun, and those that should be over.

    A phase that has a review planned is over by that review, which is asked for itself.
    """
    ids = within.ids(Right.MANAGE, (ProgramStatus.ACTIVE,))
    rows = Phase.objects.filter(program_id__in=ids).annotate(
        begins_on=Coalesce("forecast_start_on", "baseline_start_on"),
        ends_on=Coalesce("forecast_end_on", "baseline_end_on"),
        last_decision=Coalesce(_LAST_DECISION, Value("")),
    )
    is_reviewed = _IS_TO_BE_REVIEWED | Q(last_decision__in=DECISIONS_TO_REVIEW_AGAIN)
    to_begin = Q(status=PhaseStatus.PLANNED) & within.on_their_day(ids, lambda day: Q(begins_on__lt=day))
    to_end = Q(status__in=RUNNING_PHASES) & ~is_reviewed & within.on_their_day(ids, lambda day: Q(ends_on__lt=day))
    columns = ("pk", "program_id", "code", "name", "status", "begins_on", "ends_on")
    for row in rows.filter(to_begin | to_end).order_by("position", "pk").values(*columns)[:MOST_OF_A_KIND]:
        is_planned, common = row["status"] == PhaseStatus.PLANNED, within.common(row)
        words = _("Start “%(phase)s”, or say when") if is_planned else _("Close “%(phase)s”, or say when it ends")
        yield Task(
            kind=Kind.START_PHASE if is_planned else Kind.END_PHASE,
            title=words % {"phase": row["name"]},
            due_on=row["begins_on"] if is_planned else row["ends_on"],
            url=reverse("workstreams:phase", args=[common["program_key"], row["code"]]),
            **common,
        )


def overdue_of_others(within: Scope) -> Iterator[Task]:
    """Yield the milestones of others that are past their day: their manager asks about them."""
    ids = within.ids(Right.MANAGE)
    late = Milestone.objects.filter(
        within.on_their_day(ids, lambda day: Q(due_on__lt=day)), program_id__in=ids, state=MilestoneState.PLANNED
    ).exclude(owner=within.person)
    columns = ("pk", "program_id", "code", "name", "due_on", "phase__name")
    rows = late.order_by("due_on", "pk").values(*columns, owner_name=name_of("owner"))
    for row in rows[:MOST_OF_A_KIND]:
        common = within.common(row)
        yield Task(
            kind=Kind.CHASE,
            title=row["name"],
            due_on=row["due_on"],
            url=reverse("workstreams:milestone", args=[common["code"]]),
            whom=row["owner_name"] or "",
            why=_("Milestone of “%(phase)s”") % {"phase": row["phase__name"]},
            **common,
        )


def critical_steps(within: Scope) -> Iterator[Task]:
    """Yield the critical recommendations that only the sponsor or the deputy may accept or reject."""
    steps = Recommendation.objects.filter(
        assessment__program_id__in=within.ids(Right.DECIDE),
        assessment__state__in=COMPLETED_STATES,
        state=RecommendationState.PROPOSED,
        urgency=Urgency.CRITICAL,
    )
    columns = ("pk", "code", "text", "assessment__program_id", "assessment__code")
    for row in steps.order_by("assessment__program_id", "assessment_id", "pk").values(*columns)[:MOST_OF_A_KIND]:
        named = {**row, "program_id": row["assessment__program_id"], "code": f"{row['assessment__code']}-{row['code']}"}
        common = within.common(named)
        yield Task(
            kind=Kind.DECIDE_RECOMMENDATION,
            title=Truncator(row["text"].split("\n", 1)[0]).chars(LONGEST_TITLE),
            due_on=common["today"],
            why=_("Critical, so only the sponsor or the deputy decides"),
            url=reverse("assessments:edit_recommendation", args=[common["code"]]),
            **common,
        )


def confidence(within: Scope) -> Iterator[Task]:
    """Yield the active programs whose delivery confidence waits for the sponsor's or the deputy's word."""
    days = within.days(within.ids(Right.DECIDE, (ProgramStatus.ACTIVE,)))
    for pk, said in _said(within, days).items():
        if not said.is_asked or said.computed is None:
            continue
        common = within.common({"program_id": pk, "code": ""})
        label = str(Rating(said.computed.value).label)
        yield Task(
            kind=Kind.CONFIRM,
            title=_("Confirm delivery confidence: %(rating)s") % {"rating": label},
            due_on=days[pk],
            url=reverse("overview:confidence", args=[common["program_key"]]),
            **{**common, "code": common["program_key"]},
        )


def _said(within: Scope, days: Mapping[int, dt.date]) -> dict[int, Confidence]:
    """Return the delivery confidence of programs, read where it is not known."""
    unknown = {pk: day for pk, day in days.items() if pk not in within.said}
    if not unknown:
        return {pk: within.said[pk] for pk in days}
    words, found = confidence_statements.latest(unknown), figures(unknown)
    read: dict[int, Any] = {pk: confidence_statements.confidence(found[pk], words.get(pk), within.at) for pk in found}
    return {pk: within.said.get(pk) or read[pk] for pk in days if pk in within.said or pk in read}


KINDS: Final = (gates, reviews_to_plan, phases, overdue_of_others, critical_steps, confidence)
