"""Line of sight: what an action item waits for, what it serves, and what customers notice of it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery

from programs.choices import MeasureKind
from programs.models import Measure, Measurement
from workstreams.choices import MilestoneState
from workstreams.models import ActionItem, Dependency
from workstreams.queries import dates
from workstreams.queries import network as networks
from workstreams.queries.network import Network

Row = Mapping[str, Any]

# What stands before a milestone fits into a sentence; the plan shows the rest.
MOST_NAMED = 5


@dataclass(frozen=True)
class Effect:
    """The measure by which an outcome is seen: customer behaviour before all other kinds."""

    name: str
    unit: str
    baseline: Any
    latest: Any
    target: Any


@dataclass(frozen=True)
class Sight:
    """One action item's place: milestones before its own, those waiting, and the effect it serves."""

    waits_for: Sequence[Row] = ()
    waited_for_by: Sequence[Row] = ()
    effect: Effect | None = None


def latest_value() -> Subquery:
    """Return the value of the newest reading of a measure that no correction replaced."""
    readings = Measurement.objects.filter(measure=OuterRef("pk"), superseded_by=None)
    return Subquery(readings.order_by("-measured_on", "-pk").values("value")[:1])


def effects(outcome_ids: set[int]) -> dict[int, Effect]:
    """Return the effect of each outcome, in one query; an outcome without measures is left out."""
    rows = Measure.objects.filter(outcome_id__in=outcome_ids).annotate(latest=latest_value())
    found: dict[int, Effect] = {}
    ranked = sorted(
        rows.values("outcome_id", "pk", "kind", "name", "unit", "baseline", "latest", "target"),
        key=lambda row: (row["kind"] != MeasureKind.CUSTOMER_BEHAVIOUR, row["pk"]),
    )
    for row in ranked:
        found.setdefault(row["outcome_id"], _effect(row))
    return found


def _effect(row: Row) -> Effect:
    return Effect(**{name: row[name] for name in ("name", "unit", "baseline", "latest", "target")})


def of_action(item: ActionItem, today: dt.date) -> Sight:
    """Return an item's line of sight on a day, in four queries at most."""
    effect = effects({item.outcome_id}).get(item.outcome_id) if item.outcome_id else None
    if item.milestone_id is None:
        return Sight(effect=effect)
    before, after = neighbours(item.milestone_id, networks.network(item.program_id, today))
    return Sight(waits_for=before, waited_for_by=after, effect=effect)


def neighbours(milestone_id: int, network: Network) -> tuple[Sequence[Row], Sequence[Row]]:
    """Return the planned milestones that a milestone waits for, and those that wait for it, the first few of each."""
    before = _linked(milestone_id, network, here="successor", there="predecessor")
    return before, _linked(milestone_id, network, here="predecessor", there="successor")


def _linked(milestone_id: int, network: Network, *, here: str, there: str) -> Sequence[Row]:
    """Return the milestones at the other end of a milestone's dependencies that are still planned."""
    links = Dependency.objects.filter(**{f"{here}_id": milestone_id, f"{there}__state": MilestoneState.PLANNED})
    columns = {name: F(f"{there}__{name}") for name in ("code", "name", *dates.COLUMNS)}
    rows = links.values(number=F(f"{there}_id"), owner_name=F(f"{there}__owner__name"), **columns)
    found = [row | dates.dated(row, network, key="number") for row in rows]
    return sorted(found, key=lambda row: (row["on"], row["number"]))[:MOST_NAMED]
