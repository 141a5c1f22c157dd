"""How far the assessors of an assessment have come: how many criteria they answered, never what."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from assessments.models import Answer, Assessment, Assessor, Criterion
from assessments.models.answers import says_something
from programs.models import Membership


@dataclass(frozen=True)
class Place:
    """Somebody who was asked: which sections (none: all), how many criteria, how many of these are answered."""

    id: int
    version: int
    person_id: int
    person_name: str
    is_member: bool
    is_leader: bool
    sections: Sequence[str]
    asked: int
    answered: int
    submitted_at: dt.datetime | None
    left_at: dt.datetime | None

    @property
    def has_submitted(self) -> bool:
        """Tell whether they said that they are done."""
        return self.submitted_at is not None


def places(assessment: Assessment) -> list[Place]:
    """Return all who were asked, by name, in five queries whatever their number; who left stands last."""
    rows = Assessor.objects.filter(assessment_id=assessment.pk).select_related("person")
    found = sorted(rows, key=lambda each: (each.left_at is not None, str(each.person).casefold(), each.pk))
    through = Assessor.sections.through.objects.filter(assessor__assessment_id=assessment.pk)
    chosen: dict[int, dict[int, str]] = {}
    for assessor_id, section_id, code in through.order_by("section__position").values_list(
        "assessor_id", "section_id", "section__code"
    ):
        chosen.setdefault(assessor_id, {})[section_id] = code
    criteria = Criterion.objects.filter(template_id=assessment.template_id)
    wanted = _counts(criteria, "section_id", "section__part_of_id")
    answers = Answer.objects.filter(says_something(is_in_words=assessment.is_in_words))
    answers = answers.filter(assessor__assessment_id=assessment.pk)
    given = _counts(answers, "assessor_id", "criterion__section_id", "criterion__section__part_of_id")
    members = set(Membership.objects.filter(program_id=assessment.program_id).values_list("person_id", flat=True))
    return [_place(each, chosen.get(each.pk, {}), wanted, given, members) for each in found]


def submitted(assessment: Assessment) -> tuple[int, int]:
    """Return how many of those who are asked have submitted, and how many are asked."""
    counts = Assessor.objects.filter(assessment_id=assessment.pk, left_at=None).aggregate(
        done=Count("pk", filter=Q(submitted_at__isnull=False)), asked=Count("pk")
    )
    return counts["done"], counts["asked"]


def _counts(rows: Any, *columns: str) -> list[tuple[Any, ...]]:
    return list(rows.order_by().values(*columns).annotate(count=Count("pk")).values_list(*columns, "count"))


def _place(
    assessor: Assessor,
    chosen: dict[int, str],
    wanted: Sequence[tuple[Any, ...]],
    given: Sequence[tuple[Any, ...]],
    members: Collection[int],
) -> Place:
    def is_asked(section_id: int, part_of_id: int | None) -> bool:
        return not chosen or section_id in chosen or part_of_id in chosen

    return Place(
        id=assessor.pk,
        version=assessor.version,
        person_id=assessor.person_id,
        person_name=str(assessor.person),
        is_member=assessor.person_id in members,
        is_leader=assessor.is_leader,
        sections=list(chosen.values()),
        asked=sum(count for section, part_of, count in wanted if is_asked(section, part_of)),
        answered=sum(
            count for owner, section, part_of, count in given if owner == assessor.pk and is_asked(section, part_of)
        ),
        submitted_at=assessor.submitted_at,
        left_at=assessor.left_at,
    )
