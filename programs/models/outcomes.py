"""What a phase is for: outcomes, the measures that show them, and the readings taken."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.fields import DayField
from core.models import Stamped
from programs.choices import Cadence, Direction, MeasureKind, OutcomeArea, OutcomeStatus
from programs.models.phases import Phase
from programs.models.programs import Program, validate_code
from programs.querysets import InProgramQuerySet


class Outcome(Stamped):
    """A result that a phase exists to bring about; it outlives its phase, and is measured after it closes."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="outcomes")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=20, validators=[validate_code])
    statement = models.CharField(_("statement"), max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    area = models.CharField(_("area"), max_length=10, choices=OutcomeArea.choices)
    is_dis_benefit = models.BooleanField(_("dis-benefit"), default=False)
    status = models.CharField(max_length=10, choices=OutcomeStatus.choices, default=OutcomeStatus.PROPOSED)
    closing_note = models.TextField(_("closing note"), blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "code"], name="outcome_code_once"),
            models.CheckConstraint(name="outcome_area_known", condition=Q(area__in=OutcomeArea.values)),
            models.CheckConstraint(name="outcome_status_known", condition=Q(status__in=OutcomeStatus.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.statement}"


class Measure(Stamped):
    """A number that shows an outcome: where it stood, where it shall stand, and how often it is read."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="measures")
    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="measures")
    code = models.CharField(max_length=20, validators=[validate_code])
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=MeasureKind.choices)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    baseline = models.DecimalField(_("baseline"), max_digits=15, decimal_places=4, null=True, blank=True)
    baseline_on = DayField(_("baseline date"), null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=15, decimal_places=4, null=True, blank=True)
    target_on = DayField(_("target date"), null=True, blank=True)
    low = models.DecimalField(_("low limit"), max_digits=15, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("high limit"), max_digits=15, decimal_places=4, null=True, blank=True)
    cadence = models.CharField(_("cadence"), max_length=9, choices=Cadence.choices, default=Cadence.MONTHLY)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    reporting_lag_days = models.PositiveSmallIntegerField(_("reporting lag, days"), default=0)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "code"], name="measure_code_once"),
            models.CheckConstraint(
                name="measure_target_beyond_baseline",
                condition=Q(baseline__isnull=True)
                | Q(target__isnull=True)
                | Q(direction=Direction.MAINTAIN)
                | (Q(direction=Direction.UP) & Q(target__gt=F("baseline")))
                | (Q(direction=Direction.DOWN) & Q(target__lt=F("baseline"))),
            ),
            models.CheckConstraint(
                name="measure_target_after_baseline",
                condition=Q(baseline_on__isnull=True) | Q(target_on__isnull=True) | Q(target_on__gt=F("baseline_on")),
            ),
            models.CheckConstraint(
                name="measure_limits_in_order",
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
            ),
            models.CheckConstraint(name="measure_kind_known", condition=Q(kind__in=MeasureKind.values)),
            models.CheckConstraint(name="measure_direction_known", condition=Q(direction__in=Direction.values)),
            models.CheckConstraint(name="measure_cadence_known", condition=Q(cadence__in=Cadence.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def lacks(self) -> list[str]:
        """What it needs before a phase may start on it, by field: owner, unit, baseline and target with their dates.

        A measure to maintain needs one of its limits in place of a target and its date.
        """
        needed = ["owner_id", "unit", "baseline", "baseline_on"]
        if self.direction != Direction.MAINTAIN:
            needed += ["target", "target_on"]
        elif self.low is None and self.high is None:
            needed += ["low"]
        return [name.removesuffix("_id") for name in needed if getattr(self, name) in (None, "")]

    @property
    def is_complete(self) -> bool:
        """Tell whether a phase may start on it."""
        return not self.lacks


class PlannedStep(models.Model):
    """A value that a measure is planned to have reached on a day between its baseline and its target."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="steps")
    on = DayField()
    value = models.DecimalField(max_digits=15, decimal_places=4)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["measure", "on"], name="planned_step_once")]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"


class Measurement(models.Model):
    """A reading, final once recorded: a correction is another reading that supersedes it."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="measurements")
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=4)
    measured_on = DayField(_("measured on"))
    recorded_on = DayField(_("recorded on"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(_("note"), blank=True)
    evidence_url = models.URLField(
        _("evidence"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    final: ClassVar = (triggers.AppendOnly(),)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="measurement_not_in_the_future", condition=Q(measured_on__lte=F("recorded_on"))
            ),
            models.CheckConstraint(
                name="measurement_evidence_of_the_web",
                condition=Q(evidence_url="")
                | Q(evidence_url__istartswith="http://")
                | Q(evidence_url__istartswith="https://"),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["measure", "-measured_on"], name="measurement_latest")]

    def __str__(self) -> str:
        return f"{self.measured_on}: {self.value}"
