"""Whether change keeps pace with the project, from values alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Side:
    """A discipline's milestones due by their baseline: how many were achieved, of how many, and the mean slip."""

    achieved: int
    due: int
    mean_slip_days: Fraction | None = None

    @property
    def share(self) -> Fraction | None:
        """Return achieved / due, None where none is due."""
        return Fraction(self.achieved, self.due) if self.due else None


def parity_points(*, change: Side, project: Side) -> Fraction | None:
    """Return change achieved / due less project achieved / due, in percentage points.

    Below zero change lags behind the project; None where a side has none due.
    """
    if change.share is None or project.share is None:
        return None
    return (change.share - project.share) * 100


def mean_days(slips: Sequence[int]) -> Fraction | None:
    """Return the mean of slips in days, None of none."""
    return Fraction(sum(slips), len(slips)) if slips else None
