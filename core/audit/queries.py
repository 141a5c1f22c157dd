"""Reads of the trail: what happened to a thing, or in a scope, the newest first and bounded."""

from typing import Any

from django.db.models import F, QuerySet

from core.audit.models import Entry

MAX_ENTRIES = 500
Rows = QuerySet[Any, dict[str, Any]]


def history_of_subject(subject: str, *, limit: int = 100) -> Rows:
    """Return the entries about one thing ("milestone:417"), at most `limit`."""
    return _told(Entry.objects.filter(subject=subject), limit)


def history_of_scope(scope: str, *, limit: int = 100) -> Rows:
    """Return the entries within one scope ("program:3"), at most `limit`."""
    return _told(Entry.objects.filter(scope=scope), limit)


def _told(entries: QuerySet[Entry], limit: int) -> Rows:
    rows: QuerySet[Any, Any] = entries.order_by("-at", "-id").values(
        "id",
        "at",
        "verb",
        "scope",
        "subject",
        "label",
        "reason",
        "changes",
        by_name=F("by__name"),
        by_email=F("by__email"),
    )
    return rows[: min(limit, MAX_ENTRIES)]
