"""Programs: making and changing them, and the moves from draft to closed or stopped."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core import clock, exceptions
from core.accounts.models import User
from core.audit import services as audit
from notifications import services as notifications
from programs import access, queries
from programs import exceptions as refusals
from programs.access import PROGRAM_RIGHTS, Right
from programs.choices import PROGRAM_MOVES, ProgramStatus, Role
from programs.models import Holiday, Membership, Program
from programs.services.guards import require_current, require_words

# What may be edited; the key stays, the state has moves, people have a page of their own.
EDITABLE = frozenset(
    {"name", "organisation", "vision", "case_for_change", "cost_of_inaction", "start_on", "end_on", "time_zone"}
    | {"currency", "budget", "spent", "staffing_planned", "staffing_actual", "manager_note", "holidays"}
    | {"forecast_at_completion", "forecast_at_completion_reason", "reassess_every_months", "reassess_at_gates"}
)
_TOLD_TO_THE_ENGINE = frozenset({"name", "time_zone"})


@dataclass(frozen=True, kw_only=True)
class ProgramDetails:
    """What a new program is made of."""

    key: str
    name: str
    organisation: str = ""
    vision: str = ""
    case_for_change: str = ""
    time_zone: str = "UTC"
    currency: str = ""
    start_on: dt.date | None = None
    end_on: dt.date | None = None


@transaction.atomic
def create_program(*, details: ProgramDetails, by: User, at: dt.datetime) -> Program:
    """Make a draft program whose manager is who made it.

    Raises:
        core.exceptions.NotAllowed: to who may not create programs.
        ProgramKeyTaken: when another program has the key.
        EndsBeforeItStarts: when it would.
    """
    access.require_create(by)
    if details.start_on and details.end_on and details.end_on < details.start_on:
        raise refusals.EndsBeforeItStarts(fields={"end_on": [refusals.EndsBeforeItStarts.sentence]})
    if Program.objects.filter(key=details.key).exists():
        taken = refusals.ProgramKeyTaken(key=details.key)
        raise refusals.ProgramKeyTaken(key=details.key, fields={"key": [taken.message]})
    program = Program.objects.create(**vars(details), manager=by, created_at=at, updated_at=at)
    Membership.objects.create(program=program, person=by, role=Role.MANAGER)
    record(program, "create_program", by=by, at=at)
    return program


def tell_engine(program: Program, *, holidays: Collection[dt.date] | None) -> None:
    """Keep what the reminder engine knows of a program true: its name, time zone and days off; None keeps these."""
    notifications.set_scope(
        scope_id=program.pk,
        subject=f"program:{program.pk}",
        label=str(program),
        time_zone=program.time_zone,
        holidays=holidays,
    )


@transaction.atomic
def edit_program(
    *, program: Program, changes: dict[str, Any], by: User, at: dt.datetime, expected_version: int | None = None
) -> Program:
    """Change what a program is; `holidays` are all its days off.

    A new manager's note and a new forecast at completion are dated today; a forecast taken away goes with its reason.

    Raises:
        core.exceptions.NotAllowed: to who is no manager; Stale: when it is no longer at the expected version.
        CaseForChangeNeeded: when an active program would lose it.
        EndsBeforeItStarts: when it would.
        ForecastNeedsReason: when its forecast at completion would say no reason, or a reason no number.
    """
    program = locked(program, by, Right.MANAGE)
    require_current(program, expected_version)
    if unknown := changes.keys() - EDITABLE:
        raise exceptions.InvalidInput(fields={name: [exceptions.InvalidInput.sentence] for name in unknown})
    told = _set_holidays(program, changes)
    changed = {name: value for name, value in changes.items() if name != "holidays"}
    changed = {name: value for name, value in changed.items() if getattr(program, name) != value}
    _check_edit(program, changed)
    today = clock.today(program.time_zone, at)
    if "manager_note" in changed:
        changed["manager_note_on"] = today if changed["manager_note"].strip() else None
    changed |= _forecast(program, changed, today)
    if changed or told:
        write(program, "edit_program", by=by, at=at, told=told, **changed)
    if told or changed.keys() & _TOLD_TO_THE_ENGINE:
        tell_engine(program, holidays=changes.get("holidays"))
    return program


def _check_edit(program: Program, changed: dict[str, Any]) -> None:
    is_stripped = not changed.get("case_for_change", "-").strip()
    if is_stripped and program.status != ProgramStatus.DRAFT:
        needed = refusals.CaseForChangeNeeded
        raise needed(fields={"case_for_change": [needed.sentence]})
    first, last = (changed.get(name, getattr(program, name)) for name in ("start_on", "end_on"))
    if first and last and last < first:
        raise refusals.EndsBeforeItStarts(fields={"end_on": [refusals.EndsBeforeItStarts.sentence]})


def _forecast(program: Program, changed: dict[str, Any], today: dt.date) -> dict[str, Any]:
    """Return what else changes where the forecast at completion does: its day, or its reason with it."""
    names = ("forecast_at_completion", "forecast_at_completion_reason")
    if not changed.keys() & set(names):
        return {}
    amount, reason = (changed.get(name, getattr(program, name)) for name in names)
    is_taken_away = amount is None and "forecast_at_completion" in changed
    if is_taken_away and "forecast_at_completion_reason" not in changed:
        reason = ""
    if (amount is None) != (not reason.strip()):
        wrong = refusals.ForecastNeedsReason
        raise wrong(fields={names[0] if amount is None else names[1]: [wrong.sentence]})
    return {"forecast_at_completion_reason": reason, "forecast_at_completion_on": None if amount is None else today}


def _set_holidays(program: Program, changes: dict[str, Any]) -> dict[str, Any]:
    """Make these all the days off, where they are given; return what the trail says of it."""
    if "holidays" not in changes:
        return {}
    before, after = set(program.holidays.values_list("on", flat=True)), set(changes["holidays"])
    if before == after:
        return {}
    Holiday.objects.filter(program=program, on__in=before - after).delete()
    Holiday.objects.bulk_create(Holiday(program=program, on=day) for day in sorted(after - before))
    return {"holidays": [[day.isoformat() for day in sorted(days)] for days in (before, after)]}


@transaction.atomic
def activate_program(*, program: Program, by: User, at: dt.datetime) -> Program:
    """Make a draft active.

    Raises:
        core.exceptions.NotAllowed: to who is no manager.
        ProgramNotReady: naming everything that is missing.
    """
    program = locked(program, by, PROGRAM_RIGHTS["activate"])
    PROGRAM_MOVES.target(program.status, "activate")
    if gaps := [str(gap.label) for gap in queries.activation_gaps(program)]:
        raise refusals.ProgramNotReady(gaps=gaps, gaps_text="; ".join(gaps))
    return _move(program, "activate", by=by, at=at)


@transaction.atomic
def deactivate_program(*, program: Program, reason: str, by: User, at: dt.datetime) -> Program:
    """Undo that a program became active, as long as none of its phases has started, and say why.

    Raises:
        PhasesAreRunning: naming the phases that have.
    """
    program = locked(program, by, PROGRAM_RIGHTS["deactivate"])
    started = program.phases.filter(actual_start_on__isnull=False).order_by("position").values_list("code", flat=True)
    PROGRAM_MOVES.target(program.status, "deactivate")
    if started:
        raise refusals.PhasesAreRunning(phases=", ".join(started))
    return _move(program, "deactivate", by=by, at=at, reason=require_words(reason, field="reason"))


@transaction.atomic
def pause_program(*, program: Program, by: User, at: dt.datetime, reason: str = "") -> Program:
    """Pause a program: nobody is reminded of anything until it is resumed."""
    return _move(locked(program, by, PROGRAM_RIGHTS["pause"]), "pause", by=by, at=at, reason=reason.strip())


@transaction.atomic
def resume_program(*, program: Program, by: User, at: dt.datetime) -> Program:
    """Go on with a paused program."""
    return _move(locked(program, by, PROGRAM_RIGHTS["resume"]), "resume", by=by, at=at)


@transaction.atomic
def close_program(*, program: Program, by: User, at: dt.datetime, reason: str = "") -> Program:
    """Close a program whose work is done; its outcomes go on being measured."""
    return _move(locked(program, by, PROGRAM_RIGHTS["close"]), "close", by=by, at=at, reason=reason.strip())


@transaction.atomic
def stop_program(*, program: Program, reason: str, by: User, at: dt.datetime) -> Program:
    """Stop a program before its work is done, and say why."""
    program = locked(program, by, PROGRAM_RIGHTS["stop"])
    PROGRAM_MOVES.target(program.status, "stop")
    return _move(program, "stop", by=by, at=at, reason=require_words(reason, field="reason"))


@transaction.atomic
def reopen_program(*, program: Program, reason: str, by: User, at: dt.datetime) -> Program:
    """Undo that a program was closed or stopped, and say why."""
    program = locked(program, by, PROGRAM_RIGHTS["reopen"])
    PROGRAM_MOVES.target(program.status, "reopen")
    return _move(program, "reopen", by=by, at=at, reason=require_words(reason, field="reason"))


@transaction.atomic
def start_reminders(*, program: Program, by: User, at: dt.datetime) -> None:
    """Switch a program's reminders on; its manager has seen what would be sent."""
    access.require(access.membership(by, program.pk), Right.MANAGE)
    notifications.start_reminders(scope_id=program.pk, by=by, at=at)


