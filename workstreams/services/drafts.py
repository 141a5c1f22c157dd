"""A draft re-planned as a whole: every planned day moves by the same days, baselines too, so that nothing slips."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from core import clock
from core.accounts.models import User
from core.audit import services as audit
from core.audit.models import Entry
from core.exceptions import DayOutOfRange
from core.fields import is_in_range
from notifications import services as notifications
from programs import access as program_access
from programs.access import Right
from programs.choices import ProgramStatus
from programs.models import Measure, Phase, PlannedStep, Program
from workstreams import exceptions
from workstreams.choices import MILESTONE
from workstreams.models import GateReview, Milestone, MilestoneForecast

_PHASE = ("baseline_start_on", "baseline_end_on", "forecast_start_on", "forecast_end_on")
_PLANNED: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Phase, "phase", _PHASE),
    (GateReview, "gate", ("planned_on",)),
    (Milestone, "milestone", ("baseline_on", "due_on")),
    (Measure, "measure", ("target_on",)),
)


@dataclass
class Replanned:
    """By how many days a draft was moved, and how many dates that were."""

    days: int
    dates_moved: int = 0
    entries: list[Entry] = field(default_factory=list)


@transaction.atomic
def replan_draft(
    *, program: Program, by: User, at: dt.datetime, days: int | None = None, start_on: dt.date | None = None
) -> Replanned:
    """Move all planned days of a draft by some days, or so that it starts on a day; weekends count like other days.

    These are the days of the program, its phases, gates and milestones, and the targets and steps of its measures. The
    day on which a baseline was measured is a fact, and what people promised is theirs: both stay.

    Raises:
        core.exceptions.NotAllowed: to who does not manage the program.
        NotADraft: once it is active; DraftHasStarted: naming what has begun.
        TargetBeforeBaseline: naming the measures whose target would come before their baseline.
        DaysOrStart: unless exactly one of the two is given; NoDayToMove: when it has no day to start from.
        SameDate: when nothing would move; core.exceptions.DayOutOfRange: when a day would be too far off.
    """
    program_access.require(program_access.membership(by, program.pk), Right.MANAGE)
    program = Program.objects.select_for_update().get(pk=program.pk)
    _require_unstarted(program)
    done = Replanned(_days(program, days, start_on))
    shift = dt.timedelta(days=done.days)
    for model, noun, columns in _PLANNED:
        _move(model, noun, columns, program, shift, done, by=by, at=at)
    _move_steps(program, shift, done)
    _require_order(program)
    _say_forecasts(program, by=by, at=at)
    told = _moved(program, ("start_on", "end_on"), shift, done, at)
    Program.objects.bulk_update([program], ["start_on", "end_on", "updated_at", "version"])
    told |= {"days": [None, done.days], "dates_moved": [None, done.dates_moved]}
    subject = f"program:{program.pk}"
    done.entries.append(
        Entry(
            by=by, at=at, verb="replan_program", scope=subject, subject=subject, label=str(program)[:300], changes=told
        )
    )
    audit.record_all(done.entries)
    due = dict(Milestone.objects.filter(program=program).values_list("pk", "due_on"))
    notifications.reschedule_all(kind=MILESTONE, due=due, at=at)
    notifications.wake()
    return done


def _require_unstarted(program: Program) -> None:
    if program.status != ProgramStatus.DRAFT:
        raise exceptions.NotADraft(status=ProgramStatus(program.status).label)
    begun = (
        program.phases.exclude(actual_start_on=None, actual_end_on=None),
        program.gate_reviews.exclude(held_on=None),
        program.milestones.filter(Q(actual_on__isnull=False) | Q(baseline_frozen_at__isnull=False)),
    )
    if codes := [code for rows in begun for code in rows.order_by("pk").values_list("code", flat=True)[:10]]:
        raise exceptions.DraftHasStarted(codes=", ".join(codes[:10]))


def _days(program: Program, days: int | None, start_on: dt.date | None) -> int:
    if (days is None) == (start_on is None):
        raise exceptions.DaysOrStart(fields={"days": [exceptions.DaysOrStart.sentence]})
    if start_on is not None:
        first = program.start_on or _first_day(program)
        if first is None:
            raise exceptions.NoDayToMove(fields={"start_on": [exceptions.NoDayToMove.sentence]})
        days = (start_on - first).days
    if not days:
        raise exceptions.SameDate(fields={"days" if start_on is None else "start_on": [exceptions.SameDate.sentence]})
    return days


def _first_day(program: Program) -> dt.date | None:
    starts: Iterable[dt.date | None] = program.phases.values_list("baseline_start_on", flat=True)
    milestones: Iterable[dt.date | None] = program.milestones.values_list("baseline_on", flat=True)
    return min((day for day in [*starts, *milestones] if day is not None), default=None)


def _move(
    model: Any, noun: str, columns: Sequence[str], program: Program, shift: dt.timedelta, done: Replanned,
    *, by: User, at: dt.datetime,
) -> None:  # fmt: skip
    """Move the days of all rows of a kind, in as many statements for many as for one."""
    rows: list[Any] = list(model._default_manager.filter(program=program).order_by("pk"))
    moved = []
    for row in rows:
        if not (changes := _moved(row, columns, shift, done, at)):
            continue
        moved.append(row)
        done.entries.append(
            Entry(
                by=by, at=at, verb=f"edit_{noun}" if noun != "gate" else "reschedule_gate",
                scope=f"program:{program.pk}", subject=f"{noun}:{row.pk}",
                label=f"{program.key}-{row.code} {getattr(row, 'name', '')}".strip()[:300], changes=changes,
            )
        )  # fmt: skip
    if model is Measure:
        early = [row.code for row in moved if row.baseline_on is not None and row.target_on <= row.baseline_on]
        if early:
            raise exceptions.TargetBeforeBaseline(codes=", ".join(early[:10]))
    model._default_manager.bulk_update(moved, [*columns, "updated_at", "version"], batch_size=250)


def _moved(row: Any, columns: Sequence[str], shift: dt.timedelta, done: Replanned, at: dt.datetime) -> dict[str, Any]:
    """Move the days of a row that is written later; return from what to what."""
    told = {}
    for name in columns:
        if (day := getattr(row, name)) is not None:
            new = _after(day, shift)
            told[name] = [day.isoformat(), new.isoformat()]
            setattr(row, name, new)
    if told:
        row.updated_at, row.version = at, row.version + 1
    done.dates_moved += len(told)
    return told


def _move_steps(program: Program, shift: dt.timedelta, done: Replanned) -> None:
    """Move the planned steps; made anew, since one may take the day of another."""
    steps = list(PlannedStep.objects.filter(measure__program=program))
    PlannedStep.objects.filter(pk__in=[step.pk for step in steps]).delete()
    for step in steps:
        step.pk, step.on = None, _after(step.on, shift)
    PlannedStep.objects.bulk_create(steps, batch_size=500)
    done.dates_moved += len(steps)


def _require_order(program: Program) -> None:
    """Let targets and steps pass that come after the day on which the baseline was measured."""
    steps = PlannedStep.objects.filter(measure__program=program, on__lte=F("measure__baseline_on"))
    early = Measure.objects.filter(program=program, pk__in=steps.values("measure"))
    if codes := list(early.order_by("pk").values_list("code", flat=True)[:10]):
        raise exceptions.TargetBeforeBaseline(codes=", ".join(codes))


def _say_forecasts(program: Program, *, by: User, at: dt.datetime) -> None:
    """Append to each history of forecasts the day that its milestone has now: histories are never rewritten."""
    said = MilestoneForecast.objects.filter(milestone__program=program).values("milestone")
    said_on = clock.today(program.time_zone, at)
    MilestoneForecast.objects.bulk_create(
        (
            MilestoneForecast(
                milestone_id=pk, forecast_on=day, said_on=said_on, said_by=by, reason=_("The draft was re-planned.")
            )
            for pk, day in Milestone.objects.filter(pk__in=said).values_list("pk", "due_on")
        ),
        batch_size=500,
    )


def _after(day: dt.date, shift: dt.timedelta) -> dt.date:
    try:
        moved = day + shift
    except OverflowError:
        moved = dt.date.max
    if not is_in_range(moved):
        raise DayOutOfRange(fields={"days": [DayOutOfRange.sentence]})
    return moved
