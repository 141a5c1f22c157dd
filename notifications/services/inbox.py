"""What a reader does with their inbox."""

import datetime as dt

from django.db import transaction

from core.accounts.models import User
from notifications.exceptions import UnknownReminder
from notifications.models import Reminder
from notifications.queries import inbox


@transaction.atomic
def mark_read(*, reminder_id: int, by: User, at: dt.datetime, is_read: bool = True) -> Reminder:
    """Mark one row of a person's own inbox as read, or as unread again."""
    reminder = Reminder.objects.select_for_update().filter(pk=reminder_id, recipient=by, shows_at__lte=at).first()
    if reminder is None:
        raise UnknownReminder
    reminder.read_at = at if is_read else None
    reminder.save(update_fields=["read_at"])
    return reminder


@transaction.atomic
def mark_all_read(*, by: User, at: dt.datetime) -> int:
    """Mark everything that a person's inbox shows as read."""
    return inbox.shown(by.pk, at).filter(read_at__isnull=True).update(read_at=at)
