"""What the pages that join all apps keep: readers' visits, and the figures of each day."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.fields import DayField
from programs.choices import Rating
from programs.models import Program


class Visit(models.Model):
    """When a person's present visit to a program began, and the one before it; pages tell what is new since then."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField()
    previous_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "program"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.program_id}, {self.began_at:%Y-%m-%d %H:%M}"


class Snapshot(models.Model):
    """The figures of a program at the end of a day of its own; today's are those of now."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    on = DayField()
    taken_at = models.DateTimeField()
    rating = models.CharField(max_length=5, choices=Rating.choices, blank=True)
    on_track = models.PositiveIntegerField()
    unfinished = models.PositiveIntegerField()
    behaviour = models.PositiveIntegerField()
    measures = models.PositiveIntegerField()
    variance_days = models.IntegerField(null=True)
    change_reached = models.PositiveIntegerField()
    change_due = models.PositiveIntegerField()
    project_reached = models.PositiveIntegerField()
    project_due = models.PositiveIntegerField()
    change_slip_days = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    project_slip_days = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    kept = models.PositiveIntegerField()
    promises_due = models.PositiveIntegerField()
    committed = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    risk_score = models.PositiveSmallIntegerField(null=True)
    spent = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    budget = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    staffing_actual = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    staffing_planned = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "on"], name="snapshot_once_a_day"),
            models.CheckConstraint(
                name="snapshot_parts_within_their_wholes",
                condition=Q(on_track__lte=F("unfinished"))
                & Q(behaviour__lte=F("measures"))
                & Q(change_reached__lte=F("change_due"))
                & Q(project_reached__lte=F("project_due"))
                & Q(kept__lte=F("promises_due"))
                & Q(committed__lte=F("answered")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id}, {self.on}"
