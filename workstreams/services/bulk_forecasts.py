"""Moving many milestones at once, with one reason: all of them, or none."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from core import clock
from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit import services as audit
from core.audit.models import Entry
from core.fields import is_in_range
from notifications import services as notifications
from programs import access as program_access
from programs.models import Program
from programs.services.guards import require_words
from workstreams import access, exceptions
from workstreams.choices import MILESTONE, MILESTONE_MOVES
from workstreams.models import Milestone, MilestoneForecast
from workstreams.services import push_notices

Moves = Mapping[int, dt.date]


@transaction.atomic
def move_milestones(*, program: Program, moves: Moves, reason: str, by: User, at: dt.datetime) -> list[Milestone]:
    """Say another date for many milestones, by number, for one reason; the owners of what they push are told once.

    Raises:
        core.exceptions.NotAllowed: to who may not say another date for one of them.
        MovesRefused: naming every milestone that cannot be moved and why; nothing is moved then.
        NothingToMove: when none is named; ReasonMissing: without a reason.
    """
    member = program_access.membership(by, program.pk)
    if not moves:
        raise exceptions.NothingToMove(fields={"moves": [exceptions.NothingToMove.sentence]})
    reason = require_words(reason, field="reason")
    program = Program.objects.get(pk=program.pk)
    rows = Milestone.objects.filter(program=program, pk__in=moves).select_related("program", "workstream")
    milestones = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for milestone in milestones:
        access.require(member, milestone, "forecast")
    _check(milestones, moves)
    push_notices.tell_of_dates(program, moves, cause=_cause(milestones), by=by, at=at)
    return _write(program, milestones, moves, reason, by=by, at=at)


def _check(milestones: list[Milestone], moves: Moves) -> None:
    """Refuse all, naming each that cannot be moved."""
    if len(milestones) < len(moves):
        raise exceptions.NotInThisProgram(fields={"moves": [exceptions.NotInThisProgram.sentence]})
    wrong = [f"{milestone.code}: {words}" for milestone in milestones if (words := _refusal(milestone, moves))]
    if wrong:
        raise exceptions.MovesRefused(fields={"moves": wrong})


def _refusal(milestone: Milestone, moves: Moves) -> str:
    if not is_in_range(moves[milestone.pk]):
        return str(core_exceptions.DayOutOfRange.sentence)
    if moves[milestone.pk] == milestone.due_on:
        return str(exceptions.SameDate.sentence)
    try:
        MILESTONE_MOVES.target(milestone.state, "forecast")
    except core_exceptions.IllegalMove as refusal:
        return refusal.message
    return ""


def _cause(milestones: list[Milestone]) -> str:
    if len(milestones) == 1:
        return push_notices.label(milestones[0])
    return ngettext("%(n)d milestone", "%(n)d milestones", len(milestones)) % {"n": len(milestones)}


def _write(
    program: Program, milestones: list[Milestone], moves: Moves, reason: str, *, by: User, at: dt.datetime
) -> list[Milestone]:
    """Write forecasts, dates, the trail and the reminders, in as many statements for many as for one."""
    said_on = clock.today(program.time_zone, at)
    MilestoneForecast.objects.bulk_create(
        MilestoneForecast(
            milestone=milestone, forecast_on=moves[milestone.pk], said_on=said_on, said_by=by, reason=reason
        )
        for milestone in milestones
    )
    entries = [_entry(milestone, moves[milestone.pk], reason, by=by, at=at) for milestone in milestones]
    for milestone in milestones:
        milestone.due_on, milestone.updated_at = moves[milestone.pk], at
        milestone.version += 1
    Milestone.objects.bulk_update(milestones, ["due_on", "updated_at", "version"], batch_size=500)
    audit.record_all(entries)
    notifications.reschedule_all(kind=MILESTONE, due=dict(moves), at=at)
    return milestones


def _entry(milestone: Milestone, on: dt.date, reason: str, *, by: User, at: dt.datetime) -> Entry:
    changes: dict[str, Any] = {"due_on": [milestone.due_on.isoformat(), on.isoformat()]}
    return Entry(
        by=by,
        at=at,
        verb="forecast_milestone",
        scope=f"program:{milestone.program_id}",
        subject=f"{MILESTONE}:{milestone.pk}",
        label=push_notices.label(milestone)[:300],
        reason=reason,
        changes=changes,
    )