@transaction.atomic
def stop_reminders(*, program: Program, by: User, at: dt.datetime) -> None:
    """Switch a program's reminders off."""
    access.require(access.membership(by, program.pk), Right.MANAGE)
    notifications.stop_reminders(scope_id=program.pk, by=by, at=at)


def locked(program: Program, by: User, right: Right) -> Program:
    """Return the program as it is now, locked until the transaction ends, for who has a right in it."""
    access.require(access.membership(by, program.pk), right)
    return Program.objects.select_for_update().get(pk=program.pk)


def _move(program: Program, move: str, *, by: User, at: dt.datetime, reason: str = "") -> Program:
    status = PROGRAM_MOVES.target(program.status, move)
    write(program, f"{move}_program", by=by, at=at, reason=reason, status=status)
    notifications.wake()
    return program


def write(
    program: Program,
    verb: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    told: dict[str, Any] | None = None,
    **changes: Any,
) -> None:
    """Write the fields that change, and the audit row that says from what to what; `told` is what else changed."""
    record(program, verb, by=by, at=at, reason=reason, changes=audit.write(program, changes, at=at) | (told or {}))


def record(
    program: Program, verb: str, *, by: User, at: dt.datetime, reason: str = "", changes: dict[str, Any] | None = None
) -> None:
    """Append to the trail what happened to a program."""
    subject = f"program:{program.pk}"
    audit.record(
        by=by, at=at, verb=verb, scope=subject, subject=subject, label=str(program), reason=reason, changes=changes
    )
