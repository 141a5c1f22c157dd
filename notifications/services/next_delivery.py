"""What is known of a person's next mail: what waits for its time, their pause, whether they want any."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Min

from core import clock
from core.accounts.models import User
from notifications import channels
from notifications.choices import ReminderState
from notifications.models import Reminder
from notifications.queries import preferences


@dataclass(frozen=True)
class NextDelivery:
    """When the reminder leaves that waits for a person: `leaves_at`, None while none waits, or none may leave.

    Nothing is said of mail that nobody can know of yet: what falls due later, or what somebody asks in an hour.
    """

    leaves_at: dt.datetime | None
    paused_until: dt.date | None
    is_muted: bool = False


def next_delivery(*, person: User, at: dt.datetime) -> NextDelivery:
    """Return when the next of a person's reminders leaves, and until when they paused them."""
    wish, today = preferences.of(person), clock.today(person.time_zone, at)
    paused_until = wish.paused_until if wish.paused_until is not None and today < wish.paused_until else None
    is_muted = all(channel.kind in wish.muted for channel in channels.sending())
    if is_muted or paused_until:
        return NextDelivery(leaves_at=None, paused_until=paused_until, is_muted=is_muted)
    waiting = Reminder.objects.filter(recipient=person, state=ReminderState.PENDING)
    first: dt.datetime | None = waiting.aggregate(first=Min("send_at"))["first"]
    # What should have left already leaves with the next sweep.
    return NextDelivery(leaves_at=None if first is None else max(first, at), paused_until=None)
