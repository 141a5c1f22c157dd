"""Who is asked the same as an assessor: told to them, so that nobody answers among fewer people than they think."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from assessments.models import Assessor
from programs.models import Membership
from programs.queries import name_of


@dataclass(frozen=True)
class Beside:
    """Somebody else who is asked some of the same."""

    name: str
    is_outside: bool


def asked_beside(place: Assessor) -> list[Beside]:
    """Return who else is asked some of the sections that an assessor is asked, by name, in two queries.

    Without sections of their own everybody is asked all; who has left is asked nothing.
    """
    sections = _sections(place.assessment_id)
    own = sections.get(place.pk, set())
    member = Membership.objects.filter(program__assessments=OuterRef("assessment_id"), person_id=OuterRef("person_id"))
    others = Assessor.objects.filter(assessment_id=place.assessment_id, left_at=None).exclude(pk=place.pk)
    rows = others.order_by("person__name", "pk").values_list("pk", name_of("person"), Exists(member))
    return [
        Beside(name, is_outside=not is_member)
        for pk, name, is_member in rows
        if not (own and pk in sections and own.isdisjoint(sections[pk]))
    ]


def _sections(assessment_id: int) -> dict[int, set[int]]:
    """Return the sections that assessors answer, of a part its section, by assessor; none: all."""
    found: dict[int, set[int]] = defaultdict(set)
    chosen = Assessor.sections.through.objects.filter(assessor__assessment_id=assessment_id)
    for pk, section in chosen.values_list("assessor_id", Coalesce("section__part_of_id", "section_id")):
        found[pk].add(section)
    return found
