"""How far the assessors of an assessment have come: how many criteria they answered, never what."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments.models import Answer, Assessment, Assessor, Criterion
from assessments.models.answers import says_something
from programs.models import Membership
from programs.queries import name_of

_PLACE = (
    "id", "version", "person_id", "is_member", "is_leader", "asked", "answered", "submitted_at", "left_at",
)  # fmt: skip


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


def assessors_with_progress(assessment: Assessment) -> QuerySet[Assessor, Any]:
    """Return who was asked to answer an assessment, who left included, and how many criteria each answered.

    They have `is_member`, `asked` and `answered`.
    """
    member = Membership.objects.filter(program_id=assessment.program_id, person_id=OuterRef("person_id"))
    criteria = Criterion.objects.filter(_is_asked(""), template_id=assessment.template_id)
    answers = Answer.objects.filter(says_something(is_in_words=assessment.is_in_words), assessor_id=OuterRef("pk"))
    return Assessor.objects.filter(assessment_id=assessment.pk).annotate(
        is_member=Exists(member),
        asked=_count(criteria, "template_id"),
        answered=_count(answers.filter(_is_asked("criterion__")), "assessor_id"),
    )


def _is_asked(path: str) -> Q | Any:
    """Return that a criterion is asked of the assessor outside: its section was, or the whole of that; or all are."""
    named = Assessor.sections.through.objects.filter(assessor_id=OuterRef(OuterRef("pk")))
    sections = named.values("section_id")
    is_named = Q(**{f"{path}section__in": sections}) | Q(**{f"{path}section__part_of__in": sections})
    return is_named | ~Q(Exists(named))


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def chosen_sections(assessor_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the codes of the sections that assessors answer by assessor, in order, in one query; none: all."""
    found: dict[int, list[str]] = {assessor_id: [] for assessor_id in assessor_ids}
    through = Assessor.sections.through.objects.filter(assessor_id__in=found)
    for assessor_id, code in through.order_by("section__position").values_list("assessor_id", "section__code"):
        found[assessor_id].append(code)
    return found


def places(assessment: Assessment) -> list[Place]:
    """Return all who were asked, by name, in two queries whatever their number; who left stands last."""
    told = assessors_with_progress(assessment).values(*_PLACE, person_name=name_of("person"))
    rows = list(told.order_by("pk"))
    rows.sort(key=lambda row: (row["left_at"] is not None, row["person_name"].casefold(), row["id"]))
    chosen = chosen_sections([row["id"] for row in rows])
    return [Place(**row, sections=chosen[row["id"]]) for row in rows]


def submitted(assessment: Assessment) -> tuple[int, int]:
    """Return how many of those who are asked have submitted, and how many are asked."""
    counts = Assessor.objects.filter(assessment_id=assessment.pk, left_at=None).aggregate(
        done=Count("pk", filter=Q(submitted_at__isnull=False)), asked=Count("pk")
    )
    return counts["done"], counts["asked"]
