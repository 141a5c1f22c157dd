"""Scopes: what reminders are switched on and off for, with the facts that deciding needs."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from core import clock
from core.accounts.models import User
from core.audit import services as audit
from notifications.exceptions import RemindersAlreadyStarted, RemindersNotStarted, UnknownScope
from notifications.models import Scope, SendDay
from notifications.services import calendar
from notifications.services.wakeup import wake


@transaction.atomic
def set_scope(*, scope_id: int, subject: str, label: str, time_zone: str, holidays: Collection[dt.date] | None) -> None:
    """Make a scope known, or keep its label, time zone and holidays true; called with every change of these.

    None for the holidays keeps those that are known.

    `subject` names it on the audit trail, as "program:3". It leaves no audit row: its caller's change has one.
    """
    known = Scope.objects.select_for_update().filter(pk=scope_id).values_list("time_zone", "holidays").first()
    kept: list[str] = known[1] if known is not None else []
    days = kept if holidays is None else sorted({day.isoformat() for day in holidays})
    facts = {"subject": subject, "label": label[:300], "time_zone": time_zone, "holidays": days}
    Scope.objects.bulk_create(
        [Scope(pk=scope_id, **facts)], update_conflicts=True, unique_fields=["id"], update_fields=[*facts]
    )
    if known != (time_zone, days):
        # Laid out with the days as they were.
        SendDay.objects.filter(scope_id=scope_id).delete()
        calendar.forget()


@transaction.atomic
def start_reminders(*, scope_id: int, by: User | None, at: dt.datetime) -> Scope:
    """Switch a scope's reminders on: from this day on, never of days before it."""
    scope = locked(scope_id)
    if scope.started_at is not None:
        raise RemindersAlreadyStarted(move="start", state="started", legal=["stop"], legal_text="stop")
    scope.started_at = at
    scope.counts_from = clock.today(scope.time_zone, at)
    scope.save(update_fields=["started_at", "counts_from"])
    _record(scope, "reminders_started", by, at)
    wake()
    return scope


@transaction.atomic
def stop_reminders(*, scope_id: int, by: User | None, at: dt.datetime) -> Scope:
    """Switch a scope's reminders off; what is not yet on its way is found unwanted when it would be sent."""
    scope = locked(scope_id)
    if scope.started_at is None:
        raise RemindersNotStarted(move="stop", state="stopped", legal=["start"], legal_text="start")
    scope.started_at = None
    scope.save(update_fields=["started_at"])
    _record(scope, "reminders_stopped", by, at)
    return scope


@transaction.atomic
def note_loading(*, scope_id: int, at: dt.datetime) -> None:
    """Remember that much of a scope was loaded at once: nothing whose day lies before this one is ever decided."""
    scope = locked(scope_id)
    scope.counts_from = clock.today(scope.time_zone, at)
    scope.save(update_fields=["counts_from"])


def locked(scope_id: int) -> Scope:
    """Return a scope, locked for the rest of the transaction."""
    scope = Scope.objects.select_for_update().filter(pk=scope_id).first()
    if scope is None:
        raise UnknownScope
    return scope


def _record(scope: Scope, verb: str, by: User | None, at: dt.datetime) -> None:
    audit.record(by=by, at=at, verb=verb, subject=scope.subject, scope=scope.subject, label=scope.label)
