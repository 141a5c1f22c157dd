"""Assessment templates: sections, parts and criteria with their points. A version never changes."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import AnswerKind
from assessments.format import SLUG
from core import triggers
from core.models import Stamped

validate_slug = RegexValidator(rf"^{SLUG}\Z", _("Write small letters, digits and hyphens."))

_NEVER_CHANGES = triggers.Refuse(name="no_update", event="UPDATE", words="a version of a template never changes")


class AssessmentTemplate(Stamped):
    """A version of a questionnaire: its sections hold the points, its criteria the statements to judge."""

    slug = models.CharField(_("short name"), max_length=60, validators=[validate_slug])
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("about"), blank=True)
    total_points = models.PositiveIntegerField(_("points"))
    # [{"code": "owner", "question": ...}], asked of every answer; and [[0, 5], ...], the bands that they propose.
    evidence_tests = models.JSONField(default=list)
    range_bands = models.JSONField(default=list)
    is_built_in = models.BooleanField(default=False)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    final: ClassVar = (_NEVER_CHANGES,)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slug", "number"], name="assessment_template_version_once"),
            models.CheckConstraint(
                name="assessment_template_is_numbered", condition=Q(number__gte=1) & ~Q(slug="") & ~Q(title="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Section(models.Model):
    """A section of a template, or a part of one: `part_of` names the section that it is a part of."""

    template = models.ForeignKey(AssessmentTemplate, on_delete=models.CASCADE, related_name="sections")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    # What it belongs to, as in "implementation" or "warning_signs"; parts have that of their section.
    group = models.CharField(max_length=40, blank=True)
    points = models.PositiveIntegerField()

    final: ClassVar = (_NEVER_CHANGES,)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "code"], name="assessment_section_code_once"),
            models.UniqueConstraint(fields=["template", "position"], name="assessment_section_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Criterion(models.Model):
    """A statement to judge, worth points; `section` is the part where its section has parts."""

    template = models.ForeignKey(AssessmentTemplate, on_delete=models.CASCADE, related_name="criteria")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    answer = models.CharField(max_length=6, choices=AnswerKind.choices)
    points = models.PositiveIntegerField()
    statement = models.TextField()
    rationale = models.TextField(blank=True)

    final: ClassVar = (_NEVER_CHANGES,)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "code"], name="assessment_criterion_code_once"),
            models.UniqueConstraint(fields=["template", "position"], name="assessment_criterion_position_once"),
            models.CheckConstraint(name="assessment_criterion_answer_known", condition=Q(answer__in=AnswerKind.values)),
            models.CheckConstraint(
                name="assessment_flag_has_no_points", condition=~Q(answer=AnswerKind.FLAG) | Q(points=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.statement}"
