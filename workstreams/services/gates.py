"""Gate reviews: scheduled, moved to another day, held. What is decided stands in deciding.py."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core import clock
from core.accounts.models import User
from core.audit import services as audit
from notifications import services as notifications
from programs import access as program_access
from programs import services as programs
from programs.access import MemberContext
from programs.choices import Code, PhaseStatus, Rating
from programs.models import Phase
from programs.services.guards import require_current, require_words
from workstreams import access, exceptions, notices
from workstreams.choices import GATE, GATE_MOVES, PHASE_MOVES, GateDecision, GateState
from workstreams.models import GateReview
from workstreams.services import phases


@transaction.atomic
def schedule_gate(*, phase: Phase, planned_on: dt.date, by: User, at: dt.datetime) -> GateReview:
    """Schedule a review at the end of a phase; after rework or a hold it is another one.

    Raises:
        GateStillOpen: while the phase has a review that is not decided.
        PhaseIsOver: when the phase is closed or stopped.
    """
    member = program_access.membership(by, phase.program_id)
    phase = Phase.objects.select_related("program").select_for_update(of=("self",)).get(pk=phase.pk)
    access.require(member, GateReview(program=phase.program, phase=phase), "schedule")
    if phase.status in (PhaseStatus.CLOSED, PhaseStatus.STOPPED):
        raise exceptions.PhaseIsOver
    standing = GateReview.objects.filter(phase=phase).exclude(state=GateState.DECIDED)
    if code := standing.values_list("code", flat=True).first():
        raise exceptions.GateStillOpen(code=code)
    return add(phase, planned_on, by=by, at=at)


def add(phase: Phase, planned_on: dt.date, *, by: User, at: dt.datetime) -> GateReview:
    """Add a review of a phase that has none to be decided; the caller's transaction has seen to that."""
    gate = GateReview(program=phase.program, phase=phase, planned_on=planned_on, created_at=at, updated_at=at)
    gate.code = programs.next_code(program_id=phase.program_id, kind=Code.GATE)
    gate.save()
    _record(gate, "schedule", by=by, at=at, changes={"planned_on": [None, planned_on.isoformat()]})
    phases.remind_of_readings(phase, at=at)
    notifications.wake()
    return gate


