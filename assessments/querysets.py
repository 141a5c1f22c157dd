"""Filters that chain: the assessments that somebody answers."""

from typing import Self, TypeVar

from django.db import models

from assessments.choices import AssessmentState
from core.accounts.models import User
from programs.querysets import InProgramQuerySet

Row = TypeVar("Row", bound=models.Model, covariant=True)


class AssessmentQuerySet(InProgramQuerySet[Row]):
    """Assessments: seen by their program's members, and from their opening on by whoever was asked to answer."""

    def asked_of(self, person: User) -> Self:
        """Keep what a person was asked to answer and has not left; of drafts nobody was told."""
        asked = models.Q(assessors__person_id=person.pk, assessors__left_at__isnull=True)
        return self.filter(asked).exclude(state=AssessmentState.DRAFT)
