"""An assessment of a program, who answers which sections of it, and the points that it ended with."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import COMPLETED_STATES, AssessmentState, Purpose
from assessments.models.templates import AssessmentTemplate, Section
from assessments.querysets import AssessmentQuerySet
from core import triggers
from core.fields import DayField
from core.models import Stamped
from programs.models import Program
from programs.models.programs import validate_code


class Assessment(Stamped):
    """A program judged by its own people against a template: each answers alone, then all agree."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="assessments")
    template = models.ForeignKey(AssessmentTemplate, on_delete=models.PROTECT, related_name="assessments")
    code = models.CharField(max_length=20, validators=[validate_code])
    purpose = models.CharField(_("purpose"), max_length=17, choices=Purpose.choices)
    state = models.CharField(max_length=9, choices=AssessmentState.choices, default=AssessmentState.DRAFT)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closes_on = DayField(_("closing date"), null=True, blank=True)
    # Single answers carry names once consensus opens; told to every assessor before the first answer.
    is_named = models.BooleanField(_("with names"), default=False)
    is_in_words = models.BooleanField(_("in words only, without scores"), default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    consensus_at = models.DateTimeField(null=True, blank=True)
    completed_on = DayField(null=True, blank=True)
    # Points that the organisation wants to reach: in this assessment, and in the next.
    target = models.PositiveIntegerField(_("target, points"), null=True, blank=True)
    target_next = models.PositiveIntegerField(_("target of the next, points"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    final: ClassVar = (
        triggers.Refuse(
            name="kept",
            event="UPDATE",
            when="OLD.state <> 'draft' AND NEW.state <> 'draft' AND "
            "(OLD.template_id <> NEW.template_id OR OLD.is_named <> NEW.is_named)",
            words="template and names of an assessment stand from its opening on",
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "code"], name="assessment_code_once"),
            models.CheckConstraint(name="assessment_state_known", condition=Q(state__in=AssessmentState.values)),
            models.CheckConstraint(name="assessment_purpose_known", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(
                name="assessment_completed_is_dated",
                condition=Q(state__in=COMPLETED_STATES, completed_on__isnull=False)
                | (~Q(state__in=COMPLETED_STATES) & Q(completed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="assessment_open_has_a_day_and_a_facilitator",
                condition=~Q(state__in=[AssessmentState.OPEN, AssessmentState.CONSENSUS])
                | (Q(closes_on__isnull=False) & Q(facilitator__isnull=False)),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "-completed_on"], name="assessment_latest")]

    def __str__(self) -> str:
        return f"{self.code} {self.get_purpose_display()}"


class Assessor(Stamped):
    """Somebody who answers; without sections of their own they answer all. Who leaves stays, with what they answered.

    An assessor need not belong to the program: then this is the one thing of it that they see.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assessors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Counts as a leader in the gap between vision and reality.
    is_leader = models.BooleanField(_("a leader"), default=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    sections: Any = models.ManyToManyField(Section, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "person"], name="assessor_once")]

    def __str__(self) -> str:
        return f"{self.person}"


class SectionPoints(models.Model):
    """The points of a section, or part, that a completed assessment ended with; of a past one all that is known.

    Sections that have parts have no row of their own. `answered` and `applicable` are the points of the criteria that
    were answered, and of those that are not "not applicable".
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="section_points")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=9, decimal_places=4)
    answered = models.PositiveIntegerField()
    applicable = models.PositiveIntegerField()
    # The points whose three tests of evidence hold; null where nobody recorded the tests.
    evidenced = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "section"], name="assessment_section_points_once"),
            models.CheckConstraint(
                name="assessment_section_points_in_bounds",
                condition=Q(points__gte=0) & Q(points__lte=F("answered")) & Q(answered__lte=F("applicable")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id}: {self.points}"
