"""Assessments as their readers see them, and where somebody who asks for one stands to it."""

from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments import exceptions
from assessments.models import Assessment, AssessmentTemplate, Assessor, Section
from assessments.queries.templates import template_named
from core.accounts.models import User
from programs import queries
from programs.exceptions import NothingOfThatName
from programs.queries.references import PLACES, Kinds, Named


def assessments_with_progress(reader: User) -> QuerySet[Assessment, Any]:
    """Return the assessments of the reader's programs, each with how many are asked and how many of them submitted.

    Besides `asked` and `submitted`: `asks_me`, and the `role` that the reader has in its program.
    """
    mine = Assessor.objects.filter(assessment=OuterRef("pk"), person=reader, left_at=None)
    return Assessment.objects.visible_to(reader).annotate(
        asked=_count(left_at=None),
        submitted=_count(left_at=None, submitted_at__isnull=False),
        asks_me=Exists(mine),
        # The one membership that lets them see it.
        role=F("program__memberships__role"),
    )


def _count(**narrowed: Any) -> Coalesce:
    """Return how many assessors of an assessment there are."""
    places = Assessor.objects.filter(assessment=OuterRef("pk"), **narrowed).order_by()
    counted = places.values("assessment").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


# What a body names of a program: the assessment that another is prepared from; anything else is one of its people.
_KINDS: Kinds = {**PLACES, "previous": Assessment}


def find_places(reader: User, program: Named, named: dict[str, Named | None]) -> dict[str, Any]:
    """Return what the reader named in one of their programs, with the program itself; None stays None.

    Raises:
        programs.exceptions.NothingOfThatName, NotInThisProgram: as programs.queries.find_places.
    """
    return queries.find_places(reader, program, named, kinds=_KINDS)


def find_moved(reader: User, program_id: int, named: dict[str, Named | None]) -> dict[str, Any]:
    """Return what a change points to now in a program of the reader's, without a look-up where it names nothing."""
    return queries.find_moved(reader, program_id, named, kinds=_KINDS)


def template_of(named: Named) -> AssessmentTemplate:
    """Return the version of a template that is named by number or code.

    Raises:
        NoSuchTemplate: when there is none.
    """
    found = AssessmentTemplate.objects.filter(template_named(str(named))).first()
    if found is None:
        raise exceptions.NoSuchTemplate(fields={"template": [exceptions.NoSuchTemplate.sentence]})
    return found


def sections_named(assessment: Assessment, codes: list[str]) -> list[Section]:
    """Return the sections of an assessment's template that codes name, each once.

    Raises:
        programs.exceptions.NothingOfThatName: when one is not among them.
    """
    if not codes:
        return []
    found = Section.objects.filter(template_id=assessment.template_id, code__in=codes).order_by("position")
    if missing := set(codes) - {section.code for section in found}:
        raise NothingOfThatName(
            fields={"sections": [f"{code}: {NothingOfThatName.sentence}" for code in sorted(missing)]}
        )
    return list(found)
