"""The criteria of an assessment, each with what all agreed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from assessments import indicators
from assessments.choices import AnswerKind, Flag
from assessments.indicators import Judged
from assessments.models import Assessment, Consensus, Criterion

JUDGEMENT = (
    "has_owner", "owner_name", "is_consistent", "documents", "links", "percent", "flag", "is_not_applicable",
    "not_applicable_reason", "note",
)  # fmt: skip
_CRITERION = ("pk", "section_id", "code", "statement", "answer", "points")


@dataclass(frozen=True)
class CriterionResult:
    """A criterion, and what was agreed on; where nothing was, it is unanswered."""

    pk: int
    section_id: int
    code: str
    statement: str
    answer: str
    points: int
    has_owner: bool | None = None
    owner_name: str = ""
    is_consistent: bool | None = None
    documents: str = ""
    links: Sequence[str] = ()
    percent: int | None = None
    flag: str = ""
    is_not_applicable: bool = False
    not_applicable_reason: str = ""
    note: str = ""

    @property
    def is_flag(self) -> bool:
        """Whether it is a warning sign, which is never scored."""
        return self.answer == AnswerKind.FLAG

    @property
    def is_unanswered(self) -> bool:
        """Whether neither a percent nor a flag was given, and it applies."""
        return self.percent is None and not self.flag and not self.is_not_applicable

    @property
    def is_tested(self) -> bool:
        """Whether one of the tests of evidence was answered."""
        return self.has_owner is not None or self.is_consistent is not None or bool(self.documents)

    @property
    def holds(self) -> bool | None:
        """Whether the three tests of evidence hold; None while they were not answered."""
        return indicators.holds(self.has_owner, self.is_consistent, self.documents)

    @property
    def is_doubtful(self) -> bool:
        """Whether the answer is high and fails a test of evidence."""
        return indicators.is_doubtful(self.percent, self.holds, high=settings.HIGH_ANSWER_PERCENT)

    @property
    def judged(self) -> Judged:
        """What the score is made of."""
        return Judged(self.points, self.percent, self.is_not_applicable, self.holds)

    @property
    def flag_label(self) -> str:
        """What is said of a warning sign, in words."""
        return str(Flag(self.flag).label) if self.flag else ""


def criteria_of(assessment: Assessment) -> list[CriterionResult]:
    """Return the criteria of an assessment's template in their order with what was agreed on, in two queries."""
    agreed: dict[int, dict[str, Any]] = {
        row.pop("criterion_id"): row
        for row in Consensus.objects.filter(assessment=assessment).order_by().values("criterion_id", *JUDGEMENT)
    }
    rows = Criterion.objects.filter(template_id=assessment.template_id).order_by("position").values(*_CRITERION)
    return [CriterionResult(**row, **agreed.get(row["pk"], {})) for row in rows]
