"""A section of an assessment as its results tell of it: the score now and last time, and the figures made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from assessments import indicators
from assessments.indicators import Bar, Score
from assessments.queries.criteria import CriterionResult


@dataclass(frozen=True)
class Line:
    """A section, a part or several together: the score now and last time, and the share that is the target."""

    name: str
    now: Score
    then: Score | None = None
    code: str = ""
    group: str = ""
    target: Fraction | None = None
    parts: Sequence["Line"] = ()
    criteria: Sequence[CriterionResult] = ()

    @cached_property
    def change(self) -> Fraction | None:
        """The points it rose by since the last one; None where there is none to compare with."""
        return None if self.then is None else indicators.change(self.now, self.then)

    @cached_property
    def bar(self) -> Bar | None:
        """The picture of it."""
        return indicators.bar(self.now, self.then, self.target)

    @property
    def points(self) -> int:
        """The score, in whole points."""
        return indicators.shown(self.now.points)

    @property
    def then_points(self) -> int | None:
        """The score of last time, in whole points."""
        return None if self.then is None else indicators.shown(self.then.points)

    @property
    def rose(self) -> int | None:
        """The change, in whole points."""
        return None if self.change is None else indicators.shown(self.change)

    @property
    def not_applicable(self) -> int:
        """The points that do not apply."""
        return self.now.of - self.now.applicable

    @property
    def rescaled(self) -> int | None:
        """The score as if all applied, in whole points; None where none applies, or some are unanswered."""
        return None if self.now.rescaled is None else indicators.shown(self.now.rescaled)

    @property
    def is_rescaled(self) -> bool:
        """Tell whether some points do not apply, and what the score would be if they did can be told."""
        return bool(self.not_applicable) and self.rescaled is not None

    @property
    def gap(self) -> int:
        """What is missing of the answered points, in whole points."""
        return indicators.shown(self.now.gap)

    @property
    def percent(self) -> int | None:
        """The share that was reached of what was answered, in whole percent."""
        return None if self.now.percent is None else indicators.shown(self.now.percent * 100)

    @property
    def coverage(self) -> int | None:
        """Evidence coverage in whole percent; None where no test was answered."""
        return None if self.now.coverage is None else indicators.shown(self.now.coverage * 100)

    @property
    def said(self) -> Sequence[CriterionResult]:
        """The criteria that something was said of in words."""
        return [each for each in self.criteria if each.note or each.flag or each.is_tested]


def together(name: str, lines: Sequence[Line], target: Fraction | None) -> Line:
    """Return several sections as one line; with a score of last time where there was a last time."""
    then = [each.then for each in lines if each.then is not None]
    return Line(
        name=name,
        now=indicators.total(each.now for each in lines),
        then=indicators.total(then) if then else None,
        target=target,
        parts=lines,
    )
