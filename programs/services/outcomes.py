"""Outcomes: adding, changing and deleting them, and the moves from proposed to realised, missed or withdrawn."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from core.accounts.models import User
from notifications import services as notifications
from programs import access, exceptions, queries
from programs.access import MEASUREMENT, Right
from programs.choices import ENDED_OUTCOMES, OUTCOME_MOVES, Code, OutcomeArea
from programs.models import Measure, Outcome, Phase, Program
from programs.services import codes
from programs.services.guards import require_current, require_member, require_words
from programs.services.trail import OUTCOME, record, write


@dataclass(frozen=True, kw_only=True)
class OutcomeDetails:
    """What a new outcome is made of."""

    phase: Phase
    statement: str
    area: str = OutcomeArea.CUSTOMER
    owner: User | None = None
    is_dis_benefit: bool = False


@transaction.atomic
def add_outcome(*, program: Program, details: OutcomeDetails, by: User, at: dt.datetime) -> Outcome:
    """Add a proposed outcome to a phase.

    Raises:
        core.exceptions.NotAllowed: to who does not manage the program.
        NotInThisProgram: when the phase or the owner is none of the program's.
    """
    access.require(access.membership(by, program.pk), Right.MANAGE)
    _check(program.pk, vars(details))
    code = codes.next_code(program_id=program.pk, kind=Code.OUTCOME)
    outcome = Outcome.objects.create(program=program, code=code, **vars(details), created_at=at, updated_at=at)
    record(outcome, f"add_{OUTCOME}", by=by, at=at)
    return outcome


@transaction.atomic
def edit_outcome(
    *, outcome: Outcome, changes: dict[str, Any], by: User, at: dt.datetime, expected_version: int | None = None
) -> Outcome:
    """Change an outcome's phase, statement, owner or area, or whether it is a dis-benefit; its state has moves.

    Raises:
        core.exceptions.Stale: when it is no longer at the expected version.
        NotInThisProgram: when the new phase or owner is none of the program's.
    """
    outcome = _locked(outcome, by)
    require_current(outcome, expected_version)
    _check(outcome.program_id, changes)
    changed = {name: value for name, value in changes.items() if getattr(outcome, name) != value}
    if not changed:
        return outcome
    write(outcome, f"edit_{OUTCOME}", by=by, at=at, **changed)
    if "phase" in changed:
        due = queries.readings_due_at_ends(Measure.objects.filter(outcome=outcome))
        notifications.reschedule_all(kind=MEASUREMENT, due=due, at=at)
    return outcome


@transaction.atomic
def delete_outcome(*, outcome: Outcome, by: User, at: dt.datetime) -> None:
    """Delete an outcome that nothing hangs on.

    Raises:
        OutcomeHasMeasures, OutcomeHasActions: when something does; it can be withdrawn.
    """
    outcome = _locked(outcome, by)
    if outcome.measures.exists():
        raise exceptions.OutcomeHasMeasures
    record(outcome, f"delete_{OUTCOME}", by=by, at=at)
    try:
        outcome.delete()
    except ProtectedError as protected:
        raise exceptions.OutcomeHasActions from protected


@transaction.atomic
def agree_outcome(*, outcome: Outcome, by: User, at: dt.datetime) -> Outcome:
    """Agree that an outcome is what its phase is for."""
    return _move(_locked(outcome, by), "agree", by=by, at=at)


@transaction.atomic
def begin_outcome(*, outcome: Outcome, by: User, at: dt.datetime) -> Outcome:
    """Say that an outcome has begun to show."""
    return _move(_locked(outcome, by), "begin", by=by, at=at)


@transaction.atomic
def realise_outcome(*, outcome: Outcome, by: User, at: dt.datetime, closing_note: str = "") -> Outcome:
    """Say that an outcome is true.

    Raises:
        ClosingNoteMissing: when it is not measured, or a measure did not reach its target, and nobody says why.
    """
    outcome = _locked(outcome, by)
    OUTCOME_MOVES.target(outcome.status, "realise")
    closing_note = closing_note.strip()
    if not closing_note and (short := queries.short_of_target(outcome)):
        words = exceptions.ClosingNoteMissing.sentence % {"short": ", ".join(short)}
        raise exceptions.ClosingNoteMissing(short=", ".join(short), fields={"closing_note": [words]})
    return _move(outcome, "realise", by=by, at=at, closing_note=closing_note)


@transaction.atomic
def miss_outcome(*, outcome: Outcome, by: User, at: dt.datetime, closing_note: str = "") -> Outcome:
    """Say that an outcome did not come true."""
    return _move(_locked(outcome, by), "miss", by=by, at=at, closing_note=closing_note.strip())


@transaction.atomic
def withdraw_outcome(*, outcome: Outcome, reason: str, by: User, at: dt.datetime) -> Outcome:
    """Give an outcome up, and say why; its measures count no more.

    Raises:
        ReasonMissing: without a reason.
    """
    outcome = _locked(outcome, by)
    OUTCOME_MOVES.target(outcome.status, "withdraw")
    return _move(outcome, "withdraw", by=by, at=at, reason=require_words(reason, field="reason"))


@transaction.atomic
def reopen_outcome(*, outcome: Outcome, reason: str, by: User, at: dt.datetime) -> Outcome:
    """Undo that an outcome ended, and say why; the closing note goes to the audit trail.

    Raises:
        ReasonMissing: without a reason.
    """
    outcome = _locked(outcome, by)
    OUTCOME_MOVES.target(outcome.status, "reopen")
    words = require_words(reason, field="reason")
    return _move(outcome, "reopen", by=by, at=at, reason=words, closing_note="")


def _locked(outcome: Outcome, by: User) -> Outcome:
    """Return the outcome as it is now, locked until the transaction ends, for who manages its program."""
    access.require(access.membership(by, outcome.program_id), Right.MANAGE)
    rows = Outcome.objects.select_related("program", "phase", "owner")
    return rows.select_for_update(of=("self",)).get(pk=outcome.pk)


def _check(program_id: int, values: dict[str, Any]) -> None:
    phase: Phase | None = values.get("phase")
    if phase is not None and phase.program_id != program_id:
        raise exceptions.NotInThisProgram(fields={"phase": [exceptions.NotInThisProgram.sentence]})
    require_member(program_id, values.get("owner"))


def _move(outcome: Outcome, move: str, *, by: User, at: dt.datetime, reason: str = "", **changes: Any) -> Outcome:
    """Make a move, and let the reminders of its readings follow."""
    status = OUTCOME_MOVES.target(outcome.status, move)
    moved = write(outcome, f"{move}_{OUTCOME}", by=by, at=at, reason=reason, status=status, **changes)
    if status in ENDED_OUTCOMES:
        measures = list(Measure.objects.filter(outcome=moved).values_list("pk", flat=True))
        notifications.cancel(kind=MEASUREMENT, subject_ids=measures, at=at)
    else:
        notifications.wake()
    return moved
