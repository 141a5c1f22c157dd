"""Workstreams, their milestones, the dates said of them, and what waits for what."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.fields import DayField
from core.models import Stamped
from programs.models import Phase, Program
from programs.models.programs import validate_code
from programs.querysets import InProgramQuerySet
from workstreams.choices import Discipline, MilestoneState


class Workstream(Stamped):
    """A line of work of one discipline that runs through all phases."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="workstreams")
    code = models.CharField(max_length=20, validators=[validate_code])
    discipline = models.CharField(_("discipline"), max_length=7, choices=Discipline.choices)
    name = models.CharField(_("name"), max_length=200)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InProgramQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "code"], name="workstream_code_once"),
            models.CheckConstraint(name="workstream_discipline_known", condition=Q(discipline__in=Discipline.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Milestone(Stamped):
    """A point that a workstream reaches on a day.

    `due_on` is the owner's latest forecast, else the baseline: kept here so that what falls due is an index look-up.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="milestones")
    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="milestones")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="milestones")
    code = models.CharField(max_length=20, validators=[validate_code])
    name = models.CharField(_("name"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    goes_live = models.BooleanField(_("changes somebody's work"), default=False)
    state = models.CharField(max_length=9, choices=MilestoneState.choices, default=MilestoneState.PLANNED)
    baseline_on = DayField(_("baseline"))
    due_on = DayField(_("due"))
    actual_on = DayField(_("achieved on"), null=True, blank=True)
    # Set when the phase starts; from then on the baseline changes only together with a recorded re-baselining.
    baseline_frozen_at = models.DateTimeField(null=True, blank=True)
    rebaselining = models.OneToOneField(
        "MilestoneRebaselining", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InProgramQuerySet.as_manager()

    final: ClassVar = (
        triggers.Refuse(
            name="baseline_frozen",
            event="UPDATE",
            when=(
                "OLD.baseline_frozen_at IS NOT NULL AND NEW.baseline_on <> OLD.baseline_on "
                "AND COALESCE(NEW.rebaselining_id, 0) = COALESCE(OLD.rebaselining_id, 0)"
            ),
            words="the baseline of a milestone is frozen once its phase has started",
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "code"], name="milestone_code_once"),
            models.CheckConstraint(
                name="milestone_achieved_has_a_date",
                condition=(Q(state=MilestoneState.ACHIEVED) & Q(actual_on__isnull=False))
                | (~Q(state=MilestoneState.ACHIEVED) & Q(actual_on__isnull=True)),
            ),
            models.CheckConstraint(name="milestone_state_known", condition=Q(state__in=MilestoneState.values)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(state=MilestoneState.PLANNED), name="milestone_due"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MilestoneForecast(models.Model):
    """A date its owner said for a milestone, and why: appended, never overwritten."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="forecasts")
    forecast_on = DayField(_("forecast"))
    said_on = DayField(_("said on"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))

    final: ClassVar = (triggers.AppendOnly(),)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="forecast_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.forecast_on}"


class MilestoneRebaselining(models.Model):
    """The decision to move a frozen baseline: what it was, what it is, who decided and why."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="rebaselinings")
    old_on = DayField()
    new_on = DayField()
    decided_on = DayField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))

    final: ClassVar = (triggers.AppendOnly(),)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="rebaselining_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="rebaselining_moves_something", condition=~Q(old_on=F("new_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.old_on} -> {self.new_on}"


class Dependency(Stamped):
    """A milestone that waits for another to finish, plus a lag in working days of the program's calendar."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="dependencies")
    predecessor = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="successor_links")
    successor = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="predecessor_links")
    lag_days = models.PositiveSmallIntegerField(_("lag, working days"), default=0)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="dependency_once"),
            models.CheckConstraint(name="dependency_not_on_itself", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"
