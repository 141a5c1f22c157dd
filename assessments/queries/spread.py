"""Where assessors disagree: how their answers to a criterion are spread, without saying whose they are.

Nothing is told before consensus opens, and never of fewer than three answers: of two, each could tell the other's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet, Sum

from assessments.choices import SPREAD_STATES, Flag
from assessments.indicators import LEAST_ANSWERS
from assessments.models import Answer, Assessment, Consensus, Criterion
from assessments.models.answers import says_something
from programs.queries import name_of

_WEIGHT = {Flag.ABSENT: 0, Flag.PARTLY: 50, Flag.PRESENT: 100}


@dataclass(frozen=True)
class Spread:
    """The answers to one criterion, three at least: lowest, highest and mean percent; of a flag, how many each.

    `width` is how far they are apart, in points of percent; from absent to present it is a hundred.
    """

    count: int
    width: int
    low: int | None = None
    high: int | None = None
    mean: Fraction | None = None
    flags: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What somebody answered; told only of an assessment that was opened with names."""

    person_id: int
    person_name: str
    percent: int | None
    flag: str
    is_not_applicable: bool
    not_applicable_reason: str
    note: str


@dataclass(frozen=True)
class Point:
    """A criterion to agree on: its spread, None of fewer than three answers; who said what, where told; what stands."""

    criterion: Criterion
    spread: Spread | None
    said: Sequence[Said]
    agreed: Consensus | None

    @property
    def version(self) -> int:
        """The version of what was agreed, 0 of nothing."""
        return self.agreed.version if self.agreed is not None else 0


def points_to_agree(assessment: Assessment) -> list[Point]:
    """Return the criteria with their spreads, the largest first, in at most five queries; none before the consensus."""
    if assessment.state not in SPREAD_STATES:
        return []
    rows = Criterion.objects.filter(template_id=assessment.template_id).select_related("section", "section__part_of")
    found = spreads(assessment)
    said = _said(assessment)
    consensus = Consensus.objects.filter(assessment_id=assessment.pk).select_related("set_by")
    agreed = {each.criterion_id: each for each in consensus}
    points = [
        Point(each, found.get(each.pk), said.get(each.pk, ()), agreed.get(each.pk))
        for each in rows.order_by("position")
    ]
    return sorted(points, key=lambda point: -point.spread.width if point.spread else 1)


def spreads(assessment: Assessment) -> dict[int, Spread]:
    """Return how the answers to each criterion are spread, of those with three and more, in two queries.

    Only judgements count: what does not apply, and notes, are nobody's to see.
    """
    if assessment.state not in SPREAD_STATES:
        return {}
    answers = Answer.objects.filter(assessor__assessment_id=assessment.pk).order_by()
    return _of_percents(answers) | _of_flags(answers)


def _of_percents(answers: QuerySet[Answer]) -> dict[int, Spread]:
    rows = answers.filter(percent__isnull=False).values("criterion_id")
    rows = rows.annotate(count=Count("pk"), low=Min("percent"), high=Max("percent"), sum=Sum("percent"))
    return {
        row["criterion_id"]: Spread(
            count=row["count"],
            width=row["high"] - row["low"],
            low=row["low"],
            high=row["high"],
            mean=Fraction(row["sum"], row["count"]),
        )
        for row in rows.filter(count__gte=LEAST_ANSWERS)
    }


def _of_flags(answers: QuerySet[Answer]) -> dict[int, Spread]:
    counts: dict[int, dict[str, int]] = {}
    for row in answers.exclude(flag="").values("criterion_id", "flag").annotate(count=Count("pk")):
        counts.setdefault(row["criterion_id"], {})[row["flag"]] = row["count"]
    return {pk: _flagged(each) for pk, each in counts.items() if sum(each.values()) >= LEAST_ANSWERS}


def _flagged(counts: Mapping[str, int]) -> Spread:
    weights = [_WEIGHT[Flag(flag)] for flag in counts]
    return Spread(
        count=sum(counts.values()),
        width=max(weights) - min(weights),
        flags={flag.value: counts.get(flag, 0) for flag in Flag},
    )


def _said(assessment: Assessment) -> dict[int, list[Said]]:
    """Return who said what by criterion, by name; nothing where assessors were not told so before they answered."""
    if not assessment.is_named:
        return {}
    rows: Any = Answer.objects.filter(says_something(is_in_words=assessment.is_in_words))
    rows = rows.filter(assessor__assessment_id=assessment.pk).order_by("assessor__person__name", "pk")
    columns = ("percent", "flag", "is_not_applicable", "not_applicable_reason", "note")
    found: dict[int, list[Said]] = {}
    for row in rows.values(
        "criterion_id", *columns, person_id=F("assessor__person_id"), person_name=name_of("assessor__person")
    ):
        found.setdefault(row.pop("criterion_id"), []).append(Said(**row))
    return found
