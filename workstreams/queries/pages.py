"""One action item or milestone, whole, for the page that shows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from core import exceptions
from core.accounts.models import User
from workstreams.choices import ActionMove, ActionState
from workstreams.models import ActionItem, Milestone
from workstreams.queries import dates
from workstreams.queries.network import Network

# A history longer than this is read in the audit trail.
MOST_EVENTS = 100


def action_for(person: User, reference: str) -> ActionItem:
    """Return the item that a reference names, with what its page shows.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    related = ("program", "workstream", "phase", "milestone", "outcome", "requester", "performer", "renewal_of")
    items = ActionItem.objects.visible_to(person).named(reference).select_related(*related)
    item = items.first()
    if item is None:
        raise exceptions.NotFound
    return item


def milestone_for(person: User, reference: str) -> Milestone:
    """Return the milestone that a reference names, with what its page shows.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    related = ("program", "workstream", "phase", "owner")
    milestone = Milestone.objects.visible_to(person).named(reference).select_related(*related).first()
    if milestone is None:
        raise exceptions.NotFound
    return milestone


def days_of(milestone: Milestone, network: Network) -> dict[str, Any]:
    """Return the days of a milestone as they are told everywhere."""
    days = dates.dated({name: getattr(milestone, name) for name in ("pk", *dates.COLUMNS)}, network)
    phase = {name: getattr(milestone.phase, name) for name in (*dates.PHASE_STARTS, *dates.PHASE_ENDS)}
    outside = dates.outside_phase({"state": milestone.state, **days}, phase)
    return days | {"is_critical": milestone.pk in network.critical, "outside_phase": outside}


def milestone_named(milestone_id: int | None) -> dict[str, Any] | None:
    """Return the code and name of a milestone; None of none."""
    found = Milestone.objects.filter(pk=milestone_id).values("code", "name").first() if milestone_id else None
    return dict(found) if found else None


def action_history(item: ActionItem) -> list[dict[str, Any]]:
    """Return what was said about an item, the newest first."""
    rows = item.events.order_by("-at", "-pk").values("at", "by__name", "move", "due_before", "due_after", "note")
    return [{**row, "said": ActionMove(row["move"]).label} for row in rows[:MOST_EVENTS]]


def milestone_history(milestone: Milestone) -> Sequence[Mapping[str, Any]]:
    """Return the dates said for a milestone, the newest first."""
    rows = milestone.forecasts.order_by("-said_on", "-pk")
    return list(rows.values("forecast_on", "said_on", "said_by__name", "reason")[:MOST_EVENTS])


def actions_of(milestone: Milestone) -> list[dict[str, Any]]:
    """Return the action items that serve a milestone, by date."""
    rows = milestone.action_items.order_by("due_on", "pk").values("code", "title", "state", "due_on", "performer__name")
    return [{**row, "state_label": ActionState(row["state"]).label} for row in rows[:MOST_EVENTS]]
