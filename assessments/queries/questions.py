"""The questions that an assessor is asked, with what they answered themselves; nothing of anybody else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from assessments.choices import AnswerKind
from assessments.models import Answer, Assessor, Criterion, Judgement
from assessments.models.answers import says_something


@dataclass(frozen=True)
class Question:
    """A criterion in its section, and in its part where the section has parts."""

    pk: int
    code: str
    kind: str
    points: int
    statement: str
    rationale: str
    section_code: str
    section_name: str
    part_name: str

    @property
    def is_flag(self) -> bool:
        """Tell whether it asks for a warning sign, which no evidence tests and no points belong to."""
        return self.kind == AnswerKind.FLAG


@dataclass(frozen=True)
class Asked:
    """A question with what its assessor said of it; `said` is None before the first word."""

    question: Question
    said: Judgement | None
    is_answered: bool


@dataclass(frozen=True)
class Part:
    """A section of the form: its questions, and how many of them are answered."""

    code: str
    name: str
    asked: Sequence[Asked]

    @property
    def answered(self) -> int:
        """How many of its questions are answered."""
        return sum(each.is_answered for each in self.asked)

    @property
    def is_done(self) -> bool:
        """Tell whether all its questions are answered."""
        return self.answered == len(self.asked)

    @property
    def first_open(self) -> str:
        """The code of its first question without an answer, of its first where all have one."""
        return next((each.question.code for each in self.asked if not each.is_answered), self.asked[0].question.code)


@dataclass(frozen=True)
class Sheet:
    """Everything that one assessor is asked, in order."""

    assessor: Assessor
    asked: Sequence[Asked]

    @property
    def parts(self) -> list[Part]:
        """The sections, in order."""
        found = []
        for (code, name), each in groupby(
            self.asked, key=lambda one: (one.question.section_code, one.question.section_name)
        ):
            found.append(Part(code, name, list(each)))
        return found

    @property
    def answered(self) -> int:
        """How many questions are answered."""
        return sum(each.is_answered for each in self.asked)

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to answer."""
        return self.answered == len(self.asked)

    @property
    def first_open(self) -> str:
        """The code of the first question without an answer, "" where all have one."""
        return next((each.question.code for each in self.asked if not each.is_answered), "")

    def place_of(self, code: str) -> int | None:
        """Return where a question stands in the order, None where it is not asked."""
        return next((place for place, each in enumerate(self.asked) if each.question.code == code), None)

    def next_open(self, place: int) -> str:
        """Return the code of the next question without an answer after a place, from the top again; "" for none."""
        around = [*self.asked[place + 1 :], *self.asked[:place]]
        return next((each.question.code for each in around if not each.is_answered), "")


def questions(template_id: int, section_ids: Collection[int] = ()) -> list[Question]:
    """Return the criteria of a template in order, or those of some sections and of their parts, in one query."""
    rows = Criterion.objects.filter(template_id=template_id)
    if section_ids:
        rows = rows.filter(Q(section_id__in=section_ids) | Q(section__part_of_id__in=section_ids))
    columns = ("pk", "code", "answer", "points", "statement", "rationale")
    places = ("section__code", "section__name", "section__part_of__code", "section__part_of__name")
    return [_question(row) for row in rows.order_by("position", "pk").values(*columns, *places)]


def _question(row: dict[str, Any]) -> Question:
    is_part = row["section__part_of__code"] is not None
    above = "section__part_of" if is_part else "section"
    return Question(
        pk=row["pk"], code=row["code"], kind=row["answer"], points=row["points"], statement=row["statement"],
        rationale=row["rationale"], section_code=row[f"{above}__code"], section_name=row[f"{above}__name"],
        part_name=row["section__name"] if is_part else "",
    )  # fmt: skip


def by_section(asked: Sequence[Question]) -> list[tuple[str, list[Question]]]:
    """Return questions under the names of their sections, in order."""
    grouped = groupby(asked, key=lambda question: (question.section_code, question.section_name))
    return [(name, list(each)) for (_code, name), each in grouped]


def sheet(assessor: Assessor) -> Sheet:
    """Return what an assessor is asked with their own answers, in three queries; the assessor has their assessment."""
    assessment = assessor.assessment
    section_ids = list(assessor.sections.values_list("pk", flat=True))
    is_answered = ExpressionWrapper(says_something(is_in_words=assessment.is_in_words), output_field=BooleanField())
    rows = Answer.objects.filter(assessor=assessor).annotate(is_answered=is_answered)
    answers = {answer.criterion_id: answer for answer in rows}
    asked = []
    for question in questions(assessment.template_id, section_ids):
        answer = answers.get(question.pk)
        asked.append(Asked(question, answer, is_answered=answer is not None and answer.is_answered))
    return Sheet(assessor, asked)
