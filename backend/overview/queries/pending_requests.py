"""What a program asks of the reader of its page: promises, milestones, gates, reviews, what a draft lacks."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse

from assessments.choices import AssessmentState
from assessments.queries.pending_requests import asked
from backend.overview.queries import program as facts
from backend.overview.queries.confidence_statements import Confidence
from core.accounts.models import User
from programs.choices import Rating
from programs.queries import heads
from workstreams.choices import ActionState, GateState, MilestoneState
from workstreams.queries.plan import Plan, Row


@dataclass(frozen=True)
class Ask:
    """One thing asked: what kind, of which row, by when, whether its day is gone, who should act, and where."""

    kind: str
    code: str
    title: str
    on: dt.date
    is_late: bool
    who: str = ""
    url: str = ""


# The page on which each kind is answered, by the full code of its row.
PAGES: Final = {
    "milestone": "workstreams:milestone",
    "chase": "workstreams:milestone",
    "gate": "workstreams:gate",
    "assess": "assessments:answer",
    "agree": "assessments:consensus",
    "open_consensus": "assessments:assessment",
}


def _url(ask: Ask, key: str) -> str:
    if ask.kind == "confidence":
        return reverse("overview:confidence", args=[key])
    if ask.kind == "review":
        return f"{reverse('workstreams:raid', args=[key])}#{ask.code}"
    return reverse(PAGES.get(ask.kind, "workstreams:action"), args=[f"{key}-{ask.code}"])


def asks(person: User, head: heads.Head, plan: Plan, said: Confidence) -> list[Ask]:
    """Return what a program asks of a person, the earliest day first, in three queries besides the plan."""
    today = head.today
    found = [_of_action(row, person, today) for row in facts.asked_actions(head.pk, person)]
    found += [
        Ask("review", row["code"], row["title"], row["review_on"], is_late=row["review_on"] < today)
        for row in facts.asked_reviews(head.pk, person, today)
    ]
    found += [
        Ask("milestone", row["code"], row["name"], row["on"], is_late=row["is_overdue"])
        for row in plan.milestones
        if row["owner_id"] == person.pk and row["state"] == MilestoneState.PLANNED
        if row["is_soon"] or row["is_overdue"]
    ]
    found += _of_assessments(person, head)
    if head.may_manage:
        found += [_of_others(row) for row in plan.late if row["owner_id"] != person.pk][: facts.MOST_ASKS]
    if head.may_decide:
        found += _of_confidence(said, plan)
        found += [
            Ask("gate", row["code"], row["phase_name"], row["on"], is_late=row["days_late"] > 0)
            for row in plan.open_gates
            if row["state"] == GateState.HELD or row["planned_on"] <= today + facts.GATE_AHEAD
        ]
    found = [replace(ask, url=_url(ask, head.key)) for ask in found]
    return sorted(found, key=lambda ask: (ask.on, ask.code))


def _of_assessments(person: User, head: heads.Head) -> list[Ask]:
    """Return the assessments to answer, and those to lead to a consensus once nobody else is waited for."""
    today = head.today
    rows = [row for row in asked(person) if row["program_id"] == head.pk]
    found = [("assess", row) for row in rows if row["is_asked"]]
    for row in rows:
        if row["is_led"] and row["state"] == AssessmentState.CONSENSUS:
            found.append(("agree", row))
        elif row["is_led"] and (row["closes_on"] < today or not row["is_waiting"]):
            found.append(("open_consensus", row))
    return [
        Ask(kind, row["code"], row["title"], row["closes_on"], is_late=row["closes_on"] < today) for kind, row in found
    ]


def _of_others(row: Row) -> Ask:
    """Return what a manager asks others about: a milestone of theirs that is late."""
    return Ask("chase", row["code"], row["name"], row["on"], row["is_overdue"], who=row["owner_name"] or "")


def _of_confidence(said: Confidence, plan: Plan) -> list[Ask]:
    if not said.is_asked or said.computed is None or not (plan.running or said.last):
        return []
    return [Ask("confidence", "", str(Rating(said.computed.value).label), plan.today, is_late=False)]


def _of_action(row: Row, person: User, today: dt.date) -> Ask:
    kind = "answer" if row["state"] == ActionState.REQUESTED else "keep"
    if row["done_on"] is not None and row["performer_id"] != person.pk:
        kind = "accept"
    return Ask(kind, row["code"], row["title"], row["due_on"], is_late=row["due_on"] < today)
