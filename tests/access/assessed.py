"""What the matrix of addresses needs for results: an assessment that was agreed on and completed."""

from collections.abc import Callable, Mapping
from typing import Any

from assessments.choices import AnswerKind, AssessmentState, Purpose
from assessments.models import Assessment, AssessmentTemplate, Consensus, Criterion, Section, SectionPoints
from core import clock
from core.accounts.models import User
from tests.access.stage import House, today


def assessed(house: House) -> Assessment:
    """Return T9 of a program: one criterion, agreed on at 50 % of its ten points."""
    now = clock.now()
    stamps: dict[str, Any] = {"created_at": now, "updated_at": now}
    found = Assessment.objects.filter(program=house.program, code="T9").first()
    if found is not None:
        return found
    template, _made = AssessmentTemplate.objects.get_or_create(
        slug="one-question", number=1, defaults={"title": "One question", "total_points": 10, **stamps}
    )
    section, _made = Section.objects.get_or_create(
        template=template, code="A", defaults={"position": 1, "name": "Alone", "points": 10}
    )
    criterion, _made = Criterion.objects.get_or_create(
        template=template,
        code="A1",
        defaults={
            "section": section, "position": 1, "answer": AnswerKind.RANGE, "points": 10, "statement": "We listen.",
        },
    )  # fmt: skip
    found = Assessment.objects.create(
        program=house.program, template=template, code="T9", purpose=Purpose.READINESS,
        state=AssessmentState.COMPLETED, completed_on=today(), **stamps,
    )  # fmt: skip
    Consensus.objects.create(assessment=found, criterion=criterion, percent=50, note=house.word, **stamps)
    SectionPoints.objects.create(assessment=found, section=section, points=5, answered=10, applicable=10)
    return found


def _reference(place: Any, house: House, reader: User) -> str:
    return house.code(assessed(house).code)


MAKERS: Mapping[tuple[str, str], Callable[[Any, House, User], Any]] = {
    ("assessment-results", "ref"): _reference,
    **{(f"assessments:{name}", "reference"): _reference for name in ("results", "answers_csv", "answers_xlsx")},
}
