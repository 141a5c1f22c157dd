"""Writes to the audit trail, and of the rows it tells of; called by every service inside its own transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Model

from core.accounts.models import User
from core.audit.models import Entry
from core.models import Stamped

Changes = dict[str, list[Any]]


def write(row: Stamped, changes: Mapping[str, Any], *, at: dt.datetime) -> Changes:
    """Write the fields of a row that change, with its new version; return from what to what, for the trail."""
    told = {name: [text_of(getattr(row, name)), text_of(value)] for name, value in changes.items()}
    for name, value in {**changes, "updated_at": at, "version": row.version + 1}.items():
        setattr(row, name, value)
    row.save(update_fields=[*changes, "updated_at", "version"])
    return {name: pair for name, pair in told.items() if pair[0] != pair[1]}


def text_of(value: Any) -> Any:
    """Return a value as the trail keeps it: what JSON has as it is, anything else in words, a row by its code."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Model):
        return getattr(value, "code", "") or str(value)
    return str(value) if isinstance(value, str) else value


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
