"""Direct notices: told at once and once, never to the person whose doing it was."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.accounts.models import User
from notifications import registry
from notifications.models import Reminder
from notifications.services.wakeup import wake


def notify(
    *,
    kind: str,
    recipient_ids: Collection[int | None],
    subject_id: int,
    by: User | None,
    at: dt.datetime,
    scope_id: int | None = None,
    params: Mapping[str, Any] | None = None,
) -> list[Reminder]:
    """Tell people of something that was done, in the transaction that does it.

    The person who did it is left out, and so is None, for a part that nobody plays. `params` complete the
    notice type's sentence; they are JSON, dates as ISO texts under names that end in `_on`.
    """
    people = sorted({person for person in recipient_ids if person is not None})
    told = [Told(person, subject_id, params or {}) for person in people]
    return notify_each(kind=kind, told=told, by=by, at=at, scope_id=scope_id)


@dataclass(frozen=True)
class Told:
    """What one person is told: about which subject, with which params."""

    recipient_id: int
    subject_id: int
    params: Mapping[str, Any]


def notify_each(
    *, kind: str, told: Iterable[Told], by: User | None, at: dt.datetime, scope_id: int | None = None
) -> list[Reminder]:
    """Tell people of something that was done, each of their own part of it, in one statement."""
    subject_kind = registry.notices()[kind].subject_kind
    rows = Reminder.objects.bulk_create(
        Reminder(
            kind=kind,
            subject_kind=subject_kind,
            subject_id=each.subject_id,
            scope_id=scope_id,
            recipient_id=each.recipient_id,
            params=dict(each.params),
            shows_at=at,
            send_at=at,
            decided_at=at,
        )
        for each in told
        if by is None or each.recipient_id != by.pk
    )
    if rows:
        wake()
    return rows
