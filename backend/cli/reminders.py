"""Reminders at the command line: one round now, or what the coming days would bring."""

import argparse
import datetime as dt
import zoneinfo
from collections.abc import Iterable

from backend.cli.runner import Failure, note, write
from core import clock
from core.accounts.models import User
from notifications import registry, services
from notifications.models import Scope
from programs.models import Program

WORKER = "command line"
MOST_DAYS = 366


def remind(arguments: argparse.Namespace) -> None:
    """Decide and send what is due now, or list what would be sent to whom, when and why."""
    if not arguments.dry_run:
        done = services.run_once(at=clock.now(), worker=WORKER)
        write(f"messages made: {done.made}, sent: {done.sent}")
        return
    if not 1 <= arguments.days <= MOST_DAYS:
        raise Failure(f"--days takes 1 to {MOST_DAYS}.")
    for program in Program.objects.order_by("key"):
        if not Scope.objects.filter(pk=program.pk, started_at__isnull=False).exists():
            note(f"tracker: the reminders of {program.key} are not started; this is what starting them would send")
        _list(services.dry_run(scope_id=program.pk, days=arguments.days, at=clock.now()))


def _list(forecasts: Iterable[registry.Forecast]) -> None:
    rows = list(forecasts)
    people = User.objects.in_bulk({row.recipient_id for row in rows})
    for row in rows:
        reader = people[row.recipient_id]
        leaves = row.leaves_at.astimezone(zoneinfo.ZoneInfo(reader.time_zone))
        why = f"{row.kind}, {row.role}, {_distance(row.step)}"
        write(f"{leaves:%a %Y-%m-%d %H:%M %Z}  {reader.email}  {_title(row, reader)}  due {row.due_on}  ({why})")


def _title(row: registry.Forecast, reader: User) -> str:
    """Return how the reader will see the subject; what they may not see would not be sent."""
    shown = registry.sources()[row.kind].present([row.subject_id], reader).get(row.subject_id)
    return f"{shown.code} {shown.title}".strip() if shown else "(not sent: its reader may not see it)"


def _distance(step: int) -> str:
    days = abs(dt.timedelta(days=step)).days
    if not days:
        return "on the day"
    return f"{days} day{'s' if days > 1 else ''} {'before' if step < 0 else 'after'}"
