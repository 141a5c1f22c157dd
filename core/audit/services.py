"""Writes to the audit trail, called by every service inside its own transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from core.accounts.models import User
from core.audit.models import Entry


def record(
    *,
    by: User | None,
    at: dt.datetime,
    verb: str,
    subject: str,
    scope: str = "",
    label: str = "",
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> Entry:
    """Append one row to the trail; `by` is None for what the product does by itself."""
    return Entry.objects.create(
        by=by,
        at=at,
        verb=verb,
        subject=subject,
        scope=scope,
        label=label[:300],
        reason=reason,
        changes=dict(changes or {}),
    )


def record_all(entries: Iterable[Entry]) -> None:
    """Append many rows at once, which their caller made."""
    Entry.objects.bulk_create(entries, batch_size=1000)
