"""States and named sets of states of reminders and deliveries, and the days of the week as a mask."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderState(models.TextChoices):
    """What became of one decided reminder or notice."""

    PENDING = "pending", _("waiting for its time")
    COLLECTED = "collected", _("put into a message")
    COLLAPSED = "collapsed", _("a newer one of the same subject took its place")
    EXPIRED = "expired", _("too late to be of use")
    SUPERSEDED = "superseded", _("its date was moved")
    CANCELLED = "cancelled", _("no longer needed")


# Rows in these states leave their place free: the same reminder may be decided again.
RELEASED = (ReminderState.SUPERSEDED, ReminderState.CANCELLED)
STANDING = tuple(state for state in ReminderState if state not in RELEASED)
# What the inbox shows.
SHOWN = (ReminderState.PENDING, ReminderState.COLLECTED, ReminderState.EXPIRED)


class DeliveryState(models.TextChoices):
    """Where one message over one channel stands."""

    PENDING = "pending", _("waiting")
    LEASED = "leased", _("taken by a worker")
    HANDOFF = "handoff", _("being handed over")
    SENT = "sent", _("sent")
    RETRY = "retry", _("to be tried again")
    UNKNOWN = "unknown", _("fate unknown")
    DEAD = "dead", _("given up")
    SUPERSEDED = "superseded", _("its dates were moved")
    CANCELLED = "cancelled", _("no longer needed")
    EXPIRED = "expired", _("too late to be of use")


# Whoever finds one of these past its `claimable_at` may take it: nobody is sending it.
CLAIMABLE = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.LEASED, DeliveryState.UNKNOWN)
# Not yet at an end: what a queue's depth counts.
OPEN = (*CLAIMABLE, DeliveryState.HANDOFF)
# Somebody among the staff has to look.
STUCK = (DeliveryState.DEAD, DeliveryState.UNKNOWN)


class Weekday(models.IntegerChoices):
    """Days of the week as bits, Monday first: working days travel as one small number."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 4, _("Wednesday")
    THURSDAY = 8, _("Thursday")
    FRIDAY = 16, _("Friday")
    SATURDAY = 32, _("Saturday")
    SUNDAY = 64, _("Sunday")


ALL_WEEKDAYS = 127
