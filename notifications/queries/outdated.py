"""Whether what was decided still holds: asked of the sources again, just before it is said."""

import datetime as dt
from collections.abc import Iterable

from notifications import registry
from notifications.choices import RELEASED
from notifications.models import Reminder, Scope

Key = tuple[str, str]


def among(reminders: Iterable[Reminder]) -> tuple[list[Reminder], list[Reminder]]:
    """Return the reminders whose date was moved, and those whose subject or reader no longer asks for them.

    Direct notices tell what was done: they always hold.
    """
    moved: list[Reminder] = []
    done: list[Reminder] = []
    by_role: dict[Key, list[Reminder]] = {}
    for reminder in reminders:
        if reminder.state in RELEASED:
            moved.append(reminder)
        elif reminder.due_on is not None:
            by_role.setdefault((reminder.kind, reminder.role), []).append(reminder)
    stopped = _stopped({reminder.scope_id or 0 for group in by_role.values() for reminder in group})
    for (kind, role), group in by_role.items():
        dates = _dates(kind, role, group)
        for reminder in group:
            due_on = dates.get((reminder.subject_id, reminder.recipient_id))
            if due_on is None or reminder.scope_id in stopped:
                done.append(reminder)
            elif due_on != reminder.due_on:
                moved.append(reminder)
    return moved, done


def _stopped(scope_ids: set[int]) -> set[int]:
    """Return the scopes whose reminders are switched off."""
    started = Scope.objects.filter(pk__in=scope_ids, started_at__isnull=False)
    return scope_ids - set(started.values_list("pk", flat=True)) if scope_ids else set()


def _dates(kind: str, role: str, reminders: Iterable[Reminder]) -> dict[tuple[int, int], dt.date]:
    """Return the due dates, as they are now, of the subjects that a role is still to be told of."""
    source = registry.sources().get(kind)
    if source is None or role not in source.roles:
        return {}
    rows = (
        source.roles[role]
        .rows()
        .filter(
            subject_id__in={reminder.subject_id for reminder in reminders},
            recipient_id__in={reminder.recipient_id for reminder in reminders},
        )
    )
    return {(row["subject_id"], row["recipient_id"]): row["due_on"] for row in rows}
