"""What is late and by how much, and what leaves nothing to spare before what waits for it."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from workstreams.indicators import slip_days

SATURDAY = 5


def days_late(*, baseline_on: dt.date, due_on: dt.date, today: dt.date) -> int:
    """Return by how many days a milestone still to be reached is late; 0 when it is not.

    It cannot be reached before today, so one past its day is late by at least the days since its baseline.
    """
    slip = slip_days(baseline_on=baseline_on, due_on=max(due_on, today), actual_on=None)
    overdue = (today - due_on).days
    is_late = overdue > 0 or slip_days(baseline_on=baseline_on, due_on=due_on, actual_on=None) > 0
    return max(slip, overdue) if is_late else 0


@dataclass(frozen=True)
class Link:
    """A dependency: what comes first, what waits for it, and the working days that must lie between."""

    before: int
    after: int
    lag_days: int


def has_no_room(link_from: dt.date, link_to: dt.date, lag_days: int, holidays: Collection[dt.date]) -> bool:
    """Tell whether a day, plus a lag in working days, reaches or passes the day of what waits for it."""
    day = link_from
    while lag_days and day < link_to:
        day += dt.timedelta(days=1)
        lag_days -= day.weekday() < SATURDAY and day not in holidays
    return day >= link_to


def without_room(due_on: dict[int, dt.date], links: Iterable[Link], holidays: Collection[dt.date]) -> set[int]:
    """Return the milestones still to be reached whose next slip moves another: nothing is left to spare.

    `due_on` holds those that are still to be reached; links to others do not count.
    """
    return {
        link.before
        for link in links
        if link.before in due_on
        and link.after in due_on
        and has_no_room(due_on[link.before], due_on[link.after], link.lag_days, holidays)
    }
