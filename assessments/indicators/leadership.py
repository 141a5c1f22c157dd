"""The two figures of leadership: the gap between vision and reality, and what the sponsor did in time."""

from dataclasses import dataclass
from fractions import Fraction

from programs.indicators import Share

# Fewer answers than this tell who gave which.
LEAST_ANSWERS = 3


@dataclass(frozen=True)
class Voices:
    """How many answered a criterion with a percent, and the sum of these percents."""

    count: int = 0
    percents: int = 0

    @property
    def mean(self) -> Fraction | None:
        """Return the mean percent, None of fewer than three answers."""
        return Fraction(self.percents, self.count) if self.count >= LEAST_ANSWERS else None


def vision_reality_gap(leaders: Voices, others: Voices) -> Fraction | None:
    """Return the leaders' mean percent less everybody else's, in percent points; None below three answers on a side.

    Above zero, leaders see more done than those who work with it.
    """
    return None if leaders.mean is None or others.mean is None else leaders.mean - others.mean


@dataclass(frozen=True)
class Engagement:
    """What a sponsor had to do by days that have come, and how much of it was done by its day."""

    promises: Share
    decisions: Share
    debriefs: Share

    @property
    def together(self) -> Share:
        """Return the three together."""
        three = (self.promises, self.decisions, self.debriefs)
        return Share(part=sum(each.part for each in three), whole=sum(each.whole for each in three))
