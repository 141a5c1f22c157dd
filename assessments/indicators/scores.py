"""Judgements in, points and percents out. Exact; rounded only where they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass(frozen=True)
class Judged:
    """A criterion and what was said of it: its points, and the percent; None where it is unanswered.

    `holds` tells whether its three tests of evidence hold, None where they were not answered.
    """

    points: int
    percent: int | None = None
    is_not_applicable: bool = False
    holds: bool | None = None


@dataclass(frozen=True)
class Score:
    """Points of a section, a part or the whole.

    of: what the template gives; applicable: of these without what does not apply; answered: of these what was
    answered; evidenced: of these what was proven, None where no test was answered; points: the score itself.
    """

    of: int
    applicable: int
    answered: int
    points: Fraction
    evidenced: int | None = None

    @property
    def unanswered(self) -> int:
        """The points that nobody has judged: they count neither as reached nor as missed."""
        return self.applicable - self.answered

    @property
    def is_whole(self) -> bool:
        """Whether every point was answered, so that nothing need be said of what is missing."""
        return self.answered == self.of

    @property
    def rescaled(self) -> Fraction | None:
        """The score as if all points applied: points x of / applicable; None where none apply or some are open."""
        return self.points * self.of / self.applicable if self.applicable and not self.unanswered else None

    @property
    def gap(self) -> Fraction:
        """What is missing of the points that were answered: answered - points."""
        return self.answered - self.points

    @property
    def percent(self) -> Fraction | None:
        """The share of the answered points that was reached, 0 to 1; None where none were answered."""
        return self.points / self.answered if self.answered else None

    @property
    def coverage(self) -> Fraction | None:
        """Evidence coverage, 0 to 1: points whose three tests hold / points answered; None without either."""
        return Fraction(self.evidenced, self.answered) if self.answered and self.evidenced is not None else None


def score(judged: Iterable[Judged]) -> Score:
    """Return the score of some criteria: the sum of points x percent; what is unanswered stays out of it.

    Source: DOMAIN, "score of an assessment". Flags have no points and change nothing.
    """
    found = list(judged)
    applicable = [each for each in found if not each.is_not_applicable]
    answered = [each for each in applicable if each.percent is not None]
    tested = [each for each in answered if each.holds is not None]
    return Score(
        of=sum(each.points for each in found),
        applicable=sum(each.points for each in applicable),
        answered=sum(each.points for each in answered),
        points=sum((Fraction(each.points * (each.percent or 0), 100) for each in answered), Fraction()),
        evidenced=sum(each.points for each in tested if each.holds) if tested else None,
    )


def total(scores: Iterable[Score]) -> Score:
    """Return the score of several sections together."""
    found = list(scores)
    known = [each.evidenced for each in found if each.evidenced is not None]
    return Score(
        of=sum(each.of for each in found),
        applicable=sum(each.applicable for each in found),
        answered=sum(each.answered for each in found),
        points=sum((each.points for each in found), Fraction()),
        evidenced=sum(known) if known else None,
    )


def change(now: Score, then: Score) -> Fraction | None:
    """Return by how many points a score rose since another one of the same template version; negative is a fall.

    The difference of the shares that were reached of what was answered, in points of the whole: where everything was
    answered both times it is points - points, and what was not answered, or does not apply, counts neither way. None
    where one of the two has no answer.
    """
    if now.percent is None or then.percent is None:
        return None
    return (now.percent - then.percent) * now.of


def shown(points: Fraction) -> int:
    """Return points as they are shown: whole ones, half a point upwards."""
    return floor(points + Fraction(1, 2))
