"""The prompt to assess again: one at a time for a program, whatever the number of its causes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import PromptCause, PromptState
from assessments.models.assessments import Assessment
from core.fields import DayField
from core.models import Stamped
from programs.models import Program
from programs.querysets import InProgramQuerySet


class Prompt(Stamped):
    """Asks a program to assess itself again by a day; answered by the assessment that is prepared from it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="assessment_prompts")
    state = models.CharField(max_length=9, choices=PromptState.choices, default=PromptState.OPEN)
    due_on = DayField()
    assessment = models.OneToOneField(
        Assessment, null=True, blank=True, on_delete=models.SET_NULL, related_name="prompt"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program"], condition=Q(state=PromptState.OPEN), name="assessment_prompt_one_open"
            ),
            models.CheckConstraint(name="assessment_prompt_state_known", condition=Q(state__in=PromptState.values)),
            models.CheckConstraint(
                name="assessment_prompt_dismissed_has_a_reason",
                condition=~Q(state=PromptState.DISMISSED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id}: {self.due_on}"


class Cause(models.Model):
    """Why a program is asked; a cause counts once for a program, so that no event prompts twice."""

    prompt = models.ForeignKey(Prompt, on_delete=models.CASCADE, related_name="causes")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=PromptCause.choices)
    # What happened, by text key and day: "gate_review:3", "outcome:7"; of the cadence "assessment:12".
    subject = models.CharField(max_length=80)
    on = DayField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "kind", "subject", "on"], name="assessment_prompt_cause_once"),
            models.CheckConstraint(name="assessment_prompt_cause_known", condition=Q(kind__in=PromptCause.values)),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"
