"""Where the milestones go that are still open when their phase closes: to another phase, or given up."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from core.accounts.models import User
from core.audit import services as audit
from core.audit.models import Entry
from notifications import services as notifications
from programs.choices import PhaseStatus
from programs.models import Phase
from workstreams import exceptions
from workstreams.choices import CANCEL_THEM, MILESTONE, MilestoneState
from workstreams.models import Milestone
from workstreams.services import push_notices

FIELD = "open_milestones"


def require_place(phase: Phase, place: str) -> Phase | None:
    """Return the phase that takes what is open in one that closes; None where nothing is, or it is given up.

    Args:
        place: the code of a phase of the program, `cancel`, or "" where nothing was said.

    Raises:
        OpenMilestonesNeedAPlace: when there are some and nothing was said.
        NoSuchPlace: when it is no phase that still goes on.
    """
    count = Milestone.objects.filter(phase=phase, state=MilestoneState.PLANNED).count()
    if not place and count:
        needed = exceptions.OpenMilestonesNeedAPlace(count=count)
        raise exceptions.OpenMilestonesNeedAPlace(fields={FIELD: [needed.message]}, count=count)
    if not place or place == CANCEL_THEM:
        return None
    code = place.removeprefix(f"{phase.program.key}-")
    ended = (PhaseStatus.CLOSED, PhaseStatus.STOPPED)
    going = Phase.objects.filter(program_id=phase.program_id).exclude(status__in=ended).exclude(pk=phase.pk)
    found = going.filter(code=code).first()
    if found is None:
        raise exceptions.NoSuchPlace(fields={FIELD: [exceptions.NoSuchPlace.sentence]})
    return found


def place_all(phase: Phase, to: Phase | None, *, reason: str, by: User, at: dt.datetime) -> None:
    """Move the open milestones of a phase to another one, or cancel them, in a fixed number of statements."""
    rows = Milestone.objects.filter(phase=phase, state=MilestoneState.PLANNED).select_related("program")
    milestones = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not milestones:
        return
    changes: dict[str, Any] = (
        {"state": [MilestoneState.PLANNED.value, MilestoneState.CANCELLED.value]}
        if to is None
        else {"phase": [phase.code, to.code]}
    )
    for milestone in milestones:
        milestone.version, milestone.updated_at = milestone.version + 1, at
        if to is None:
            milestone.state = MilestoneState.CANCELLED
        else:
            milestone.phase = to
    Milestone.objects.bulk_update(milestones, ["state", "phase", "version", "updated_at"], batch_size=500)
    verb = "cancel_milestone" if to is None else "edit_milestone"
    audit.record_all(_entries(milestones, verb, changes, reason, by=by, at=at))
    if to is None:
        notifications.cancel(kind=MILESTONE, subject_ids=[milestone.pk for milestone in milestones], at=at)


def _entries(
    milestones: Sequence[Milestone], verb: str, changes: dict[str, Any], reason: str, *, by: User, at: dt.datetime
) -> list[Entry]:
    return [
        Entry(
            by=by,
            at=at,
            verb=verb,
            scope=f"program:{milestone.program_id}",
            subject=f"{MILESTONE}:{milestone.pk}",
            label=push_notices.label(milestone)[:300],
            reason=reason,
            changes=changes,
        )
        for milestone in milestones
    ]
