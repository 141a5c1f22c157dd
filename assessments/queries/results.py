"""What an assessment came to: the score of each section, against the last one and the target, and what stands out.

Of a completed one the points that were kept are read, which is all that is known of some; of one in consensus, what was
agreed on so far.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from assessments import indicators
from assessments.choices import COMPLETED_STATES, IMPLEMENTATION_GROUP, SPREAD_STATES, Flag
from assessments.indicators import Score
from assessments.models import Assessment, Section, SectionPoints
from assessments.queries.criteria import CriterionResult, criteria_of
from assessments.queries.section_results import Line, together

_GRAVEST_FIRST = (Flag.PRESENT, Flag.PARTLY, Flag.ABSENT, "")
Row = dict[str, Any]
Kept = Mapping[tuple[int, int], Score]


@dataclass(frozen=True)
class Results:
    """Everything that an assessment came to."""

    assessment: Assessment
    previous: Assessment | None
    sections: Sequence[Line]
    whole: Line
    criteria: Sequence[CriterionResult]

    @property
    def has_scores(self) -> bool:
        """Whether there is a score to show: not of one in words, nor before anything was agreed on."""
        is_seen = self.assessment.state in SPREAD_STATES and not self.assessment.is_in_words
        return is_seen and bool(self.whole.now.answered)

    @property
    def has_criteria(self) -> bool:
        """Whether something is known of single criteria, not of sections alone."""
        return any(not each.is_unanswered or each.note or each.is_tested for each in self.criteria)

    @property
    def is_collecting(self) -> bool:
        """Whether answers are still given, each alone."""
        return self.assessment.state not in SPREAD_STATES

    @property
    def is_compared_whole(self) -> bool:
        """Whether everything was answered this time and last time, so that points are compared with points."""
        then = self.whole.then
        return self.whole.now.is_whole and then is not None and then.is_whole

    @property
    def is_final(self) -> bool:
        """Whether the assessment is completed."""
        return self.assessment.state in COMPLETED_STATES

    @property
    def scored(self) -> Sequence[Line]:
        """The sections that have points."""
        return [each for each in self.sections if each.now.of]

    @property
    def leaves(self) -> Sequence[Line]:
        """The sections, or their parts, that hold criteria."""
        return [leaf for each in self.sections for leaf in (each.parts or (each,))]

    @property
    def table(self) -> Sequence[Line]:
        """The sections, each followed by its parts, and the whole."""
        return [*(line for each in self.scored for line in (each, *each.parts)), self.whole]

    @property
    def target(self) -> int | None:
        """The points that the organisation wants to reach: in this assessment, else in the next."""
        return target_of(self.assessment)

    @property
    def missing(self) -> int | None:
        """The points that are missing to the target as if all applied, none below zero.

        None without a target, and while that cannot be told: some points are unanswered, or none applies.
        """
        if self.target is None or self.whole.rescaled is None:
            return None
        return max(self.target - self.whole.rescaled, 0)

    @cached_property
    def implementation(self) -> Line | None:
        """The sections of implementation together, a part of the score and never the whole; None where there are none.

        Of a score they are shown side by side: a program is managed, led and taken up together, or not at all.
        """
        three = [each for each in self.scored if each.group == IMPLEMENTATION_GROUP]
        if not three or len(three) == len(self.scored):
            return None
        return together(_("Implementation"), three, self.whole.target)

    @property
    def signs(self) -> Sequence[CriterionResult]:
        """The warning signs, the gravest first."""
        flags = [each for each in self.criteria if each.is_flag]
        return sorted(flags, key=lambda each: _GRAVEST_FIRST.index(each.flag))

    @property
    def doubtful(self) -> Sequence[CriterionResult]:
        """The high answers that fail a test of evidence."""
        return [each for each in self.criteria if each.is_doubtful]

    @property
    def unanswered(self) -> Sequence[CriterionResult]:
        """The criteria that nothing was agreed on."""
        return [each for each in self.criteria if each.is_unanswered]

    @property
    def not_applicable(self) -> Sequence[CriterionResult]:
        """The criteria that do not apply, each with its reason."""
        return [each for each in self.criteria if each.is_not_applicable]

    @property
    def signs_present(self) -> int:
        """How many warning signs are there, at least partly."""
        return sum(each.flag in (Flag.PRESENT, Flag.PARTLY) for each in self.signs)


def results(assessment: Assessment) -> Results:
    """Return what an assessment came to, in five queries whatever its size."""
    criteria = criteria_of(assessment)
    previous = previous_of(assessment)
    rows = _sections(assessment.template_id)
    kept = _kept([each.pk for each in (assessment, previous) if each is not None])
    of = sum(row["points"] for row in rows_on_top(rows))
    goal = target_of(assessment)
    share = None if goal is None or not of else Fraction(goal, of)
    sections = _Profile(assessment, previous, criteria, kept, share).lines(rows)
    whole = together(_("The whole"), sections, share)
    return Results(assessment, previous, sections, whole, criteria)


def _sections(template_id: int) -> list[Row]:
    columns = ("id", "part_of_id", "code", "name", "group", "points")
    return [{**row} for row in Section.objects.filter(template_id=template_id).order_by("position").values(*columns)]


def target_of(assessment: Assessment) -> int | None:
    """Return the points that an assessment is held against: its own target, else that of the next."""
    return assessment.target_next if assessment.target is None else assessment.target


def previous_of(assessment: Assessment) -> Assessment | None:
    """Return the last completed assessment of the program before this one, made with the same version of a template."""
    others = Assessment.objects.filter(program_id=assessment.program_id, template_id=assessment.template_id)
    scored = others.filter(state__in=COMPLETED_STATES, is_in_words=False).exclude(pk=assessment.pk)
    if assessment.completed_on is not None:
        same_day = Q(completed_on=assessment.completed_on, pk__lt=assessment.pk)
        scored = scored.filter(Q(completed_on__lt=assessment.completed_on) | same_day)
    elif assessment.opened_at is not None:
        scored = scored.filter(completed_on__lte=assessment.opened_at.date())
    return scored.order_by("-completed_on", "-pk").first()


def _kept(assessment_ids: Sequence[int]) -> dict[tuple[int, int], Score]:
    """Return the points that assessments ended with, by assessment and section, in one query."""
    rows = SectionPoints.objects.filter(assessment_id__in=assessment_ids).order_by().select_related("section")
    return {(row.assessment_id, row.section_id): _score(row) for row in rows}


def _score(row: SectionPoints) -> Score:
    points = row.section.points
    return Score(points, row.applicable, row.answered, Fraction(row.points), row.evidenced)


class _Profile:
    """Makes the lines of a template's sections."""

    def __init__(
        self,
        assessment: Assessment,
        previous: Assessment | None,
        criteria: Sequence[CriterionResult],
        kept: Kept,
        target: Fraction | None,
    ) -> None:
        self.assessment, self.previous, self.kept, self.target = assessment, previous, kept, target
        self.criteria: dict[int, list[CriterionResult]] = defaultdict(list)
        for each in criteria:
            self.criteria[each.section_id].append(each)

    def lines(self, rows: Sequence[Row]) -> list[Line]:
        """Return a line for each section, with those of its parts in it."""
        parts: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            parts[row["part_of_id"]].append(row)
        return [self._line(row, [self._line(part, []) for part in parts[row["id"]]]) for row in rows_on_top(rows)]

    def _line(self, row: Row, parts: Sequence[Line]) -> Line:
        if parts:
            whole = together(row["name"], parts, self.target)
            now, then = whole.now, whole.then
        else:
            now, then = self._now(row), self._then(row)
        return Line(
            name=row["name"],
            code=row["code"],
            group=row["group"],
            now=now,
            then=then,
            target=self.target,
            parts=parts,
            criteria=self.criteria[row["id"]],
        )

    def _now(self, row: Row) -> Score:
        if self.assessment.state in COMPLETED_STATES:
            return self.kept.get((self.assessment.pk, row["id"]), _unanswered(row))
        return indicators.score(each.judged for each in self.criteria[row["id"]])

    def _then(self, row: Row) -> Score | None:
        if self.previous is None:
            return None
        return self.kept.get((self.previous.pk, row["id"]), _unanswered(row))


def rows_on_top(rows: Sequence[Row]) -> list[Row]:
    """Return the sections that are no part of another."""
    return [row for row in rows if row["part_of_id"] is None]


def _unanswered(row: Row) -> Score:
    return Score(of=row["points"], applicable=row["points"], answered=0, points=Fraction())