@transaction.atomic
def reschedule_gate(
    *,
    gate: GateReview,
    planned_on: dt.date,
    reason: str,
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> GateReview:
    """Plan a review for another day, and say why.

    Raises:
        SameDate: when it is planned for that day already.
        ReasonMissing: without a reason.
        core.exceptions.Stale: when it is no longer at the expected version.
    """
    gate, member = locked(gate, by)
    access.require(member, gate, "reschedule")
    require_current(gate, expected_version)
    state = target(gate, "reschedule")
    reason = require_words(reason, field="reason")
    if planned_on == gate.planned_on:
        raise exceptions.SameDate(fields={"planned_on": [exceptions.SameDate.sentence]})
    return write(gate, "reschedule", by=by, at=at, reason=reason, state=state, planned_on=planned_on)


@transaction.atomic
def hold_gate(
    *,
    gate: GateReview,
    rating: str,
    by: User,
    at: dt.datetime,
    held_on: dt.date | None = None,
    findings: str = "",
) -> GateReview:
    """Say that a review was held, today by default, how it rated the phase and what it found.

    The phase goes into review. Said again before the decision, it corrects what was said; the same changes nothing.

    Raises:
        DateInTheFuture: when it would be held after today.
        HeldBeforeThePhase: when it would be held before the phase started; PhaseNotStarted: when it has not.
    """
    gate, member = locked(gate, by)
    access.require(member, gate, "hold")
    state = target(gate, "hold")
    was_held = gate.state == GateState.HELD
    today = clock.today(gate.program.time_zone, at)
    held_on = held_on or (gate.held_on if was_held else None) or today
    _check_held_on(gate.phase, held_on, today)
    said: dict[str, Any] = {
        "state": state, "held_on": held_on, "rating": Rating(rating).value, "findings": findings.strip(),
    }  # fmt: skip
    if any(getattr(gate, name) != value for name, value in said.items()):
        write(gate, "hold", by=by, at=at, **said)
    move_phase(gate, "review", by=by, at=at)
    if not was_held:
        tell(notices.GATE_HELD, gate, to=deciders(gate), by=by, at=at)
    return gate


@transaction.atomic
def reopen_gate(*, gate: GateReview, reason: str, by: User, at: dt.datetime) -> GateReview:
    """Undo that a review was held, and say why; what was found goes to the audit trail.

    Raises:
        ReasonMissing: without a reason.
    """
    gate, member = locked(gate, by)
    access.require(member, gate, "reopen")
    state = target(gate, "reopen")
    reason = require_words(reason, field="reason")
    blank = {"held_on": None, "rating": "", "findings": ""}
    return write(gate, "reopen", by=by, at=at, reason=reason, state=state, **blank)


def locked(gate: GateReview, by: User) -> tuple[GateReview, MemberContext]:
    """Return the review as it is now, locked with its phase until the transaction ends, and who the person is.

    Raises:
        core.exceptions.NotFound: when the person is nothing in the program.
    """
    member = program_access.membership(by, gate.program_id)
    rows = GateReview.objects.select_related("program", "phase", "phase__program", "decided_by")
    return rows.select_for_update(of=("self", "phase")).get(pk=gate.pk), member


def target(gate: GateReview, move: str) -> str:
    """Return the state that a move leads to; of a decided gate say what was decided."""
    if gate.state == GateState.DECIDED:
        label: Any = GateDecision(gate.decision).label
        raise exceptions.GateDecided(
            code=gate.code, decision=label, move=move, state=GateState.DECIDED.label, state_code=gate.state, legal=[]
        )
    return GATE_MOVES.target(gate.state, move)


def _check_held_on(phase: Phase, held_on: dt.date, today: dt.date) -> None:
    if held_on > today:
        raise exceptions.DateInTheFuture(fields={"held_on": [exceptions.DateInTheFuture.sentence]})
    if phase.status == PhaseStatus.PLANNED:
        raise exceptions.PhaseNotStarted
    if phase.actual_start_on is not None and held_on < phase.actual_start_on:
        start_on = phase.actual_start_on.isoformat()
        words = exceptions.HeldBeforeThePhase.sentence % {"start_on": start_on}
        raise exceptions.HeldBeforeThePhase(start_on=start_on, fields={"held_on": [words]})


def move_phase(gate: GateReview, move: str, *, by: User, at: dt.datetime) -> None:
    """Let the phase follow, where its state allows the move; it ends on the day the review was held."""
    phase = gate.phase
    if move not in PHASE_MOVES.legal(phase.status):
        return
    status = PHASE_MOVES.target(phase.status, move)
    is_over = status in (PhaseStatus.CLOSED, PhaseStatus.STOPPED) and phase.actual_start_on is not None
    ends = {"actual_end_on": gate.held_on} if is_over else {}
    phases.write(phase, move, by=by, at=at, reason=f"{gate.program.key}-{gate.code}", status=status, **ends)


def write(gate: GateReview, verb: str, *, by: User, at: dt.datetime, reason: str = "", **changes: Any) -> GateReview:
    """Write the changed fields and the audit row, and let the reminders follow."""
    _record(gate, verb, by=by, at=at, reason=reason, changes=audit.write(gate, changes, at=at))
    if gate.state == GateState.DECIDED:
        notifications.cancel(kind=GATE, subject_ids=[gate.pk], at=at)
    else:
        notifications.reschedule(kind=GATE, subject_id=gate.pk, due_on=gate.planned_on, at=at)
    if changes.keys() & {"planned_on", "held_on"}:
        phases.remind_of_readings(gate.phase, at=at)
    return gate


def _record(
    gate: GateReview, verb: str, *, by: User, at: dt.datetime, changes: dict[str, Any], reason: str = ""
) -> None:
    audit.record(
        by=by,
        at=at,
        verb=f"{verb}_gate",
        scope=f"program:{gate.program_id}",
        subject=f"{GATE}:{gate.pk}",
        label=f"{gate.program.key}-{gate.code} {gate.phase.name}",
        reason=reason,
        changes=changes,
    )


def deciders(gate: GateReview) -> list[int | None]:
    """Return who decides a gate: the sponsor and the deputy."""
    return [gate.program.sponsor_id, gate.program.deputy_sponsor_id]


def tell(kind: str, gate: GateReview, *, to: Sequence[int | None], by: User, at: dt.datetime) -> None:
    """Tell people what became of a gate; who did it is left out."""
    notifications.notify(
        kind=kind,
        recipient_ids=to,
        subject_id=gate.pk,
        scope_id=gate.program_id,
        by=by,
        at=at,
        params={"by": str(by), "note": gate.rationale},
    )
