"""Delivery confidence: five ratings from values alone, and one word over them. Bounds: backend/settings/figures.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from backend.settings.figures import CONFIDENCE_BOUNDS
from workstreams.indicators import risk_score as risk_score


class Rating(StrEnum):
    """Red, amber or green."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True)
class Thresholds:
    """A value rates green up to the first bound and amber up to the second; where more is better, from it on."""

    green: Fraction
    amber: Fraction
    is_more_better: bool = True
    # Whether the bound itself still rates so: "<= 7 days" does, "< 12" does not.
    is_bound_in: bool = True

    def rate(self, value: Fraction) -> Rating:
        """Return the rating of a value."""
        for rating, bound in ((Rating.GREEN, self.green), (Rating.AMBER, self.amber)):
            is_within = value > bound if self.is_more_better else value < bound
            if is_within or (self.is_bound_in and value == bound):
                return rating
        return Rating.RED


THRESHOLDS: Mapping[str, Thresholds] = {
    "outcomes": Thresholds(*CONFIDENCE_BOUNDS["outcomes"]),
    "schedule": Thresholds(*CONFIDENCE_BOUNDS["schedule"], is_more_better=False),
    "parity": Thresholds(*CONFIDENCE_BOUNDS["parity"]),
    "promises": Thresholds(*CONFIDENCE_BOUNDS["promises"]),
    "risks": Thresholds(*CONFIDENCE_BOUNDS["risks"], is_more_better=False, is_bound_in=False),
}


@dataclass(frozen=True, kw_only=True)
class DueMilestones:
    """The milestones due by their baselines, those still open, and for how many days the longest has been due."""

    due: int
    still_open: int
    worst_days: int


# From more than so much of what is due being open, overdue milestones alone may rate the schedule red.
MOST_OPEN = Fraction(1, 4)
# So many ratings need data before green is said, these among them.
NEEDED_FOR_GREEN = 3
NEEDED = ("outcomes", "schedule")
# So many need data before one red alone is no more than amber.
NEEDED_FOR_AMBER = 3


def rate_milestones(found: DueMilestones) -> Rating | None:
    """Return how the milestones that are due rate the schedule; None where none is due.

    By the days for which the longest has been open; red only where more than a quarter of them are open.
    """
    if not found.due:
        return None
    rated = THRESHOLDS["schedule"].rate(Fraction(found.worst_days)) if found.still_open else Rating.GREEN
    is_most = Fraction(found.still_open, found.due) > MOST_OPEN
    return Rating.AMBER if rated == Rating.RED and not is_most else rated


def ratings(values: Mapping[str, Fraction | None], *, milestones: DueMilestones) -> dict[str, Rating]:
    """Return the rating of each value that there is data for, in the order of the thresholds.

    The schedule is rated by its worst phase and by the milestones that are due, whichever is worse.
    """
    found: dict[str, Rating] = {}
    for name, thresholds in THRESHOLDS.items():
        value = values.get(name)
        rated = [] if value is None else [thresholds.rate(value)]
        if name == "schedule" and (of_milestones := rate_milestones(milestones)):
            rated.append(of_milestones)
        if rated:
            found[name] = min(rated, key=list(Rating).index)
    return found


def overall(rated: Mapping[str, Rating]) -> Rating | None:
    """Return one word over the ratings that have data; None where they are not enough to say.

    Red if two are red, or one is and fewer than three have data; amber if one is red or two are amber; green if at
    least three have data, outcomes and schedule among them.
    """
    words = list(rated.values())
    reds, ambers = words.count(Rating.RED), words.count(Rating.AMBER)
    if reds >= 2 or (reds and len(words) < NEEDED_FOR_AMBER):
        return Rating.RED
    if reds or ambers >= 2:
        return Rating.AMBER
    is_enough = len(words) >= NEEDED_FOR_GREEN and all(name in rated for name in NEEDED)
    return Rating.GREEN if is_enough else None
