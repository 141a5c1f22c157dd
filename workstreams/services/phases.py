"""Phases: added, changed, ordered and deleted, and every move; a start freezes the baselines of its milestones."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext as _

from core import clock
from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit import queries as audit_queries
from core.audit import services as audit
from notifications import services as notifications
from programs import access
from programs import queries as programs
from programs.access import MEASUREMENT, Right
from programs.choices import Code, PhaseStatus, ProgramStatus
from programs.models import Measure, Phase, Program
from programs.services import codes
from programs.services.guards import require_current, require_going_on, require_member, require_words
from workstreams import exceptions as refusals
from workstreams import queries
from workstreams.choices import PHASE_MOVES
from workstreams.models import GateReview, Milestone
from workstreams.services import open_milestones as open_milestones_of

BASELINE = frozenset({"baseline_start_on", "baseline_end_on"})
FORECAST = frozenset({"forecast_start_on", "forecast_end_on"})
ACTUAL = frozenset({"actual_start_on", "actual_end_on"})
ENDS = frozenset({"baseline_end_on", "forecast_end_on", "actual_end_on"})
EDITABLE = frozenset({"name", "owner"}) | BASELINE | FORECAST | ACTUAL


@dataclass(frozen=True, kw_only=True)
class PhaseDetails:
    """What a new phase is made of."""

    name: str
    owner: User | None = None
    baseline_start_on: dt.date | None = None
    baseline_end_on: dt.date | None = None


@transaction.atomic
def add_phase(*, program: Program, details: PhaseDetails, by: User, at: dt.datetime) -> Phase:
    """Add a planned phase behind the others; phases may overlap.

    Raises:
        core.exceptions.NotAllowed: to who does not manage the program.
        NotInThisProgram: when the owner does not belong to the program.
        EndsBeforeItStarts: when it would.
    """
    access.require(access.membership(by, program.pk), Right.MANAGE)
    require_member(program.pk, details.owner)
    check_dates(vars(details))
    code = codes.next_code(program_id=program.pk, kind=Code.PHASE)
    position = (program.phases.aggregate(last=Max("position"))["last"] or 0) + 1
    phase = Phase.objects.create(
        program=program, code=code, position=position, **vars(details), created_at=at, updated_at=at
    )
    record(phase, "add", by=by, at=at)
    return phase


@transaction.atomic
def edit_phase(
    *,
    phase: Phase,
    changes: dict[str, Any],
    by: User,
    at: dt.datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> Phase:
    """Change a phase. Its baseline stands from its start on; from then on every other date moves with a reason.

    Raises:
        core.exceptions.Stale: when it is no longer at the expected version.
        PhaseBaselineFrozen: when the baseline would move after the start.
        ReasonMissing: when a date of a started phase moves without a reason.
        NotStartedYet: when an actual date would be given that there is none of; DateInTheFuture: when it is to come.
        NotInThisProgram, EndsBeforeItStarts: as for a new phase.
    """
    phase = locked(phase, by)
    require_current(phase, expected_version)
    if unknown := changes.keys() - EDITABLE:
        raise core_exceptions.InvalidInput(fields={name: [core_exceptions.InvalidInput.sentence] for name in unknown})
    changed = {name: value for name, value in changes.items() if getattr(phase, name) != value}
    if not changed:
        return phase
    require_member(phase.program_id, changed.get("owner"))
    check_dates({name: changed.get(name, getattr(phase, name)) for name in BASELINE | FORECAST | ACTUAL})
    _check_frozen(phase, changed)
    _check_actual(phase, changed, clock.today(phase.program.time_zone, at))
    if phase.actual_start_on is not None and changed.keys() & (FORECAST | ACTUAL):
        reason = require_words(reason, field="reason")
    return write(phase, "edit", by=by, at=at, reason=reason.strip(), **changed)


def check_dates(values: dict[str, Any]) -> None:
    """Let dates pass that are in order.

    Raises:
        EndsBeforeItStarts: naming the last of a pair that is not.
    """
    for kind in ("baseline", "forecast", "actual"):
        first, last = values.get(f"{kind}_start_on"), values.get(f"{kind}_end_on")
        if first and last and last < first:
            raise refusals.EndsBeforeItStarts(fields={f"{kind}_end_on": [refusals.EndsBeforeItStarts.sentence]})


def _check_frozen(phase: Phase, changed: dict[str, Any]) -> None:
    moved = changed.keys() & BASELINE
    if moved and phase.actual_start_on is not None:
        words = refusals.PhaseBaselineFrozen.sentence
        raise refusals.PhaseBaselineFrozen(fields={name: [words] for name in sorted(moved)})


def _check_actual(phase: Phase, changed: dict[str, Any], today: dt.date) -> None:
    for name in sorted(changed.keys() & ACTUAL):
        if getattr(phase, name) is None or changed[name] is None:
            raise refusals.NotStartedYet(fields={name: [refusals.NotStartedYet.sentence]})
        require_past(changed[name], today, field=name)


def require_past(day: dt.date, today: dt.date, *, field: str) -> None:
    """Let a day pass that has come.

    Raises:
        DateInTheFuture: when it has not.
    """
    if day > today:
        raise refusals.DateInTheFuture(fields={field: [refusals.DateInTheFuture.sentence]})


@transaction.atomic
def order_phases(*, program: Program, phases: Sequence[Phase], by: User, at: dt.datetime) -> list[Phase]:
    """Put the phases of a program into a whole new order; each obeys the gate of the one before it from now on.

    Raises:
        OrderIncomplete: when one is missing, named twice or of another program.
    """
    access.require(access.membership(by, program.pk), Right.MANAGE)
    known = {phase.pk: phase for phase in Phase.objects.select_for_update().filter(program=program)}
    wanted = [phase.pk for phase in phases]
    if sorted(wanted) != sorted(known):
        raise refusals.OrderIncomplete(fields={"phases": [refusals.OrderIncomplete.sentence]})
    before = [phase.code for phase in sorted(known.values(), key=lambda each: (each.position, each.pk))]
    ordered = [known[pk] for pk in wanted]
    moved = [phase for position, phase in enumerate(ordered, start=1) if phase.position != position]
    for position, phase in enumerate(ordered, start=1):
        phase.position = position
    for phase in moved:
        phase.version, phase.updated_at = phase.version + 1, at
    Phase.objects.bulk_update(moved, ["position", "version", "updated_at"])
    if (after := [phase.code for phase in ordered]) != before:
        subject = f"program:{program.pk}"
        audit.record(
            by=by, at=at, verb="order_phases", scope=subject, subject=subject, label=str(program),
            changes={"phases": [before, after]},
        )  # fmt: skip
    return ordered


@transaction.atomic
def start_phase(*, phase: Phase, by: User, at: dt.datetime, started_on: dt.date | None = None) -> Phase:
    """Start a phase, today by default: from now on the baselines of its milestones stand.

    Raises:
        core.exceptions.NotAllowed: to who does not manage the program.
        PhaseHasNoMeasuredOutcome: naming what its outcomes lack.
        GateBeforeIsClosed: when the gate of the phase before it in order has not let it.
        ProgramIsOver: in a program that is closed or stopped; DateInTheFuture: when it would start after today.
    """
    phase, found = _about_to_start(phase, by)
    if not found.is_open:
        raise refusals.GateBeforeIsClosed(phase=phase, why=found.why_closed)
    return _start(phase, "start", by=by, at=at, started_on=started_on, reason="")


@transaction.atomic
def override_gate(*, phase: Phase, reason: str, by: User, at: dt.datetime, started_on: dt.date | None = None) -> Phase:
    """Start a phase although the gate before it is closed; the reason stays on record with the phase.

    Raises:
        ReasonMissing: without a reason.
        NothingToOverride: when the gate lets it start anyway.
        PhaseHasNoMeasuredOutcome: which no reason makes up for.
    """
    phase, found = _about_to_start(phase, by)
    reason = require_words(reason, field="reason")
    if found.is_open:
        raise refusals.NothingToOverride(phase=phase)
    return _start(phase, "override", by=by, at=at, started_on=started_on, reason=reason)


def _about_to_start(phase: Phase, by: User) -> tuple[Phase, queries.StartBlockers]:
    phase = locked(phase, by)
    PHASE_MOVES.target(phase.status, "start")
    require_going_on(phase.program)
    found = queries.start_blockers(phase)
    if not found.is_measured:
        raise refusals.PhaseHasNoMeasuredOutcome(phase=phase, gaps=found.gaps, gaps_text=" ".join(found.gaps))
    return phase, found


def _start(phase: Phase, verb: str, *, by: User, at: dt.datetime, started_on: dt.date | None, reason: str) -> Phase:
    today = clock.today(phase.program.time_zone, at)
    started_on = started_on or today
    require_past(started_on, today, field="started_on")
    changes = {"actual_start_on": started_on, "override_reason": reason}
    write(phase, verb, by=by, at=at, reason=reason, status=PHASE_MOVES.target(phase.status, "start"), **changes)
    open_baselines = Milestone.objects.filter(phase=phase, baseline_frozen_at=None)
    open_baselines.update(baseline_frozen_at=at, updated_at=at, version=F("version") + 1)
    return phase


@transaction.atomic
def undo_start(*, phase: Phase, reason: str, by: User, at: dt.datetime) -> Phase:
    """Undo that a phase was started, and say why; baselines that no decision has moved since can be edited again.

    Raises:
        ReasonMissing: without a reason.
    """
    phase = locked(phase, by)
    status = PHASE_MOVES.target(phase.status, "undo_start")
    reason = require_words(reason, field="reason")
    write(phase, "undo_start", by=by, at=at, reason=reason, status=status, actual_start_on=None, override_reason="")
    frozen = Milestone.objects.filter(phase=phase, baseline_frozen_at__isnull=False, rebaselining=None)
    # What came frozen out of another phase was not frozen by this start.
    starts = audit_queries.history_of_subject(f"phase:{phase.pk}", limit=1, verbs=("start_phase", "override_phase"))
    for entry in starts:
        frozen = frozen.filter(baseline_frozen_at__gte=entry["at"])
    frozen.update(baseline_frozen_at=None, updated_at=at, version=F("version") + 1)
    return phase


@transaction.atomic
def review_phase(*, phase: Phase, by: User, at: dt.datetime) -> Phase:
    """Send a phase to its review."""
    return _move(locked(phase, by), "review", by=by, at=at)


@transaction.atomic
def rework_phase(*, phase: Phase, reason: str, by: User, at: dt.datetime) -> Phase:
    """Take a phase back from its review into work, and say why."""
    phase = locked(phase, by)
    PHASE_MOVES.target(phase.status, "rework")
    return _move(phase, "rework", by=by, at=at, reason=require_words(reason, field="reason"))


@transaction.atomic
def close_phase(
    *, phase: Phase, by: User, at: dt.datetime, ended_on: dt.date | None = None, open_milestones: str = ""
) -> Phase:
    """Close a phase, today by default; its outcomes go on being measured.

    Args:
        open_milestones: where milestones that are still open go: the code of another phase, or `cancel`.

    Raises:
        DateInTheFuture: when it would end after today; EndsBeforeItStarts: when before its start.
        OpenMilestonesNeedAPlace, NoSuchPlace: when milestones of it are open and have no other place.
    """
    phase = locked(phase, by)
    PHASE_MOVES.target(phase.status, "close")
    ended = _end(phase, ended_on, at)
    place = open_milestones_of.require_place(phase, open_milestones)
    open_milestones_of.place_all(phase, place, reason=_("Its phase was closed."), by=by, at=at)
    return _move(phase, "close", by=by, at=at, actual_end_on=ended)


@transaction.atomic
def stop_phase(*, phase: Phase, reason: str, by: User, at: dt.datetime, ended_on: dt.date | None = None) -> Phase:
    """Stop a phase before its work is done, and say why.

    Raises:
        ReasonMissing: without a reason.
    """
    phase = locked(phase, by)
    PHASE_MOVES.target(phase.status, "stop")
    reason = require_words(reason, field="reason")
    ended = _end(phase, ended_on, at) if phase.actual_start_on is not None else None
    return _move(phase, "stop", by=by, at=at, reason=reason, actual_end_on=ended)


@transaction.atomic
def reopen_phase(*, phase: Phase, reason: str, by: User, at: dt.datetime) -> Phase:
    """Undo that a phase was closed or stopped, and say why; one that never started is planned again.

    Raises:
        ReasonMissing: without a reason.
    """
    phase = locked(phase, by)
    PHASE_MOVES.target(phase.status, "reopen")
    reason = require_words(reason, field="reason")
    status = PhaseStatus.PLANNED if phase.actual_start_on is None else PhaseStatus.ACTIVE
    return write(phase, "reopen", by=by, at=at, reason=reason, status=status, actual_end_on=None)


@transaction.atomic
def delete_phase(*, phase: Phase, by: User, at: dt.datetime) -> None:
    """Delete a phase that never started and that nothing hangs on; a gate that was not held goes with it.

    Raises:
        PhaseInUse: saying what hangs on it.
        LastPhase: when a program that is no draft would be left without one.
    """
    phase = locked(phase, by)
    is_draft = phase.program.status == ProgramStatus.DRAFT
    if not is_draft and not phase.program.phases.exclude(pk=phase.pk).exists():
        raise refusals.LastPhase(phase=phase)
    if phase.actual_start_on is not None:
        raise refusals.PhaseInUse(phase=phase, why=_("it has started"))
    if held := list(
        GateReview.objects.filter(phase=phase).exclude(held_on=None).order_by("pk").values_list("code", flat=True)
    ):
        raise refusals.PhaseInUse(phase=phase, why=_("its gate %(codes)s was held") % {"codes": ", ".join(held)})
    record(phase, "delete", by=by, at=at)
    try:
        phase.delete()
    except ProtectedError as protected:
        raise refusals.PhaseInUse(phase=phase, why=_holds(protected)) from protected


def _holds(protected: ProtectedError) -> str:
    """Return what hangs on a phase, by code: at most a few of each."""
    found = sorted({str(getattr(thing, "code", thing)) for thing in protected.protected_objects})
    named = ", ".join(found[:5]) + (" …" if len(found) > 5 else "")
    return _("it holds %(things)s") % {"things": named}


def locked(phase: Phase, by: User) -> Phase:
    """Return the phase as it is now, locked until the transaction ends, for who manages its program."""
    access.require(access.membership(by, phase.program_id), Right.MANAGE)
    rows = Phase.objects.select_related("program", "owner")
    return rows.select_for_update(of=("self",)).get(pk=phase.pk)


def _end(phase: Phase, ended_on: dt.date | None, at: dt.datetime) -> dt.date:
    today = clock.today(phase.program.time_zone, at)
    day = ended_on or today
    require_past(day, today, field="ended_on")
    if phase.actual_start_on is not None and day < phase.actual_start_on:
        raise refusals.EndsBeforeItStarts(fields={"ended_on": [refusals.EndsBeforeItStarts.sentence]})
    return day


def _move(phase: Phase, move: str, *, by: User, at: dt.datetime, reason: str = "", **changes: Any) -> Phase:
    status = PHASE_MOVES.target(phase.status, move)
    return write(phase, move, by=by, at=at, reason=reason, status=status, **changes)


def write(phase: Phase, verb: str, *, by: User, at: dt.datetime, reason: str = "", **changes: Any) -> Phase:
    """Write the fields that change, and the audit row; readings due at the end of the phase follow it."""
    record(phase, verb, by=by, at=at, reason=reason, changes=audit.write(phase, changes, at=at))
    if changes.keys() & ENDS:
        remind_of_readings(phase, at=at)
    notifications.wake()
    return phase


def remind_of_readings(phase: Phase, *, at: dt.datetime) -> None:
    """Let the reminders of readings follow, where the day of a phase's end or of its review may have moved."""
    due = programs.readings_due_at_ends(Measure.objects.filter(outcome__phase=phase))
    notifications.reschedule_all(kind=MEASUREMENT, due=due, at=at)


def record(
    phase: Phase, verb: str, *, by: User, at: dt.datetime, reason: str = "", changes: dict[str, Any] | None = None
) -> None:
    """Append to the trail what happened to a phase."""
    audit.record(
        by=by,
        at=at,
        verb=f"{verb}_phase",
        scope=f"program:{phase.program_id}",
        subject=f"phase:{phase.pk}",
        label=f"{phase.program.key}-{phase.code} {phase.name}",
        reason=reason,
        changes=changes,
    )
