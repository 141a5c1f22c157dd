"""When a person's next mail leaves: what waits for its time, else what their hour and working days allow."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Min

from core import clock
from core.accounts.models import User
from notifications import channels, indicators
from notifications.choices import ReminderState
from notifications.models import Reminder
from notifications.queries import preferences


@dataclass(frozen=True)
class NextDelivery:
    """When reminders reach a person next: `leaves_at`, None while nothing is carried to them.

    `is_known` says that something waits for that instant; else it is the next one that their hours and days allow.
    """

    leaves_at: dt.datetime | None
    is_known: bool
    paused_until: dt.date | None


def next_delivery(*, person: User, at: dt.datetime) -> NextDelivery:
    """Return when a person's next reminders leave, and until when they paused them."""
    wish, today = preferences.of(person), clock.today(person.time_zone, at)
    paused_until = wish.paused_until if wish.paused_until is not None and today < wish.paused_until else None
    if all(channel.kind in wish.muted for channel in channels.sending()):
        return NextDelivery(leaves_at=None, is_known=False, paused_until=paused_until)
    waiting = Reminder.objects.filter(recipient=person, state=ReminderState.PENDING, send_at__gt=at)
    decided = None if paused_until else waiting.aggregate(first=Min("send_at"))["first"]
    leaves_at = decided or _next_allowed(wish, paused_until or today, person.time_zone, at)
    return NextDelivery(leaves_at=leaves_at, is_known=decided is not None, paused_until=paused_until)


def _next_allowed(wish: preferences.Preferences, first: dt.date, zone: str, at: dt.datetime) -> dt.datetime:
    """Return the first instant after `at`, on a day from `first` on, that a person's hour and working days allow."""
    for day in (first, first + dt.timedelta(days=1)):
        working = indicators.working_day(day, step=1, weekdays=wish.weekdays, holidays=())
        leaves_at = indicators.instant(working, wish.hour, zone)
        if leaves_at > at:
            break
    return leaves_at
