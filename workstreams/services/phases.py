"""Starting a phase, which freezes the baselines of its milestones, and undoing that."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from core import clock
from core.accounts.models import User
from programs import exceptions, queries
from programs.choices import PHASE_MOVES
from programs.models import Phase
from programs.services import phases
from programs.services.checking import require_going_on, require_words
from workstreams.models import Milestone


@transaction.atomic
def start_phase(*, phase: Phase, by: User, at: dt.datetime, started_on: dt.date | None = None) -> Phase:
    """Start a phase, today by default: from now on the baselines of its milestones stand.

    Raises:
        core.exceptions.NotAllowed: to who does not manage the program.
        PhaseHasNoMeasuredOutcome: naming what its outcomes lack.
        GateBeforeIsClosed: when the gate of the phase before it in order has not let it.
        ProgramIsOver: in a program that is closed or stopped; DateInTheFuture: when it would start after today.
    """
    phase, found = _at_its_doors(phase, by)
    if not found.is_open:
        raise exceptions.GateBeforeIsClosed(phase=phase, why=found.why_closed)
    return _start(phase, "start", by=by, at=at, started_on=started_on, reason="")


@transaction.atomic
def override_gate(*, phase: Phase, reason: str, by: User, at: dt.datetime, started_on: dt.date | None = None) -> Phase:
    """Start a phase although the gate before it is closed; the reason stays on record with the phase.

    Raises:
        ReasonMissing: without a reason.
        NothingToOverride: when the gate lets it start anyway.
        PhaseHasNoMeasuredOutcome: which no reason makes up for.
    """
    phase, found = _at_its_doors(phase, by)
    reason = require_words(reason, field="reason")
    if found.is_open:
        raise exceptions.NothingToOverride(phase=phase)
    return _start(phase, "override", by=by, at=at, started_on=started_on, reason=reason)


def _at_its_doors(phase: Phase, by: User) -> tuple[Phase, queries.Doors]:
    phase = phases.locked(phase, by)
    PHASE_MOVES.target(phase.status, "start")
    require_going_on(phase.program)
    found = queries.doors(phase)
    if not found.is_measured:
        raise exceptions.PhaseHasNoMeasuredOutcome(phase=phase, gaps=found.gaps, gaps_text=" ".join(found.gaps))
    return phase, found


def _start(phase: Phase, verb: str, *, by: User, at: dt.datetime, started_on: dt.date | None, reason: str) -> Phase:
    today = clock.today(phase.program.time_zone, at)
    started_on = started_on or today
    phases.require_past(started_on, today, field="started_on")
    changes = {"actual_start_on": started_on, "override_reason": reason}
    phases.write(phase, verb, by=by, at=at, reason=reason, status=PHASE_MOVES.target(phase.status, "start"), **changes)
    open_baselines = Milestone.objects.filter(phase=phase, baseline_frozen_at=None)
    open_baselines.update(baseline_frozen_at=at, updated_at=at, version=F("version") + 1)
    return phase


@transaction.atomic
def undo_start(*, phase: Phase, reason: str, by: User, at: dt.datetime) -> Phase:
    """Undo that a phase was started, and say why; baselines that no decision has moved since can be edited again.

    Raises:
        ReasonMissing: without a reason.
    """
    phase = phases.locked(phase, by)
    status = PHASE_MOVES.target(phase.status, "undo_start")
    reason = require_words(reason, field="reason")
    phases.write(
        phase, "undo_start", by=by, at=at, reason=reason, status=status, actual_start_on=None, override_reason=""
    )
    frozen = Milestone.objects.filter(phase=phase, baseline_frozen_at__isnull=False, rebaselining=None)
    frozen.update(baseline_frozen_at=None, updated_at=at, version=F("version") + 1)
    return phase
