"""Delivery confidence: five ratings from values alone, and one word over them. Bounds: backend/settings/figures.py."""

from collections.abc import Mapping, Sequence
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


def ratings(values: Mapping[str, Fraction | None]) -> dict[str, Rating]:
    """Return the rating of each value that there is data for, in the order of the thresholds."""
    found = {}
    for name, thresholds in THRESHOLDS.items():
        value = values.get(name)
        if value is not None:
            found[name] = thresholds.rate(value)
    return found


def overall(rated: Sequence[Rating]) -> Rating | None:
    """Return red if two are red, amber if one is red or two are amber, else green; None without any."""
    if not rated:
        return None
    reds, ambers = rated.count(Rating.RED), rated.count(Rating.AMBER)
    if reds >= 2:
        return Rating.RED
    return Rating.AMBER if reds == 1 or ambers >= 2 else Rating.GREEN
