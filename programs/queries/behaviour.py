"""The customer-behaviour share of a program's measures, month by month."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from core.audit.models import Entry
from programs import indicators
from programs.choices import OutcomeStatus
from programs.indicators import Share
from programs.models import Measure

# A trend of two years is one that a reader takes in.
MOST_MONTHS = 24
_MOVES = ("withdraw_outcome", "reopen_outcome")
# When an outcome was withdrawn (true) and reopened (false).
Turns = Mapping[str, list[tuple[dt.date, bool]]]


def behaviour_trend(program_id: int, today: dt.date) -> list[tuple[dt.date, Share]]:
    """Return the share on the last day of each month since the first measure was added, and today, in two queries.

    A measure counts from the day on which it was added, but not while its outcome was withdrawn; a deleted one never.
    """
    rows = list(
        Measure.objects.filter(program_id=program_id).values("kind", "outcome_id", "created_at", "outcome__status")
    )
    if not rows:
        return []
    turns = _turns({f"outcome:{row['outcome_id']}" for row in rows})
    first = min(row["created_at"].date() for row in rows)
    days = _month_ends(first, today)[-MOST_MONTHS:]
    kinds = {day: [row["kind"] for row in rows if _counts(row, turns, day)] for day in days}
    return [(day, indicators.customer_behaviour_share(kinds[day])) for day in days]


def _turns(subjects: set[str]) -> Turns:
    found: dict[str, list[tuple[dt.date, bool]]] = {}
    told = Entry.objects.filter(subject__in=subjects, verb__in=_MOVES).order_by("at", "pk")
    for subject, at, verb in told.values_list("subject", "at", "verb"):
        found.setdefault(subject, []).append((at.date(), verb == _MOVES[0]))
    return found


def _counts(row: Mapping[str, Any], turns: Turns, day: dt.date) -> bool:
    if row["created_at"].date() > day:
        return False
    told = turns.get(f"outcome:{row['outcome_id']}")
    if told is None:  # a loaded outcome says only what it is
        return bool(row["outcome__status"] != OutcomeStatus.WITHDRAWN)
    return not next((is_withdrawn for on, is_withdrawn in reversed(told) if on <= day), False)


def _month_ends(first: dt.date, today: dt.date) -> list[dt.date]:
    """Return the last day of each month from a day's on, and today in the place of this month's."""
    days = []
    month = first.replace(day=1)
    while month <= today:
        after = (month + dt.timedelta(days=32)).replace(day=1)
        days.append(min(after - dt.timedelta(days=1), today))
        month = after
    return days
