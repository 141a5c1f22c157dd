"""Reads of the audit trail."""

import datetime as dt
from typing import Any

from django.db.models import F

from core.audit.models import Entry


def entries_since(
    *, scope: str, after: dt.datetime | None = None, not_by: int | None = None, limit: int = 20
) -> list[dict[str, Any]]:
    """Return the newest entries of a scope after an instant, without those of one person, newest first."""
    rows = Entry.objects.filter(scope=scope)
    if after is not None:
        rows = rows.filter(at__gt=after)
    if not_by is not None:
        rows = rows.exclude(by_id=not_by)
    columns = ("pk", "at", "verb", "subject", "label", "reason", "changes")
    return list(rows.order_by("-at", "-pk").values(*columns, by_name=F("by__name"))[:limit])
