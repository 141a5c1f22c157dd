"""Keeping decided reminders true to their subjects, in the same transaction that changes these."""

import datetime as dt
from collections.abc import Collection, Mapping

from notifications.choices import STANDING, ReminderState
from notifications.models import Reminder


def reschedule(*, kind: str, subject_id: int, due_on: dt.date | None, at: dt.datetime) -> None:
    """Follow a subject whose due date is now `due_on`: reminders of other dates give up their place.

    Those already sent do so too: whoever was told of a date that moved away and back is told again. The next sweep
    decides anew; a wake-up for every date that moves would only keep the workers busy.
    """
    others = Reminder.objects.filter(kind=kind, subject_kind=kind, subject_id=subject_id, state__in=STANDING)
    if due_on is not None:
        others = others.exclude(due_on=due_on)
    others.update(state=ReminderState.SUPERSEDED, closed_at=at)


def reschedule_all(*, kind: str, due: Mapping[int, dt.date | None], at: dt.datetime) -> None:
    """Follow many subjects at once, in three statements a thousand: their due dates by id, None for what is over."""
    subjects = sorted(due)
    for start in range(0, len(subjects), 1000):
        ids = subjects[start : start + 1000]
        standing = Reminder.objects.filter(kind=kind, subject_kind=kind, subject_id__in=ids, state__in=STANDING)
        found = standing.values_list("pk", "subject_id", "due_on", "state")
        moved = [pk for pk, subject, day, _state in found if due[subject] is not None and day != due[subject]]
        over = [pk for pk, subject, _day, state in found if due[subject] is None and state == ReminderState.PENDING]
        Reminder.objects.filter(pk__in=moved).update(state=ReminderState.SUPERSEDED, closed_at=at)
        Reminder.objects.filter(pk__in=over).update(state=ReminderState.CANCELLED, closed_at=at)


def cancel(
    *, kind: str, subject_ids: Collection[int], at: dt.datetime, recipient_ids: Collection[int] | None = None
) -> None:
    """Drop what is still waiting to be said of subjects that are done, cancelled or declined.

    Where recipients are named, only what waits for them: the subject goes on for the others. What was said keeps its
    place: undoing the change does not say it again.
    """
    waiting = Reminder.objects.filter(
        subject_kind=kind, kind=kind, subject_id__in=subject_ids, state=ReminderState.PENDING
    )
    if recipient_ids is not None:
        waiting = waiting.filter(recipient_id__in=recipient_ids)
    waiting.update(state=ReminderState.CANCELLED, closed_at=at)
