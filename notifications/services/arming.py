"""Keeping decided reminders true to their subjects, in the same transaction that changes these."""

import datetime as dt
from collections.abc import Collection

from notifications.choices import STANDING, ReminderState
from notifications.models import Reminder
from notifications.services.waking import wake


def rearm(*, kind: str, subject_id: int, due_on: dt.date | None, at: dt.datetime) -> None:
    """Follow a subject whose due date is now `due_on`: reminders of other dates give up their place.

    Those already sent do so too: whoever was told of a date that moved away and back is told again.
    """
    others = Reminder.objects.filter(kind=kind, subject_kind=kind, subject_id=subject_id, state__in=STANDING)
    if due_on is not None:
        others = others.exclude(due_on=due_on)
    others.update(state=ReminderState.SUPERSEDED, closed_at=at)
    wake()


def cancel(*, kind: str, subject_ids: Collection[int], at: dt.datetime) -> None:
    """Drop what is still waiting to be said of subjects that are done, cancelled or declined.

    What was said keeps its place: undoing the change does not say it again.
    """
    waiting = Reminder.objects.filter(
        subject_kind=kind, kind=kind, subject_id__in=subject_ids, state=ReminderState.PENDING
    )
    waiting.update(state=ReminderState.CANCELLED, closed_at=at)
