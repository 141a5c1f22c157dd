"""What every move of an action item leaves behind: the row, its history, the audit trail and its reminders."""

import datetime as dt
from typing import Any

from core import clock
from core.accounts.models import User
from core.audit import services as audit
from core.audit.models import Entry
from notifications import services as notifications
from programs import access as program_access
from programs.access import MemberContext
from workstreams.choices import ACTION, OPEN_ACTIONS
from workstreams.models import ActionEvent, ActionItem


def locked(item: ActionItem, by: User) -> tuple[ActionItem, MemberContext]:
    """Return the item as it is now, locked until the transaction ends, and what the person is in its program.

    Raises:
        core.exceptions.NotFound: when the person is nothing in the program.
    """
    member = program_access.membership(by, item.program_id)
    rows = ActionItem.objects.select_related("program", "workstream", "performer", "requester")
    return rows.select_for_update(of=("self",)).get(pk=item.pk), member


def today(item: ActionItem, at: dt.datetime) -> dt.date:
    """Return the date in the program's time zone."""
    return clock.today(item.program.time_zone, at)


def due_on(item: ActionItem) -> dt.date:
    """Return the promised day, else the day it was asked for; the stored column follows at the next read."""
    return item.promised_for or item.requested_for


def say(
    item: ActionItem, move: str, *, state: str, by: User, at: dt.datetime, said: str = "", **changes: Any
) -> ActionItem:
    """Write a move: the new state and fields, a line of the history with what was `said`, one of the audit trail."""
    state_before, due_before = item.state, due_on(item)
    changes |= {"state": str(state), "updated_at": at, "version": item.version + 1}
    for name, value in changes.items():
        setattr(item, name, value)
    ActionItem.objects.filter(pk=item.pk).update(**changes)
    ActionEvent.objects.create(
        item=item,
        at=at,
        by=by,
        move=move,
        state_before=state_before,
        state_after=item.state,
        due_before=due_before,
        due_after=due_on(item),
        note=said,
    )
    told = {"state": [state_before, item.state], "due_on": [due_before.isoformat(), due_on(item).isoformat()]}
    record(item, move, by=by, at=at, reason=said, changes={k: v for k, v in told.items() if v[0] != v[1]})
    follow(item, at=at)
    return item


def record(item: ActionItem, verb: str, *, by: User, at: dt.datetime, reason: str, changes: dict[str, Any]) -> None:
    """Append to the audit trail what happened to an item."""
    audit.record_all([entry(item, verb, by=by, at=at, reason=reason, changes=changes)])


def entry(
    item: ActionItem,
    verb: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> Entry:
    """Return a line of the trail about an item, not written yet."""
    return Entry(
        by=by,
        at=at,
        verb=f"{verb}_action",
        scope=f"program:{item.program_id}",
        subject=f"{ACTION}:{item.pk}",
        label=f"{item.program.key}-{item.code} {item.title}"[:300],
        reason=reason,
        changes=changes or {},
    )


def follow(item: ActionItem, *, at: dt.datetime) -> None:
    """Let the reminders follow an item that was made, moved or ended."""
    if item.state in OPEN_ACTIONS:
        notifications.reschedule(kind=ACTION, subject_id=item.pk, due_on=due_on(item), at=at)
    else:
        notifications.cancel(kind=ACTION, subject_ids=[item.pk], at=at)
