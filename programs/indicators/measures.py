"""Figures of outcomes, from values alone. Fractions are exact; formulas: docs/figures.md."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

# How many days a reading stays fresh. A measure of its phase's end has no rhythm: it is due then.
CADENCE_DAYS = {"weekly": 7, "monthly": 31, "quarterly": 92}
UP, DOWN, MAINTAIN = "up", "down", "maintain"


class Freshness(StrEnum):
    """How old the latest reading is, in cadences."""

    NONE = "none"
    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What a measure is to reach: from its baseline to its target, or staying between two limits.

    `starts_on` is the later of the baseline date and the baseline start of its phase, or the baseline date where the
    target date is not after that; `steps` are the values planned for days in between.
    """

    direction: str
    baseline: Fraction | None
    target: Fraction | None
    starts_on: dt.date | None
    target_on: dt.date | None
    low: Fraction | None = None
    high: Fraction | None = None
    steps: Sequence[tuple[dt.date, Fraction]] = ()


def attainment(goal: Goal, value: Fraction | None) -> Fraction | None:
    """Return how far a value has come from the baseline to the target: raw, below 0 and beyond 1 included.

    (value - baseline) / (target - baseline); for a measure to maintain 1 inside its limits, of which it may have one
    alone, else 0. None without a value, or while the goal is not whole: no data is never zero.
    """
    if value is None:
        return None
    if goal.direction == MAINTAIN:
        if goal.low is None and goal.high is None:
            return None
        is_inside = (goal.low is None or goal.low <= value) and (goal.high is None or value <= goal.high)
        return Fraction(int(is_inside))
    if goal.baseline is None or goal.target is None or goal.baseline == goal.target:
        return None
    return (value - goal.baseline) / (goal.target - goal.baseline)


def clamped(fraction: Fraction) -> Fraction:
    """Return a fraction held within 0 and 1, as averages count it."""
    return min(max(fraction, Fraction(0)), Fraction(1))


def expected_attainment(goal: Goal, on: dt.date | None) -> Fraction | None:
    """Return how far a measure was planned to have come on a day, within 0 and 1.

    On the straight line from the start to the target date, or along the planned steps. A measure to maintain is
    expected inside its limits at any time. None while the goal is not whole.
    """
    if on is None:
        return None
    if goal.direction == MAINTAIN:
        return Fraction(1)
    if goal.starts_on is None or goal.target_on is None or goal.baseline is None or goal.target is None:
        return None
    points = [(goal.starts_on, goal.baseline), *_steps_within(goal), (goal.target_on, goal.target)]
    reached = attainment(goal, _interpolated(points, on))
    return None if reached is None else clamped(reached)


def _steps_within(goal: Goal) -> list[tuple[dt.date, Fraction]]:
    starts_on, target_on = goal.starts_on, goal.target_on
    assert starts_on is not None and target_on is not None
    return sorted((day, value) for day, value in goal.steps if starts_on < day < target_on)


def _interpolated(points: Sequence[tuple[dt.date, Fraction]], on: dt.date) -> Fraction:
    """Return the value on a day along straight lines between points; before the first its value, after the last its."""
    if on <= points[0][0]:
        return points[0][1]
    for (day, value), (next_day, next_value) in itertools.pairwise(points):
        if day <= on < next_day:
            return value + (next_value - value) * Fraction((on - day).days, (next_day - day).days)
    return points[-1][1]


def variance(actual: Fraction | None, expected: Fraction | None) -> Fraction | None:
    """Return attainment less expected attainment; None where either is unknown."""
    return None if actual is None or expected is None else actual - expected


def is_behind(
    actual: Fraction | None, expected: Fraction | None, *, tolerance: Fraction, is_past_target: bool = False
) -> bool:
    """Tell whether a measure is more than the tolerance below what was expected, or short once its day has passed."""
    if is_past_target and actual is not None and actual < 1:
        return True
    difference = variance(actual, expected)
    return difference is not None and difference < -tolerance


def freshness(
    *, cadence: str, read_on: dt.date | None, starts_on: dt.date | None, today: dt.date, lag_days: int = 0
) -> Freshness:
    """Return how fresh the latest reading is: days since it, less the reporting lag, in cadences.

    Up to 1 it is fresh, up to 1.5 due, else stale. What was never read is counted from its start: up to 1 there is
    nothing to read yet, and then a first reading is due, then stale; without a start nothing is told.
    """
    counted_from = read_on or starts_on
    if counted_from is None:
        return Freshness.NONE
    cadences = Fraction(max((today - counted_from).days - lag_days, 0), CADENCE_DAYS[cadence])
    if cadences <= 1:
        return Freshness.NONE if read_on is None else Freshness.FRESH
    return Freshness.DUE if cadences <= Fraction(3, 2) else Freshness.STALE


# A reading counts for the end of a phase from so many days before it on.
COUNTS_FROM_DAYS = 31
_GRACE_DAYS = 15


def reading_day(*, ends_on: dt.date | None, target_on: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the day for which a measure of its phase's end is read: its phase's, or near a later target date that."""
    if target_on is None or today < target_on - dt.timedelta(days=COUNTS_FROM_DAYS):
        return ends_on
    return target_on if ends_on is None or target_on > ends_on else ends_on


def freshness_at_end(
    *, read_on: dt.date | None, due_on: dt.date | None, today: dt.date, lag_days: int = 0
) -> Freshness:
    """Return how fresh the latest reading of a measure is that is read for a day, that of its phase's end.

    Until that day and the lag are over it is fresh if it was ever read, else there is nothing to read yet. Then a
    reading of the 31 days before or later counts; without one it is due for 15 days, then stale.
    """
    is_over = due_on is not None and today > due_on + dt.timedelta(days=lag_days)
    if not is_over:
        return Freshness.NONE if read_on is None else Freshness.FRESH
    assert due_on is not None
    if read_on is not None and read_on >= due_on - dt.timedelta(days=COUNTS_FROM_DAYS):
        return Freshness.FRESH
    late = (today - due_on).days - lag_days
    return Freshness.DUE if late <= _GRACE_DAYS else Freshness.STALE


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def fraction(self) -> Fraction | None:
        """Return the part of the whole, None of nothing."""
        return Fraction(self.part, self.whole) if self.whole else None


def customer_behaviour_share(kinds: Sequence[str]) -> Share:
    """Return how many of the active measures tell what customers do."""
    return Share(part=sum(kind == "customer_behaviour" for kind in kinds), whole=len(kinds))
