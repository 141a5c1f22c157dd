"""Figures of promises, from values alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


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


@dataclass(frozen=True)
class Commitments:
    """How many requests were answered, and how many of these with a promise, on the day asked for or another."""

    committed: int
    declined: int

    @property
    def answered(self) -> int:
        """Return how many were answered."""
        return self.committed + self.declined

    @property
    def rate(self) -> Fraction | None:
        """Return committed / answered, None when nothing was. All of them may mean control, not commitment."""
        return Fraction(self.committed, self.answered) if self.answered else None


def reasons_ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the reasons of misses with their counts, the most frequent first, alphabetical among equals."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
