"""Gate reviews with the action items that their conditions became."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from django.db.models import F, QuerySet

from core.accounts.models import User
from programs.queries import name_of
from workstreams.models import GateCondition, GateReview

COLUMNS = (
    "id", "version", "code", "program_id", "program__key", "program__name", "phase_id", "phase__code", "phase__name",
    "state", "planned_on", "held_on", "rating", "findings", "decision", "decided_by_id", "decided_on", "rationale",
    "created_at", "updated_at",
)  # fmt: skip


def gate_rows(reader: User) -> QuerySet[Any, dict[str, Any]]:
    """Return the gate reviews of the reader's programs."""
    return cast(
        "QuerySet[Any, dict[str, Any]]",
        GateReview.objects.visible_to(reader).values(*COLUMNS, decided_by_name=name_of("decided_by")),
    )


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
