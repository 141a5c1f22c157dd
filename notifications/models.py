"""Reminders decided, messages made of them, what is known of each attempt, and when each reader is to be reached."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.fields import DayField
from core.models import Stamped
from notifications.choices import ALL_WEEKDAYS, CLAIMABLE, RELEASED, STUCK, DeliveryState, ReminderState


class Scope(models.Model):
    """What reminders are switched on and off for (a program): its time zone, holidays and start.

    `subject` names it on the audit trail ("program:3"). `counts_from` is the day of the start or of the last
    loading: nothing whose day lies before it is decided.
    """

    id = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=60)
    label = models.CharField(max_length=300)
    time_zone = models.CharField(max_length=64, default="UTC")
    holidays = models.JSONField(default=list)
    started_at = models.DateTimeField(null=True)
    counts_from = DayField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(counts_from__isnull=False),
                name="scope_started_counts_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ReminderRule(Stamped):
    """When a scope reminds of one kind of subject: offsets in days, repeats while overdue, audience, ladder."""

    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=40)
    offsets = models.JSONField(default=list)
    overdue_every = models.PositiveSmallIntegerField(null=True)
    audience = models.JSONField(default=list)
    ladder = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scope", "kind"], name="rule_one_a_scope_and_kind"),
            models.CheckConstraint(
                condition=Q(overdue_every__isnull=True) | Q(overdue_every__gte=1),
                name="rule_overdue_every_is_a_day_or_more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.scope_id}"


class RuleStep(models.Model):
    """A rule taken apart so that one statement can join it: one role at one offset, or repeating every so many days.

    `since_on` is the day the step was written: a new rule never reminds of the past.
    """

    rule = models.ForeignKey(ReminderRule, on_delete=models.CASCADE, related_name="steps")
    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    offset = models.SmallIntegerField(null=True)
    every = models.PositiveSmallIntegerField(null=True)
    since_on = DayField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(offset__isnull=True, every__gte=1) | Q(offset__isnull=False, every__isnull=True),
                name="rule_step_is_an_offset_or_a_repeat",
            ),
            models.UniqueConstraint(
                fields=["scope", "kind", "role", "offset"],
                condition=Q(every__isnull=True),
                name="rule_step_offset_once",
            ),
            models.UniqueConstraint(
                fields=["scope", "kind", "role"], condition=Q(offset__isnull=True), name="rule_step_repeat_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role} {self.offset if self.every is None else f'every {self.every}'}"


class SendDay(models.Model):
    """For a day on which something is to be said: the working day on or before it, and the one on or after it."""

    scope = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="+")
    weekdays = models.PositiveSmallIntegerField()
    day = DayField()
    before_on = DayField()
    after_on = DayField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "weekdays", "day"], name="send_day_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.before_on} or {self.after_on}"


class Instant(models.Model):
    """When a day begins in a time zone, and when an hour of it comes: a gap moves forward, a fold takes the first."""

    zone = models.CharField(max_length=64)
    hour = models.PositiveSmallIntegerField()
    day = DayField()
    starts_at = models.DateTimeField()
    leaves_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["zone", "hour", "day"], name="instant_once")]

    def __str__(self) -> str:
        return f"{self.zone} {self.day} {self.hour}:00"


class Reminder(models.Model):
    """One thing to tell one person: that a subject falls due, or a direct notice (which has no due date or step).

    `step` is the distance in days from the due date of the day it is for; `shows_at` is when the inbox shows it,
    `send_at` when it may leave by the other channels.
    """

    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    scope_id = models.BigIntegerField(null=True)
    due_on = DayField(null=True)
    step = models.IntegerField(null=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    params = models.JSONField(null=True)
    state = models.CharField(max_length=12, choices=ReminderState, default=ReminderState.PENDING)
    reason = models.CharField(max_length=200, blank=True)
    shows_at = models.DateTimeField()
    send_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    collected_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "due_on", "step", "recipient"],
                condition=~Q(state__in=RELEASED),
                name="reminder_once_while_it_stands",
            ),
            models.CheckConstraint(condition=Q(state__in=ReminderState.values), name="reminder_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["send_at"], condition=Q(state=ReminderState.PENDING), name="reminder_waiting"),
            models.Index(fields=["recipient", "-shows_at", "-id"], name="reminder_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="reminder_unread"),
            models.Index(fields=["subject_kind", "subject_id", "recipient"], name="reminder_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind}:{self.subject_id} to {self.recipient_id}"


class Delivery(models.Model):
    """One message to one person over one channel. The row is the promise; a worker only borrows it by a lease.

    `claimable_at` is from when a worker may take it (the end of the lease while it is leased, of the doubt while it
    is handed over); null means that nothing takes it by itself.
    """

    id = models.UUIDField(primary_key=True)
    channel = models.CharField(max_length=20)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.PENDING)
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    claimable_at = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    unknowns = models.PositiveSmallIntegerField(default=0)
    is_delayed = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=(DeliveryState.LEASED, DeliveryState.HANDOFF))
                | Q(token__isnull=False, claimable_at__isnull=False),
                name="delivery_borrowed_has_a_lease",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["claimable_at"], condition=Q(state__in=CLAIMABLE), name="delivery_claimable"),
            models.Index(
                fields=["claimable_at"], condition=Q(state=DeliveryState.HANDOFF), name="delivery_handed_over"
            ),
            models.Index(fields=["-created_at"], condition=Q(state__in=STUCK), name="delivery_stuck"),
            models.Index(fields=["-created_at"], name="delivery_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.id} {self.state}"


class DeliveryReminder(models.Model):
    """That a reminder travels in a message: once a channel, whatever happens."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="links")
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="links")
    channel = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reminder", "channel"], name="delivery_reminder_once_a_channel")
        ]

    def __str__(self) -> str:
        return f"{self.reminder_id} in {self.delivery_id}"


class Attempt(models.Model):
    """One thing that happened to a message, never changed: handed over, sent, refused, lost sight of, given up."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=DeliveryState)
    detail = models.CharField(max_length=500, blank=True)
    worker = models.CharField(max_length=200, blank=True)

    final: ClassVar = (triggers.AppendOnly(),)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["delivery", "id"], name="attempt_by_delivery")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.state}"


class Heartbeat(models.Model):
    """When a part that must not stall last worked."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    worker = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


class Watermark(models.Model):
    """How far deciding has come: after an outage it says how far back to look.

    `calendar` is the fingerprint of the days that are laid out; `reach` the most days by which a day off moves
    anything in them.
    """

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    calendar = models.CharField(max_length=64, blank=True)
    reach = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


class Preference(models.Model):
    """What a person chose about being reached; null is the installation's default."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="reminder_preference"
    )
    hour = models.PositiveSmallIntegerField(_("hour"), null=True, blank=True)
    weekdays = models.PositiveSmallIntegerField(_("working days"), null=True, blank=True)
    paused_until = DayField(_("pause until"), null=True, blank=True)
    muted = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hour__isnull=True) | Q(hour__lte=23), name="preference_hour_of_a_day"),
            models.CheckConstraint(
                condition=Q(weekdays__isnull=True) | Q(weekdays__gte=1, weekdays__lte=ALL_WEEKDAYS),
                name="preference_some_working_day",
            ),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.person_id}"


class KeptMail(models.Model):
    """A mail that was kept instead of sent, because no mail server is configured."""

    at = models.DateTimeField()
    to = models.CharField(max_length=500)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="kept_mail_newest")]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
