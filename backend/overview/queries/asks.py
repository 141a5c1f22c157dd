"""What a program asks of the reader of its page: promises, milestones, gates, reviews, what a draft lacks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from backend.overview.queries import program as facts
from backend.overview.queries.plan import Plan, Row
from core.accounts.models import User
from programs.choices import GateState
from workstreams.choices import ActionState, MilestoneState


@dataclass(frozen=True)
class Ask:
    """One thing asked: what kind, of which row, by when, and whether its day is gone."""

    kind: str
    code: str
    title: str
    on: dt.date
    is_late: bool


def asks(person: User, head: dict[str, Any], plan: Plan) -> list[Ask]:
    """Return what a program asks of a person, the earliest day first, in two queries besides the plan."""
    today = head["today"]
    found = [_of_action(row, person, today) for row in facts.asked_actions(head["pk"], person)]
    found += [
        Ask("review", row["code"], row["title"], row["review_on"], is_late=row["review_on"] < today)
        for row in facts.asked_reviews(head["pk"], person, today)
    ]
    found += [
        Ask("milestone", row["code"], row["name"], row["due_on"], is_late=row["due_on"] < today)
        for row in plan.milestones
        if row["owner_id"] == person.pk and row["state"] == MilestoneState.PLANNED
        if row["is_soon"] or row["due_on"] < today
    ]
    if head["may_decide"]:
        found += [
            Ask("gate", row["code"], row["phase_name"], row["on"], is_late=row["days_late"] > 0)
            for row in plan.open_gates
            if row["state"] == GateState.HELD or row["planned_on"] <= today + facts.GATE_AHEAD
        ]
    return sorted(found, key=lambda ask: (ask.on, ask.code))


def _of_action(row: Row, person: User, today: dt.date) -> Ask:
    kind = "answer" if row["state"] == ActionState.REQUESTED else "keep"
    if row["done_on"] is not None and row["performer_id"] != person.pk:
        kind = "accept"
    return Ask(kind, row["code"], row["title"], row["due_on"], is_late=row["due_on"] < today)
