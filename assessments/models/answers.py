"""What somebody says of a criterion, alone, and what all agree on."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import Documents, Flag
from assessments.models.assessments import Assessment, Assessor
from assessments.models.templates import Criterion
from core.models import Stamped

# What a percent may be.
STEPS = tuple(range(0, 101, 5))


def _rules(noun: str) -> list[models.CheckConstraint]:
    """Return what holds of every judgement: a percent in steps, one thing said, and a reason where none is."""
    return [
        models.CheckConstraint(
            name=f"{noun}_percent_in_steps", condition=Q(percent__isnull=True) | Q(percent__in=STEPS)
        ),
        models.CheckConstraint(name=f"{noun}_flag_known", condition=Q(flag="") | Q(flag__in=Flag.values)),
        models.CheckConstraint(
            name=f"{noun}_documents_known", condition=Q(documents="") | Q(documents__in=Documents.values)
        ),
        models.CheckConstraint(
            name=f"{noun}_says_one_thing",
            condition=Q(is_not_applicable=False, percent__isnull=True)
            | Q(is_not_applicable=False, flag="")
            | Q(is_not_applicable=True, percent__isnull=True, flag=""),
        ),
        models.CheckConstraint(
            name=f"{noun}_not_applicable_has_a_reason",
            condition=Q(is_not_applicable=False) | ~Q(not_applicable_reason=""),
        ),
    ]


def says_something(*, is_in_words: bool) -> Q:
    """Return what holds of a judgement that judges: a percent, a flag, or that it does not apply; in words, the note.

    Tests of evidence, or a note beside them, are no answer yet.
    """
    judges = Q(percent__isnull=False) | ~Q(flag="") | Q(is_not_applicable=True)
    return judges | ~Q(note="") if is_in_words else judges


class Judgement(Stamped):
    """The three tests of evidence, then the percent or the flag; or why the criterion does not apply."""

    has_owner = models.BooleanField(_("somebody is responsible"), null=True, blank=True)
    owner_name = models.CharField(_("who"), max_length=200, blank=True)
    is_consistent = models.BooleanField(_("consistent"), null=True, blank=True)
    documents = models.CharField(_("documents"), max_length=7, choices=Documents.choices, blank=True)
    # Web addresses of the documents.
    links = models.JSONField(_("links"), default=list, blank=True)
    percent = models.PositiveSmallIntegerField(_("percent"), null=True, blank=True)
    flag = models.CharField(_("flag"), max_length=7, choices=Flag.choices, blank=True)
    is_not_applicable = models.BooleanField(_("not applicable"), default=False)
    not_applicable_reason = models.TextField(_("why it does not apply"), blank=True)
    # For learning, not for the score; of an assessment in words this is the answer.
    note = models.TextField(_("note"), blank=True)

    class Meta:
        abstract = True

    def judges(self, *, is_in_words: bool) -> bool:
        """Tell of this one what `says_something` asks of rows."""
        is_judged = self.percent is not None or bool(self.flag) or self.is_not_applicable
        return is_judged or (is_in_words and bool(self.note))


class Answer(Judgement):
    """What one assessor says, alone; read by them alone, unless the assessment was opened with names."""

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessor", "criterion"], name="answer_once"),
            *_rules("answer"),
        ]

    def __str__(self) -> str:
        return f"{self.assessor_id}: {self.criterion_id}"


class Consensus(Judgement):
    """What all agree on for a criterion; the score is made of these."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="consensus")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="consensus_once"),
            *_rules("consensus"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.criterion_id}"
