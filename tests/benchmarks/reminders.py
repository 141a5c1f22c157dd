"""What deciding a reminder costs, per due row, beside a plain copy of the rows that it makes.

`python -m tests.support.postgres python -m tests.benchmarks.reminders` prints the table of docs/measurements.md;
without the first half it measures SQLite. It makes a database of its own and drops it.
"""

import datetime as dt
import os
import statistics
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 - models come after the settings
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from core.accounts.models import User  # noqa: E402
from notifications import registry, services  # noqa: E402
from notifications.models import Reminder, Watermark  # noqa: E402
from programs.models import Program  # noqa: E402
from tests.support.big_program import Size, make  # noqa: E402
from workstreams.choices import ActionSource, ActionState  # noqa: E402
from workstreams.models import ActionItem, Workstream  # noqa: E402

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
SIZES = (10_000, 100_000)
PEOPLE, RUNS = 40, 3

# What as many rows cost at the least: the same table and indexes, and nothing to decide.
_COLUMNS = """kind, subject_kind, subject_id, scope_id, due_on, step, recipient_id, role, shows_at, send_at, state,
  reason, decided_at"""
_KEEP = f"CREATE TEMPORARY TABLE kept_reminders AS SELECT {_COLUMNS} FROM notifications_reminder"
_COPY = (
    f"INSERT INTO notifications_reminder ({_COLUMNS}) SELECT {_COLUMNS} FROM kept_reminders WHERE true "
    "ON CONFLICT DO NOTHING"
)


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes in a transaction of its own."""
    began = time.perf_counter()
    with transaction.atomic():
        work()
    return time.perf_counter() - began


def run(sql: str) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def forget() -> None:
    """Leave no reminder and no mark, as before the first sweep."""
    for table in ("deliveryreminder", "delivery", "reminder"):
        run(f"DELETE FROM notifications_{table}")
    Watermark.objects.all().delete()


def fill(count: int) -> None:
    """Give a program so many promises, all due when a reminder of them is."""
    owner = User.objects.create_user("owner@example.org", name="Owner")
    program: Program = make(owner, size=Size(actions=0))
    people = [User.objects.create_user(f"p{one}@example.org", name=f"P {one}") for one in range(PEOPLE)]
    stream = Workstream.objects.filter(program=program).order_by("pk")[0]
    phase = program.phases.order_by("pk")[0]
    due = NOW.date() + dt.timedelta(days=3)
    ActionItem.objects.bulk_create(
        (
            ActionItem(
                program=program, workstream=stream, phase=phase, code=f"B{one}", title=f"Promise {one}",
                requester=owner, performer=people[one % PEOPLE], requested_for=due, promised_for=due,
                state=ActionState.COMMITTED, source=ActionSource.MANUAL, created_at=NOW, updated_at=NOW,
            )
            for one in range(count)
        ),
        batch_size=5_000,
    )  # fmt: skip
    before = NOW - dt.timedelta(days=30)
    services.save_rules(scope_id=program.pk, rules=registry.default_rules(), by=None, at=before)
    services.start_reminders(scope_id=program.pk, by=None, at=before)
    if connection.vendor == "postgresql":
        run("ANALYZE")


def measure(count: int) -> None:
    """Print the lines of one size, the works taking turns."""
    taken: dict[str, list[float]] = {"decided first": [], "decided again": [], "raw": []}
    for turn in range(RUNS):
        forget()
        taken["decided first"].append(seconds(lambda: services.sweep(at=NOW - dt.timedelta(hours=12))))
        taken["decided again"].append(seconds(lambda: services.sweep(at=NOW - dt.timedelta(hours=12))))
        if not turn:
            run(_KEEP)
        made = Reminder.objects.count()
        forget()
        taken["raw"].append(seconds(lambda: run(_COPY)))
    raw = statistics.median(taken["raw"])
    for what, times in taken.items():
        each = [1e6 * one / made for one in times]
        ratio = statistics.median(times) / raw
        figures = f"{statistics.median(each):.1f} | {min(each):.1f} | {max(each):.1f} | {ratio:.1f}"
        print(f"| {connection.vendor} | {made} | {what} | {figures} |")
    run("DROP TABLE kept_reminders")


def main() -> None:
    """Print the table."""
    print(
        "| database | reminders | what | µs a row, median of 3 | least | most | of raw |\n|---|---|---|---|---|---|---|"
    )
    for count in SIZES:
        made = setup_databases(verbosity=0, interactive=False)
        try:
            fill(count)
            measure(count)
        finally:
            teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main()
