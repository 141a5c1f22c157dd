"""A phase changed together with its milestones, which move by the same days: all of it, or nothing."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit import services as audit
from core.audit.models import Entry
from core.exceptions import DayOutOfRange
from core.fields import is_in_range
from notifications import services as notifications
from programs.models import Phase
from workstreams.choices import MILESTONE, MilestoneState
from workstreams.models import Milestone
from workstreams.services import push_notices
from workstreams.services.bulk_forecasts import move_milestones
from workstreams.services.phases import edit_phase

_BASELINE = ("baseline_start_on", "baseline_end_on")
_FORECAST = ("forecast_start_on", "forecast_end_on")


@dataclass(frozen=True)
class PhaseMoved:
    """A phase as it is now, and how many of its milestones moved with it."""

    phase: Phase
    milestones: int


@transaction.atomic
def edit_phase_with_milestones(
    *,
    phase: Phase,
    changes: dict[str, Any],
    by: User,
    at: dt.datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> PhaseMoved:
    """Change a phase, and move its milestones to be reached by the days by which its baseline or forecast moves.

    A baseline takes the baselines that are not frozen with it; a forecast is said anew of each milestone, with the
    same reason. The start tells by how many days, where it moves; else the end.

    Raises:
        As `edit_phase` and `move_milestones` do; nothing is changed then.
    """
    before = Phase.objects.select_for_update().get(pk=phase.pk)
    days = {name: getattr(before, name) for name in (*_BASELINE, *_FORECAST)}
    phase = edit_phase(phase=phase, changes=changes, by=by, at=at, reason=reason, expected_version=expected_version)
    rows = Milestone.objects.filter(phase=phase, state=MilestoneState.PLANNED).select_related("program", "phase")
    if shift := _shift(days, phase, _BASELINE):
        return PhaseMoved(phase, _move_baselines(rows.filter(baseline_frozen_at=None), shift, by=by, at=at))
    shift = _shift({f: days[f] or days[b] for b, f in zip(_BASELINE, _FORECAST, strict=True)}, phase, _FORECAST)
    moves = {row.pk: _after(row.due_on, shift) for row in rows} if shift else {}
    if moves:
        reason = reason.strip() or _("%(phase)s moved.") % {"phase": phase.code}
        move_milestones(program=phase.program, moves=moves, reason=reason, by=by, at=at)
    return PhaseMoved(phase, len(moves))


def _shift(days: dict[str, dt.date | None], phase: Phase, names: tuple[str, str]) -> dt.timedelta:
    """Return by how much a phase has moved, by its start or else its end; nothing where a day came or went."""
    for name in names:
        old: dt.date | None = days[name]
        new: dt.date | None = getattr(phase, name)
        if old is not None and new is not None and old != new:
            return new - old
    return dt.timedelta()


def _move_baselines(rows: Any, shift: dt.timedelta, *, by: User, at: dt.datetime) -> int:
    """Move baselines, and what is due on them: what was forecast stays as it was said."""
    milestones = list(rows.select_for_update(of=("self",)).order_by("pk"))
    said = set(rows.filter(forecasts__isnull=False).values_list("pk", flat=True))
    moves = {row.pk: _after(row.baseline_on, shift) for row in milestones if row.pk not in said}
    if moves:
        cause = push_notices.label(milestones[0]) if len(milestones) == 1 else milestones[0].phase.name
        push_notices.tell_of_dates(milestones[0].program, moves, cause=cause, by=by, at=at)
    entries = []
    for row in milestones:
        new = _after(row.baseline_on, shift)
        changes = {"baseline_on": [audit.text_of(row.baseline_on), audit.text_of(new)]}
        entries.append(
            Entry(
                by=by, at=at, verb="edit_milestone", scope=f"program:{row.program_id}",
                subject=f"{MILESTONE}:{row.pk}", label=push_notices.label(row)[:300], changes=changes,
            )
        )  # fmt: skip
        row.baseline_on, row.due_on = new, moves.get(row.pk, row.due_on)
        row.updated_at, row.version = at, row.version + 1
    Milestone.objects.bulk_update(milestones, ["baseline_on", "due_on", "updated_at", "version"], batch_size=500)
    audit.record_all(entries)
    notifications.reschedule_all(kind=MILESTONE, due=dict(moves), at=at)
    return len(milestones)


def _after(day: dt.date, shift: dt.timedelta) -> dt.date:
    moved = day + shift
    if not is_in_range(moved):
        raise DayOutOfRange(fields={"with_milestones": [DayOutOfRange.sentence]})
    return moved
