"""The program itself, who belongs to it, its days off, and the counters its codes come from."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.accounts.models import validate_time_zone
from core.fields import DayField
from core.models import Stamped
from programs.choices import ENDED_PROGRAMS, ProgramStatus, Role
from programs.querysets import ProgramQuerySet

validate_key = RegexValidator(r"^[A-Z][A-Z0-9]{1,9}\Z", _("Write 2 to 10 capital letters and digits, a letter first."))
validate_code = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9_.]{0,19}\Z", _("Write 1 to 20 letters, digits, dots or underscores, a letter first.")
)
validate_currency = RegexValidator(r"^[A-Z]{3}\Z", _("Write the three capital letters of ISO 4217, as in GBP."))


class Program(Stamped):
    """An organisation's journey to run itself around its customers."""

    key = models.CharField(_("key"), max_length=10, unique=True, validators=[validate_key])
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=ProgramStatus.choices, default=ProgramStatus.DRAFT)
    vision = models.TextField(_("vision"), blank=True)
    case_for_change = models.TextField(_("case for change"), blank=True)
    cost_of_inaction = models.TextField(_("cost of inaction"), blank=True)
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deputy_sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    start_on = DayField(_("start"), null=True, blank=True)
    end_on = DayField(_("end"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[validate_currency])
    budget = models.DecimalField(_("budget"), max_digits=15, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(_("spent"), max_digits=15, decimal_places=2, null=True, blank=True)
    forecast_at_completion = models.DecimalField(
        _("forecast at completion"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    forecast_at_completion_on = DayField(null=True, blank=True)
    forecast_at_completion_reason = models.TextField(_("reason of the forecast"), blank=True)
    staffing_planned = models.DecimalField(
        _("planned staffing, full-time equivalents"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    staffing_actual = models.DecimalField(
        _("actual staffing, full-time equivalents"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    reassess_every_months = models.PositiveSmallIntegerField(_("months between assessments"), null=True, blank=True)
    reassess_at_gates = models.BooleanField(_("assess after each gate"), default=False)
    manager_note = models.TextField(_("manager's note"), blank=True)
    manager_note_on = DayField(null=True, blank=True)

    objects = ProgramQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="program_active_is_complete",
                condition=Q(status=ProgramStatus.DRAFT)
                | (Q(sponsor__isnull=False) & Q(manager__isnull=False) & ~Q(case_for_change="")),
            ),
            models.CheckConstraint(
                name="program_ends_after_start",
                condition=Q(start_on__isnull=True) | Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
            ),
            models.CheckConstraint(
                name="program_money_not_negative",
                condition=(Q(budget__isnull=True) | Q(budget__gte=0)) & (Q(spent__isnull=True) | Q(spent__gte=0)),
            ),
            models.CheckConstraint(
                name="program_forecast_is_dated_and_explained",
                condition=Q(
                    forecast_at_completion__isnull=True,
                    forecast_at_completion_on__isnull=True,
                    forecast_at_completion_reason="",
                )
                | (
                    Q(forecast_at_completion__gte=0, forecast_at_completion_on__isnull=False)
                    & ~Q(forecast_at_completion_reason="")
                ),
            ),
            models.CheckConstraint(
                name="program_deputy_is_another",
                condition=Q(deputy_sponsor__isnull=True) | Q(sponsor__isnull=True) | ~Q(deputy_sponsor=F("sponsor")),
            ),
            models.CheckConstraint(
                name="program_note_is_dated", condition=Q(manager_note="") | Q(manager_note_on__isnull=False)
            ),
            models.CheckConstraint(name="program_status_known", condition=Q(status__in=ProgramStatus.values)),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"

    @property
    def is_draft(self) -> bool:
        """Tell whether it is not active yet."""
        return self.status == ProgramStatus.DRAFT

    @property
    def is_over(self) -> bool:
        """Tell whether it is closed or stopped: nothing is started in it any more."""
        return self.status in ENDED_PROGRAMS

    @property
    def is_paused(self) -> bool:
        """Tell whether it is paused: nobody is reminded until it goes on."""
        return self.status == ProgramStatus.PAUSED


class Holiday(models.Model):
    """A day the program does not work, besides weekends."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="holidays")
    on = DayField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["program", "on"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.on}"


class Membership(models.Model):
    """A person's place in a program."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    title = models.CharField(_("title"), max_length=200, blank=True)
    # Its ETag: every change of the role or the title counts it up.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "person"], name="membership_once"),
            models.UniqueConstraint(fields=["program"], condition=Q(role=Role.SPONSOR), name="membership_one_sponsor"),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.role})"


class CodeCounter(models.Model):
    """The last number given to a code prefix in a program."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    prefix = models.CharField(max_length=4)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["program", "prefix"], name="code_counter_once")]

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"
