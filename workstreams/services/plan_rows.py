"""One row of the plan as somebody edited it, all of it or none: what it is, when it is, what it waits for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from core.accounts.models import User
from programs.models import Program
from workstreams.models import Milestone
from workstreams.services.dependencies import set_predecessors
from workstreams.services.milestone_transitions import forecast_milestone
from workstreams.services.milestones import MilestoneDetails, add_milestone, edit_milestone


@dataclass(frozen=True, kw_only=True)
class Replan:
    """What is said anew of a milestone; what is None stays."""

    changes: dict[str, Any] = field(default_factory=dict)
    forecast_on: dt.date | None = None
    reason: str = ""
    waits_for: Mapping[str, int] | None = None


@transaction.atomic
def add_planned(
    *, program: Program, details: MilestoneDetails, waits_for: Mapping[str, int], by: User, at: dt.datetime
) -> Milestone:
    """Add a milestone together with what it waits for, by code, each with its lag in working days."""
    milestone = add_milestone(program=program, details=details, by=by, at=at)
    set_predecessors(successor=milestone, waits_for=waits_for, by=by, at=at)
    return milestone


@transaction.atomic
def replan_milestone(*, milestone: Milestone, replan: Replan, by: User, at: dt.datetime) -> Milestone:
    """Edit a milestone, say another date for it and change what it waits for, in one go."""
    if replan.changes:
        milestone = edit_milestone(milestone=milestone, changes=replan.changes, by=by, at=at)
    if replan.waits_for is not None:
        set_predecessors(successor=milestone, waits_for=replan.waits_for, by=by, at=at)
    if replan.forecast_on is not None and replan.forecast_on != milestone.due_on:
        milestone = forecast_milestone(
            milestone=milestone, forecast_on=replan.forecast_on, reason=replan.reason, by=by, at=at
        )
    return milestone
