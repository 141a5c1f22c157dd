"""Reaching a milestone, saying another date for it, and undoing either."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import clock
from core.accounts.models import User
from core.audit import services as audit
from notifications import services as notifications
from programs import access as program_access
from programs.access import MemberContext
from programs.services.guards import require_words
from workstreams import access, exceptions
from workstreams.choices import MILESTONE, MILESTONE_MOVES, MilestoneState
from workstreams.models import Milestone, MilestoneForecast
from workstreams.services import push_notices


@transaction.atomic
def achieve_milestone(
    *, milestone: Milestone, by: User, at: dt.datetime, actual_on: dt.date | None = None
) -> Milestone:
    """Say that a milestone is reached, today by default.

    Raises:
        DateInTheFuture: when it would be reached after today.
    """
    milestone, member = locked(milestone, by)
    access.require(member, milestone, "achieve")
    state = MILESTONE_MOVES.target(milestone.state, "achieve")
    today = clock.today(milestone.program.time_zone, at)
    actual_on = actual_on or today
    if actual_on > today:
        raise exceptions.DateInTheFuture(fields={"actual_on": [exceptions.DateInTheFuture.sentence]})
    return write(milestone, "achieve", by=by, at=at, state=state, actual_on=actual_on)


@transaction.atomic
def forecast_milestone(
    *, milestone: Milestone, forecast_on: dt.date, reason: str, by: User, at: dt.datetime
) -> Milestone:
    """Say another date for a milestone, and why; the baseline stays, earlier forecasts stay.

    The owners of the milestones that this pushes are told.

    Raises:
        SameDate: when it is due that day already.
        ReasonMissing: without a reason.
    """
    milestone, member = locked(milestone, by)
    access.require(member, milestone, "forecast")
    state = MILESTONE_MOVES.target(milestone.state, "forecast")
    reason = require_words(reason, field="reason")
    if forecast_on == milestone.due_on:
        raise exceptions.SameDate(fields={"forecast_on": [exceptions.SameDate.sentence]})
    said_on = clock.today(milestone.program.time_zone, at)
    push_notices.tell_of_date(milestone, forecast_on, by=by, at=at)
    MilestoneForecast.objects.create(
        milestone=milestone, forecast_on=forecast_on, said_on=said_on, said_by=by, reason=reason
    )
    return write(milestone, "forecast", by=by, at=at, reason=reason, state=state, due_on=forecast_on)


@transaction.atomic
def cancel_milestone(*, milestone: Milestone, reason: str, by: User, at: dt.datetime) -> Milestone:
    """Give a milestone up, and say why.

    Raises:
        ReasonMissing: without a reason.
    """
    milestone, member = locked(milestone, by)
    access.require(member, milestone, "cancel")
    state = MILESTONE_MOVES.target(milestone.state, "cancel")
    reason = require_words(reason, field="reason")
    return write(milestone, "cancel", by=by, at=at, reason=reason, state=state)


@transaction.atomic
def reopen_milestone(*, milestone: Milestone, reason: str, by: User, at: dt.datetime) -> Milestone:
    """Undo that a milestone was reached or cancelled, and say why.

    Raises:
        ReasonMissing: without a reason.
    """
    milestone, member = locked(milestone, by)
    access.require(member, milestone, "reopen")
    state = MILESTONE_MOVES.target(milestone.state, "reopen")
    reason = require_words(reason, field="reason")
    return write(milestone, "reopen", by=by, at=at, reason=reason, state=state, actual_on=None)


def locked(milestone: Milestone, by: User) -> tuple[Milestone, MemberContext]:
    """Return the milestone as it is now, locked until the transaction ends, and what the person is in its program.

    Raises:
        core.exceptions.NotFound: when the person is nothing in the program.
    """
    member = program_access.membership(by, milestone.program_id)
    rows = Milestone.objects.select_related("program", "workstream", "owner")
    return rows.select_for_update(of=("self",)).get(pk=milestone.pk), member


def write(milestone: Milestone, verb: str, *, by: User, at: dt.datetime, reason: str = "", **changes: Any) -> Milestone:
    """Write the changed fields and the audit row, and let the reminders follow."""
    told = audit.write(milestone, changes, at=at)
    audit.record(
        by=by,
        at=at,
        verb=f"{verb}_milestone",
        scope=f"program:{milestone.program_id}",
        subject=f"{MILESTONE}:{milestone.pk}",
        label=push_notices.label(milestone),
        reason=reason,
        changes=told,
    )
    if milestone.state != MilestoneState.PLANNED:
        notifications.cancel(kind=MILESTONE, subject_ids=[milestone.pk], at=at)
    elif "due_on" in changes:
        notifications.reschedule(kind=MILESTONE, subject_id=milestone.pk, due_on=milestone.due_on, at=at)
    else:
        notifications.wake()
    return milestone
