"""Reads of the trail: what happened to a thing, or in a scope, the newest first and bounded."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet

from core.audit.models import Entry

MAX_ENTRIES = 500
Rows = QuerySet[Any, dict[str, Any]]


def history_of_subject(subject: str, *, limit: int = 100, verbs: Collection[str] | None = None) -> Rows:
    """Return the entries about one thing ("milestone:417"), of all verbs or of some, at most `limit`."""
    entries = Entry.objects.filter(subject=subject)
    return _told(entries if verbs is None else entries.filter(verb__in=verbs), limit)


def history_of_subjects(subjects: Collection[str], *, limit: int = 100) -> Rows:
    """Return the entries about several things, at most `limit`."""
    return _told(Entry.objects.filter(subject__in=subjects), limit)


def news_of_scope(scope: str, *, after: dt.datetime | None, not_by: int, limit: int = 100) -> Rows:
    """Return the entries within one scope after an instant that are not one person's own, at most `limit`."""
    entries = Entry.objects.filter(scope=scope).exclude(by_id=not_by)
    return _told(entries if after is None else entries.filter(at__gt=after), limit)


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
