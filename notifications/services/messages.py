"""The last look before a message leaves: what in it still holds, may be seen and is wanted, and the words for it."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop

from core import clock
from core.accounts.models import User
from notifications import notices, registry
from notifications.channels.base import Item, Message
from notifications.choices import DeliveryState, ReminderState
from notifications.models import Delivery, Preference, Reminder
from notifications.notices import Subject
from notifications.queries import links, outdated, preferences
from notifications.registry import Presented
from notifications.services.attempts import finish
from notifications.services.sweeps import LATEST, TOO_LATE

MOVED = gettext_noop("its dates were moved")
DONE = gettext_noop("nothing in it is asked any more")
UNSEEN = gettext_noop("its reader may not see any of it")


def compose(delivery: Delivery, *, at: dt.datetime) -> Message | None:
    """Return the message as it is true now, or None after bringing one to its end that has nothing left to say."""
    reader = delivery.recipient
    reason = preferences.unwanted(delivery.channel, reader, Preference.objects.filter(person=reader).first(), at)
    if reason:
        return _end(delivery, DeliveryState.CANCELLED, reason, at)
    reminders = list(
        Reminder.objects.filter(links__delivery=delivery).order_by("due_on", "subject_kind", "subject_id", "id")
    )
    if not delivery.tries and all(reminder.send_at < at - LATEST for reminder in reminders):
        _close(reminders, ReminderState.EXPIRED, at)
        return _end(delivery, DeliveryState.EXPIRED, TOO_LATE, at)
    moved, done = outdated.among(reminders)
    _close(moved, ReminderState.SUPERSEDED, at)
    _close(done, ReminderState.CANCELLED, at)
    gone = {reminder.pk for reminder in (*moved, *done)}
    left = [reminder for reminder in reminders if reminder.pk not in gone]
    if not left:
        state, words = (DeliveryState.CANCELLED, DONE) if done else (DeliveryState.SUPERSEDED, MOVED)
        return _end(delivery, state, words, at)
    items = make_items(left, reader, at)
    if not items:
        return _end(delivery, DeliveryState.CANCELLED, UNSEEN, at)
    return Message(id=delivery.pk, reader=reader, items=items, is_delayed=delivery.is_delayed, at=at)


def make_items(reminders: Sequence[Reminder], reader: User, at: dt.datetime) -> list[Item]:
    """Return what reminders say, in their reader's language; of subjects that may not be seen, nothing."""
    today = clock.today(reader.time_zone, at)
    with translation.override(reader.shown_language):
        shown = notices.present(reminders, reader)
        return [
            _item(reminder, shown, reader, today) for reminder in reminders if notices.subject_of(reminder) in shown
        ]


def _item(reminder: Reminder, shown: Mapping[Subject, Presented], reader: User, today: dt.date) -> Item:
    subject = shown[notices.subject_of(reminder)]
    return Item(
        headline=notices.headline(reminder, today),
        title=subject.title,
        code=subject.code,
        line=subject.line,
        why=notices.why(reminder),
        url=links.absolute(subject.url),
        act_url=_act_url(reminder, reader),
        thread=f"{reminder.subject_kind}.{reminder.subject_id}",
    )


def _act_url(reminder: Reminder, reader: User) -> str:
    source = registry.sources().get(reminder.subject_kind)
    if source is None or not source.moves(reminder.subject_id, reader):
        return ""
    return links.act(links.OneClick(reader.pk, reminder.subject_kind, reminder.subject_id))


def _close(reminders: Collection[Reminder], state: ReminderState, at: dt.datetime) -> None:
    changed = [reminder.pk for reminder in reminders if reminder.state == ReminderState.COLLECTED]
    if changed:
        Reminder.objects.filter(pk__in=changed, state=ReminderState.COLLECTED).update(state=state, closed_at=at)


@transaction.atomic
def _end(delivery: Delivery, state: DeliveryState, reason: str, at: dt.datetime) -> None:
    finish(delivery, state, at=at, was=DeliveryState.LEASED, reason=reason)
