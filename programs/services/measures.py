"""Measures: adding, changing and deleting them, with the values planned between baseline and target."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.accounts.models import User
from core.audit import services as audit
from notifications import services as notifications
from programs import access, exceptions, queries
from programs.access import MEASUREMENT, Right
from programs.choices import Cadence, Code, Direction, MeasureKind
from programs.models import Measure, Outcome, PlannedStep
from programs.services import codes
from programs.services.guards import require_current, require_member
from programs.services.trail import MEASURE, record, write

Steps = tuple[tuple[dt.date, Decimal], ...]


@dataclass(frozen=True, kw_only=True)
class MeasureDetails:
    """What a new measure is made of; `steps` are the values planned for days between baseline and target."""

    name: str
    kind: str = MeasureKind.CUSTOMER_BEHAVIOUR
    unit: str = ""
    direction: str = Direction.UP
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None
    target: Decimal | None = None
    target_on: dt.date | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    cadence: str = Cadence.MONTHLY
    owner: User | None = None
    source: str = ""
    reporting_lag_days: int = 0
    steps: Steps = ()


@transaction.atomic
def add_measure(*, outcome: Outcome, details: MeasureDetails, by: User, at: dt.datetime) -> Measure:
    """Add a measure to an outcome; it may be completed later, before its phase starts.

    Raises:
        core.exceptions.NotAllowed: to who does not manage the program.
        NotInThisProgram: when the owner does not belong to the program.
        TargetNotInDirection, TargetNotAfterBaseline, LimitsOutOfOrder, LimitsOnlyToMaintain, StepOutsideThePlan:
            when its numbers contradict each other.
    """
    access.require(access.membership(by, outcome.program_id), Right.MANAGE)
    values = dict(vars(details))
    steps: Steps = values.pop("steps")
    require_member(outcome.program_id, details.owner)
    _check(values, steps)
    code = codes.next_code(program_id=outcome.program_id, kind=Code.MEASURE)
    measure = Measure.objects.create(
        program=outcome.program, outcome=outcome, code=code, **values, created_at=at, updated_at=at
    )
    _plan(measure, steps)
    record(measure, f"add_{MEASURE}", by=by, at=at)
    notifications.wake()
    return measure


@transaction.atomic
def edit_measure(
    *, measure: Measure, changes: dict[str, Any], by: User, at: dt.datetime, expected_version: int | None = None
) -> Measure:
    """Change anything of a measure but its readings; `changes["steps"]` replaces the planned values.

    Raises:
        core.exceptions.Stale: when it is no longer at the expected version.
        NotInThisProgram, and what add_measure raises: when the new values contradict each other or the program.
    """
    measure = _locked(measure, by)
    require_current(measure, expected_version)
    changed = {name: value for name, value in changes.items() if name != "steps" and getattr(measure, name) != value}
    planned = _planned(measure) if "steps" in changes or changed.keys() & _SPAN else ()
    steps: Steps = tuple(sorted(changes.get("steps", planned)))
    outcome: Outcome | None = changed.get("outcome")
    if outcome is not None and outcome.program_id != measure.program_id:
        raise exceptions.NotInThisProgram(fields={"outcome": [exceptions.NotInThisProgram.sentence]})
    require_member(measure.program_id, changed.get("owner"))
    _check({name: getattr(measure, name) for name in _NUMBERS} | changed, steps)
    if steps != planned:
        _replan(measure, planned, steps)
    if changed or steps != planned:
        also = {"steps": [_told(planned), _told(steps)]}
        write(measure, f"edit_{MEASURE}", by=by, at=at, also=also, **changed)
        _remind(measure, changed, at=at)
    return measure


def _remind(measure: Measure, changed: dict[str, Any], *, at: dt.datetime) -> None:
    """Let the reminders follow, where the day of the next reading may have moved."""
    if changed.keys() & _RHYTHM:
        due_on = queries.reading_due_on(measure.pk)
        notifications.reschedule(kind=MEASUREMENT, subject_id=measure.pk, due_on=due_on, at=at)
    else:
        notifications.wake()


@transaction.atomic
def delete_measure(*, measure: Measure, by: User, at: dt.datetime) -> None:
    """Delete a measure that was never read.

    Raises:
        MeasureHasReadings: when it was.
    """
    measure = _locked(measure, by)
    if measure.measurements.exists():
        raise exceptions.MeasureHasReadings
    record(measure, f"delete_{MEASURE}", by=by, at=at)
    notifications.cancel(kind=MEASUREMENT, subject_ids=[measure.pk], at=at)
    measure.delete()


# What planned steps stand between, and what the day of the next reading follows from.
_SPAN = {"baseline_on", "target_on"}
_RHYTHM = {"cadence", "reporting_lag_days", "baseline_on", "target_on", "outcome"}
_NUMBERS = ("direction", "baseline", "baseline_on", "target", "target_on", "low", "high")


def _locked(measure: Measure, by: User) -> Measure:
    access.require(access.membership(by, measure.program_id), Right.MANAGE)
    rows = Measure.objects.select_related("program", "outcome", "owner")
    return rows.select_for_update(of=("self",)).get(pk=measure.pk)


def _told(steps: Steps) -> list[list[str]]:
    return [[audit.text_of(on), audit.text_of(value)] for on, value in steps]


def _planned(measure: Measure) -> Steps:
    return tuple(measure.steps.order_by("on").values_list("on", "value"))


def _plan(measure: Measure, steps: Steps) -> None:
    PlannedStep.objects.bulk_create(PlannedStep(measure=measure, on=on, value=value) for on, value in steps)


def _replan(measure: Measure, planned: Steps, steps: Steps) -> None:
    """Write what differs of the planned values: days that went, and values that are new."""
    if gone := {on for on, _value in planned} - {on for on, _value in steps}:
        measure.steps.filter(on__in=gone).delete()
    PlannedStep.objects.bulk_create(
        (PlannedStep(measure=measure, on=on, value=value) for on, value in sorted(set(steps) - set(planned))),
        update_conflicts=True, unique_fields=["measure", "on"], update_fields=["value"],
    )  # fmt: skip


def _check(values: dict[str, Any], steps: Steps) -> None:
    """Refuse what contradicts itself, in friendlier words than the database's constraints."""
    if not _is_in_direction(values["direction"], values["baseline"], values["target"]):
        raise exceptions.TargetNotInDirection(fields={"target": [exceptions.TargetNotInDirection.sentence]})
    first, last = values["baseline_on"], values["target_on"]
    if first is not None and last is not None and last <= first:
        raise exceptions.TargetNotAfterBaseline(fields={"target_on": [exceptions.TargetNotAfterBaseline.sentence]})
    low, high = values["low"], values["high"]
    if low is not None and high is not None and high < low:
        raise exceptions.LimitsOutOfOrder(fields={"high": [exceptions.LimitsOutOfOrder.sentence]})
    if values["direction"] != Direction.MAINTAIN and (low is not None or high is not None):
        raise exceptions.LimitsOnlyToMaintain(fields={"low": [exceptions.LimitsOnlyToMaintain.sentence]})
    _check_steps(steps, first, last)


def _is_in_direction(direction: str, baseline: Decimal | None, target: Decimal | None) -> bool:
    if direction == Direction.MAINTAIN or baseline is None or target is None:
        return True
    return target > baseline if direction == Direction.UP else target < baseline


def _check_steps(steps: Steps, first: dt.date | None, last: dt.date | None) -> None:
    days = [on for on, _value in steps]
    for place, on in enumerate(days):
        is_inside = first is not None and last is not None and first < on < last
        if not is_inside or on in days[:place]:
            words = exceptions.StepOutsideThePlan.sentence % {"on": on.isoformat()}
            raise exceptions.StepOutsideThePlan(on=on.isoformat(), fields={"steps": [words]})
