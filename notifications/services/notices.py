"""Direct notices: told at once and once, never to the person whose doing it was."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from core.accounts.models import User
from notifications import registry
from notifications.models import Reminder
from notifications.services.waking import wake


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
    notice = registry.notices()[kind]
    told = {person for person in recipient_ids if person is not None} - {by.pk if by is not None else None}
    rows = Reminder.objects.bulk_create(
        Reminder(
            kind=kind,
            subject_kind=notice.subject_kind,
            subject_id=subject_id,
            scope_id=scope_id,
            recipient_id=person,
            params=dict(params or {}),
            shows_at=at,
            send_at=at,
            decided_at=at,
        )
        for person in sorted(told)
    )
    if rows:
        wake()
    return rows
