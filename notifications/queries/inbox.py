"""What a person was told: pages of the inbox, what is unread, and whether somebody was told of something."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Q, QuerySet, Value

from core.accounts.models import User
from notifications.choices import RELEASED, SHOWN
from notifications.models import Reminder

PAGE = 30
MOST_COUNTED = 100
COLUMNS = (
    "id", "kind", "subject_kind", "subject_id", "due_on", "step", "role", "params", "state", "shows_at", "read_at",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A bounded piece of an inbox, newest first; `before` asks for the next piece, "" at the end."""

    reminders: Sequence[Reminder]
    before: str


def is_place(before: str) -> bool:
    """Say whether a text is a place in an inbox, as `Page.before` names it; "" is its beginning."""
    instant, _, pk = before.rpartition("_")
    try:
        return not before or (dt.datetime.fromisoformat(instant).tzinfo is not None and int(pk) > 0)
    except ValueError:
        return False


def shown(person_id: int, at: dt.datetime) -> QuerySet[Reminder]:
    """Return what the inbox shows: what stands, and what was already said of what does not."""
    said = Q(state__in=SHOWN) | Q(state__in=RELEASED, collected_at__isnull=False)
    return Reminder.objects.filter(said, recipient_id=person_id, shows_at__lte=at)


def rows(person_id: int, at: dt.datetime) -> QuerySet[Any, dict[str, Any]]:
    """Return what the inbox shows, as the columns that its lines are made of."""
    return cast("QuerySet[Any, dict[str, Any]]", shown(person_id, at).values(*COLUMNS, version=Value(1)))


def page(person_id: int, at: dt.datetime, before: str = "") -> Page:
    """Return a piece of a person's inbox, from the newest or from where the last piece ended."""
    rows = shown(person_id, at)
    instant, _, pk = before.rpartition("_")
    if instant:
        ended = dt.datetime.fromisoformat(instant)
        rows = rows.filter(Q(shows_at__lt=ended) | Q(shows_at=ended, pk__lt=int(pk)))
    found = list(rows.order_by("-shows_at", "-id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], f"{last.shows_at.isoformat()}_{last.pk}" if last is not None else "")


def unread(person_id: int, at: dt.datetime) -> int:
    """Return how many rows of a person's inbox are unread, counted no further than MOST_COUNTED."""
    rows = Reminder.objects.filter(recipient_id=person_id, read_at__isnull=True, state__in=SHOWN, shows_at__lte=at)
    return rows.order_by()[:MOST_COUNTED].count()


def was_reminded(person_id: int, kind: str, subject_id: int) -> bool:
    """Say whether a person was ever reminded of a subject that falls due: who was, may act on it.

    A notice tells what somebody did; it asks nothing of its reader and grants nothing.
    """
    told = Reminder.objects.filter(subject_kind=kind, subject_id=subject_id, recipient_id=person_id)
    return told.filter(due_on__isnull=False).exists()


def reminded_subjects(person: User, kind: str) -> QuerySet[Reminder, int]:
    """Return the ids of the subjects of a kind that a person was told of, to be used inside another query."""
    told = Reminder.objects.filter(subject_kind=kind, recipient_id=person.pk)
    return told.order_by().values_list("subject_id", flat=True)
