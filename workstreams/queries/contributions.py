"""What feeds an outcome: the action items that serve it, and the milestones on the way to it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from programs.models import Outcome
from workstreams.choices import ActionState, MilestoneState
from workstreams.models import ActionItem, Milestone
from workstreams.queries import network as networks
from workstreams.queries.dates import dated

MOST = 200
Row = dict[str, Any]


@dataclass(frozen=True)
class Feeding:
    """The action items that serve an outcome, and the milestones, theirs and those of its phase."""

    actions: list[Row]
    milestones: list[Row]


def of_outcome(outcome: Outcome, *, today: dt.date) -> Feeding:
    """Return what feeds an outcome on a day, in three queries."""
    actions = _actions(outcome, today)
    served = {row["milestone_id"]: row["code"] for row in actions if row["milestone_id"]}
    return Feeding(actions, _milestones(outcome, served, today))


def _actions(outcome: Outcome, today: dt.date) -> list[Row]:
    items = ActionItem.objects.filter(outcome=outcome).order_by("due_on", "pk")
    columns = ("code", "title", "state", "due_on", "promised_for", "milestone_id")
    return [
        row
        | {
            "state_label": ActionState(row["state"]).label,
            "is_overdue": row["state"] == ActionState.COMMITTED and row["promised_for"] < today,
        }
        for row in items.values(*columns, performer_name=F("performer__name"))[:MOST]
    ]


def _milestones(outcome: Outcome, served: dict[int, str], today: dt.date) -> list[Row]:
    network = networks.network(outcome.program_id, today)
    milestones = Milestone.objects.exclude(state=MilestoneState.CANCELLED)
    near = milestones.filter(pk__in=served) | milestones.filter(phase_id=outcome.phase_id)
    dates = ("pk", "code", "name", "state", "baseline_on", "due_on", "actual_on", "phase_id")
    found = near.order_by("due_on", "pk").values(*dates, owner_name=F("owner__name"), phase_code=F("phase__code"))
    return [row | dated(row, network) | {"through": served.get(row["pk"], "")} for row in found[:MOST]]
