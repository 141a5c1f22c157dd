"""The conditions of gate reviews, with the action items that they became, and when phases are reviewed."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from workstreams.models import GateCondition, GateReview


def conditions_of(gate_ids: Collection[int]) -> Mapping[int, list[dict[str, Any]]]:
    """Return the conditions of gate reviews, in their order, by gate review, in one query."""
    found: dict[int, list[dict[str, Any]]] = {gate: [] for gate in gate_ids}
    rows = GateCondition.objects.filter(gate_review_id__in=found).order_by("gate_review_id", "position")
    for row in rows.values(
        "gate_review_id",
        "position",
        "text",
        action_item_id=F("action_item__id"),
        action_item_code=F("action_item__code"),
        action_item_title=F("action_item__title"),
    ):
        found[row["gate_review_id"]].append({**row})
    return found


def review_day(path: str) -> Subquery:
    """Return the day of the latest review of the phase at the end of a path: held, else planned."""
    day = Coalesce("held_on", "planned_on")
    reviews = GateReview.objects.filter(phase_id=OuterRef(f"{path}pk"))
    return Subquery(reviews.order_by(day.desc(), "-pk").values(on=day)[:1])
