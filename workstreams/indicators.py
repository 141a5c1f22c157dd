"""Figures of the work, from values alone. Formulas: docs/figures.md."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction


def slip_days(*, baseline_on: dt.date, due_on: dt.date, actual_on: dt.date | None) -> int:
    """Return how many days a milestone is after its baseline, by its actual date, else the date said last.

    Negative is early.
    """
    return ((actual_on or due_on) - baseline_on).days


@dataclass(frozen=True)
class Promises:
    """How many promises were kept, were missed, and are past their day without an answer."""

    kept: int
    missed: int
    overdue: int

    @property
    def due(self) -> int:
        """Return how many have come due."""
        return self.kept + self.missed + self.overdue

    @property
    def ppc(self) -> Fraction | None:
        """Return promises kept / promises due, None when none has come due.

        Percent plan complete, after the Last Planner System (Ballard 2000); an overdue promise counts as not kept.
        """
        return Fraction(self.kept, self.due) if self.due else None
