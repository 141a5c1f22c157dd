"""The first sentence of a program's page: what is late by how much, what is unmeasured, and what comes next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import pgettext

from programs.choices import RUNNING_PHASES
from workstreams.choices import MilestoneState
from workstreams.queries.plan import Plan, Row

NAMED = 2
# Beyond this a day without its year could be taken for another one.
FAR = 300


@dataclass(frozen=True)
class LateThing:
    """A milestone or phase that is overdue or was moved, as the sentence says it, and by how many days."""

    name: str
    days: int
    day: str
    is_overdue: bool


@dataclass(frozen=True)
class NextThing:
    """What comes next: a gate or a milestone."""

    kind: str
    name: str
    day: str


@dataclass(frozen=True)
class UnmeasuredThing:
    """A measure whose newest reading is too old to go by, and the month of that reading, if there is one."""

    name: str
    since: str


@dataclass(frozen=True)
class Sentence:
    """What the first sentence says."""

    late: list[LateThing]
    phases: list[LateThing]
    # Whether there is anything planned that could be late.
    is_planned: bool
    unmeasured: list[UnmeasuredThing]
    more: int
    more_unmeasured: int
    behind: int
    gates: list[NextThing]
    next: NextThing | None
    is_overdue: bool


def sentence(plan: Plan, stale: Sequence[Row] = (), behind: int = 0) -> Sentence:
    """Return what the first sentence says of a plan, of measures whose readings are too old, and of those behind."""
    late, phases = plan.late, _phases(plan)
    gates = [row for row in plan.open_gates if row["days_late"]]
    return Sentence(
        late=[_late(row, plan.today) for row in late[:NAMED]],
        phases=phases[:NAMED],
        is_planned=bool(plan.milestones or plan.gates),
        unmeasured=[_unmeasured(row, plan.today) for row in stale[:NAMED]],
        more=len(late[NAMED:]),
        more_unmeasured=len(stale[NAMED:]),
        behind=behind,
        gates=[NextThing("gate", row["code"], in_words(row["planned_on"], plan.today)) for row in gates[:NAMED]],
        next=_next(plan),
        is_overdue=bool(gates) or any(row["is_overdue"] for row in late) or any(one.is_overdue for one in phases),
    )


def in_words(day: dt.date, today: dt.date) -> str:
    """Return "14 January", with the year where the day is far away."""
    if abs((day - today).days) > FAR:
        return format_date(day, pgettext("date format", "j F Y"))
    return format_date(day, pgettext("date format", "j F"))


def _late(row: Row, today: dt.date) -> LateThing:
    is_overdue = row["is_overdue"]
    days, day = (row["days_overdue"], row["due_on"]) if is_overdue else (row["days_moved"], row["on"])
    return LateThing(row["name"], days, in_words(day, today), is_overdue)


def _phases(plan: Plan) -> list[LateThing]:
    """Return the phases past the day on which they were to start or end, and those that end beyond their baseline."""
    found = []
    for row in plan.phases:
        days, said_on = row["variance_days"] or 0, row["forecast_end_on"] or row["baseline_end_on"]
        if row["is_overdue_to_start"]:
            found.append(LateThing(row["name"], days, in_words(row["baseline_start_on"], plan.today), is_overdue=True))
        elif row["status"] in RUNNING_PHASES and days > 0:
            is_overdue = said_on < plan.today
            day = said_on if is_overdue else row["ends_on"]
            days = (plan.today - said_on).days if is_overdue else days
            found.append(LateThing(row["name"], days, in_words(day, plan.today), is_overdue))
    return sorted(found, key=lambda one: (not one.is_overdue, -one.days))


def _unmeasured(row: Row, today: dt.date) -> UnmeasuredThing:
    read_on = row["latest_on"]
    if read_on is None:
        return UnmeasuredThing(row["name"], "")
    words = pgettext("date format", "F Y") if (today - read_on).days > FAR else pgettext("date format", "F")
    return UnmeasuredThing(row["name"], format_date(read_on, words))


def _next(plan: Plan) -> NextThing | None:
    coming: list[tuple[dt.date, int, Any]] = [
        (row["planned_on"], 0, NextThing("gate", row["code"], in_words(row["planned_on"], plan.today)))
        for row in plan.open_gates
        if row["planned_on"] >= plan.today
    ]
    coming += [
        (row["on"], row["pk"], NextThing("milestone", row["name"], in_words(row["on"], plan.today)))
        for row in plan.milestones
        if row["state"] == MilestoneState.PLANNED and row["on"] >= plan.today
    ]
    return min(coming, key=lambda each: each[:2])[2] if coming else None
