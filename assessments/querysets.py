"""Filters that chain: the assessments that somebody answers, or still leads."""

from typing import Self, TypeVar

from django.db import models

from assessments.choices import UNDER_WAY, UNFINISHED_DEBRIEFS, AssessmentState
from core.accounts.models import User
from programs.querysets import InProgramQuerySet

Row = TypeVar("Row", bound=models.Model, covariant=True)


class AssessmentQuerySet(InProgramQuerySet[Row]):
    """Assessments: seen by their program's members, and from their opening on by whoever was asked to answer."""

    def asked_of(self, person: User) -> Self:
        """Keep what a person was asked to answer and has not left; of drafts nobody was told."""
        asked = models.Q(assessors__person_id=person.pk, assessors__left_at__isnull=True)
        return self.filter(asked).exclude(state=AssessmentState.DRAFT)

    def led_by(self, person: User) -> Self:
        """Keep what a person facilitates and has not brought to its end: a debrief that was prepared belongs to it."""
        unfinished = models.Q(state__in=UNDER_WAY) | models.Q(debrief__state__in=UNFINISHED_DEBRIEFS)
        return self.filter(unfinished, facilitator_id=person.pk)
