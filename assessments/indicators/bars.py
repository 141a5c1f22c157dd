"""The bar of a section, in percent of the points that apply: what was reached, what nobody answered, and two marks."""

from dataclasses import dataclass
from fractions import Fraction

from assessments.indicators.scores import Score

WHOLE = 100


@dataclass(frozen=True)
class Bar:
    """From the left what was reached, at the right end what nobody answered; marks are places between 0 and 100."""

    reached: float
    unanswered: float
    then: float | None
    target: float | None

    @property
    def unanswered_from(self) -> float:
        """Where the unanswered part begins."""
        return round(WHOLE - self.unanswered, 2)


def bar(now: Score, then: Score | None = None, target: Fraction | None = None) -> Bar | None:
    """Return the bar of a score; None where no point applies. `target` is a share of the points, 0 to 1."""
    if not now.applicable:
        return None
    return Bar(
        reached=_place(now.points / now.applicable),
        unanswered=_place(Fraction(now.unanswered, now.applicable)),
        then=None if then is None or then.percent is None else _place(then.points / then.applicable),
        target=None if target is None else _place(min(target, Fraction(1))),
    )


def _place(share: Fraction) -> float:
    return round(float(share * WHOLE), 2)
