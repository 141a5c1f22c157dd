"""What a loading leaves on record: one audit row for itself, one for each thing it changed, and lines of history."""

import datetime as dt
from collections.abc import Iterator

from backend.programfile.format.document import Document
from backend.programfile.format.reminders import key_of
from backend.programfile.format.result import Change, LoadResult
from backend.programfile.services.plan import Plan, say
from core.accounts.models import User
from core.audit import services as audit
from core.audit.models import Entry
from programs.models import Program
from workstreams.models import ActionEvent

_MOVE = "load"
_OF_PROMISES = frozenset({"state", "promised_for", "requested_for"})


def start_change(key: str) -> Change:
    """Return the change that starts the reminders."""
    return Change("program", key, "reminders_started", say(False), say(True))


def rule_change(kind: str, document: Document, existing: Document) -> Change:
    """Return a reminder rule that is new or differs, in short."""
    return Change("reminders", key_of(kind), "rule", str(existing.rules.get(kind, "")), str(document.rules[kind]))


def add_events(plan: Plan, *, by: User | None, at: dt.datetime) -> None:
    """Add a line of history to each action item that was moved by a file which brings no line of its own."""
    told = {row.values["item"] for row in plan.creates.get("event", [])}
    events = []
    for update in plan.updates.get("action", []):
        old, new = update.old.values, update.row.values
        if update.row.pk is None or _OF_PROMISES.isdisjoint(update.columns) or new["code"] in told:
            continue
        events.append(
            ActionEvent(
                item_id=update.row.pk,
                at=at,
                by=by,
                move=_MOVE,
                state_before=old["state"],
                state_after=new["state"],
                due_before=old["promised_for"] or old["requested_for"],
                due_after=new["promised_for"] or new["requested_for"],
            )
        )
    ActionEvent.objects.bulk_create(events, batch_size=1000)


def record_load(
    *, program: Program, plan: Plan, result: LoadResult, source_name: str, by: User | None, at: dt.datetime
) -> None:
    """Append the loading to the audit trail and, for a program that was there, every row that it made or changed."""
    subject = f"program:{program.pk}"
    audit.record(
        by=by,
        at=at,
        verb="load_program_file",
        scope=subject,
        subject=subject,
        label=str(program),
        reason=source_name,
        changes={"created": result.created, "changed": result.changed},
    )
    if not result.is_new:
        audit.record_all(_entries(program, plan, by, at))


def _entries(program: Program, plan: Plan, by: User | None, at: dt.datetime) -> Iterator[Entry]:
    scope = f"program:{program.pk}"
    for kind, rows in plan.creates.items():
        for row in rows:
            label = f"{program.key}-{row.name}"
            yield Entry(
                by=by, at=at, verb=f"load_{kind}", scope=scope, subject=f"{kind}:{row.pk or 0}", label=label[:300]
            )
    for kind, updates in plan.updates.items():
        for update in updates:
            changes = {
                column: [say(update.old.values[column]), say(update.row.values[column])] for column in update.columns
            }
            yield Entry(
                by=by,
                at=at,
                verb=f"load_{kind}",
                scope=scope,
                subject=f"{kind}:{update.row.pk}",
                label=f"{program.key}-{update.row.name}"[:300],
                changes=changes,
            )
