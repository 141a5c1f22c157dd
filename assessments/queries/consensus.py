"""The lines of the consensus page: each criterion with its spread, what was agreed, and what its reader had said."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.choices import AnswerKind
from assessments.models import Answer, Assessment
from assessments.queries import spread
from assessments.queries.spread import Point
from core.accounts.models import User
from core.exceptions import NotFound

# The strip of a spread, in pixels: a hundred percent from the first to the last.
LEFT, WIDTH, HEIGHT = 6, 200, 18


@dataclass(frozen=True)
class Strip:
    """Where the parts of a spread are drawn."""

    low: float
    span: float
    mean: float
    own: float | None


@dataclass(frozen=True)
class Line:
    """A criterion to agree on, and what the reader of the page answered themselves."""

    point: Point
    own: Answer | None

    @property
    def code(self) -> str:
        """The criterion's code."""
        return self.point.criterion.code

    @property
    def section_name(self) -> str:
        """The section that the criterion stands in."""
        section = self.point.criterion.section
        return section.part_of.name if section.part_of else section.name

    @property
    def is_agreed(self) -> bool:
        """Tell whether something was agreed on."""
        return self.point.agreed is not None

    @property
    def own_says(self) -> bool:
        """Tell whether the reader judged it, and did not only note something."""
        own = self.own
        return own is not None and (own.is_not_applicable or own.percent is not None or bool(own.flag or own.note))

    @property
    def is_yes_no(self) -> bool:
        """Tell whether it is answered by yes or no."""
        return self.point.criterion.answer == AnswerKind.YES_NO

    @property
    def yes(self) -> int:
        """How many said yes, where it is answered so."""
        found = self.point.spread
        return 0 if found is None or found.mean is None else int(found.mean * found.count / 100)

    @property
    def no(self) -> int:
        """How many said no, where it is answered so."""
        return self.point.spread.count - self.yes if self.point.spread else 0

    @property
    def mean(self) -> int | None:
        """The mean of the answers in whole percent, None where no spread is told."""
        found = self.point.spread
        return None if found is None or found.mean is None else round(found.mean)

    @property
    def strip(self) -> Strip | None:
        """Where the spread is drawn, None where there is none to draw."""
        found = self.point.spread
        if found is None or found.low is None or found.high is None or found.mean is None:
            return None
        own = self.own.percent if self.own is not None else None
        return Strip(
            low=_place(found.low),
            span=_place(found.high) - _place(found.low),
            mean=_place(float(found.mean)),
            own=None if own is None else _place(own),
        )


def _place(percent: float) -> float:
    return round(LEFT + WIDTH * percent / 100, 1)


def lines(assessment: Assessment, reader: User) -> Sequence[Line]:
    """Return every criterion, the widest spread first, in six queries; none before consensus opens."""
    answers = Answer.objects.filter(assessor__assessment=assessment, assessor__person=reader)
    own = {answer.criterion_id: answer for answer in answers}
    return [Line(point, own.get(point.criterion.pk)) for point in spread.points_to_agree(assessment)]


def line(assessment: Assessment, reader: User, code: str) -> Line:
    """Return one criterion's line.

    Raises:
        core.exceptions.NotFound: when the template has no such criterion.
    """
    found = next((each for each in lines(assessment, reader) if each.code == code), None)
    if found is None:
        raise NotFound
    return found
