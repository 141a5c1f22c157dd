"""Phases: the model alone, since outcomes hang on it; what decides about them, and their gates, is in workstreams."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import DayField
from core.models import Stamped
from programs.choices import PhaseStatus
from programs.models.programs import Program, validate_code
from programs.querysets import InProgramQuerySet


class Phase(Stamped):
    """A stretch of the program with outcomes of its own; phases have an order and may overlap."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="phases")
    code = models.CharField(max_length=20, validators=[validate_code])
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=10, choices=PhaseStatus.choices, default=PhaseStatus.PLANNED)
    baseline_start_on = DayField(_("baseline start"), null=True, blank=True)
    baseline_end_on = DayField(_("baseline end"), null=True, blank=True)
    forecast_start_on = DayField(_("forecast start"), null=True, blank=True)
    forecast_end_on = DayField(_("forecast end"), null=True, blank=True)
    actual_start_on = DayField(_("actual start"), null=True, blank=True)
    actual_end_on = DayField(_("actual end"), null=True, blank=True)
    # Why it was started although the gate before it was closed; empty when it was not.
    override_reason = models.TextField(_("reason for the override"), blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "code"], name="phase_code_once"),
            *(
                models.CheckConstraint(
                    name=f"phase_{kind}_ends_after_start",
                    condition=Q(**{f"{kind}_start_on__isnull": True})
                    | Q(**{f"{kind}_end_on__isnull": True})
                    | Q(**{f"{kind}_end_on__gte": F(f"{kind}_start_on")}),
                )
                for kind in ("baseline", "forecast", "actual")
            ),
            models.CheckConstraint(
                name="phase_running_has_started",
                condition=~Q(status__in=[PhaseStatus.ACTIVE, PhaseStatus.IN_REVIEW, PhaseStatus.CLOSED])
                | Q(actual_start_on__isnull=False),
            ),
            models.CheckConstraint(
                name="phase_closed_has_ended", condition=~Q(status=PhaseStatus.CLOSED) | Q(actual_end_on__isnull=False)
            ),
            models.CheckConstraint(name="phase_status_known", condition=Q(status__in=PhaseStatus.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
