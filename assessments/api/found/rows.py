"""Rows of findings, recommendations and debriefs as the API shows them."""

from collections.abc import Sequence
from typing import Any

from assessments.choices import DEBRIEF_MOVES, RECOMMENDATION_MOVES
from core.api import rows
from core.api.pagination import Row

_STAMPS = ("created_at", "updated_at")
_FINDING = ("id", "kind", "text", "root_cause", "is_systemic", *_STAMPS)
_RECOMMENDATION = ("id", "text", "rationale", "urgency", "state", "reason", "decided_on", *_STAMPS)
_DEBRIEF = (
    "id", "state", "planned_on", "sponsor_briefed_on", "held_on", "committed_on", "no_commitment_reason", *_STAMPS,
)  # fmt: skip
_PART = ("id", "kind", "title", "text", "position", "is_left_out")


def _picked(values: Row, names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names}


def _assessment(values: Row) -> str:
    return rows.code(values, "assessment_code")


def finding(values: Row, affects: Sequence[Row]) -> Row:
    """Return a finding with the other criteria that it touches."""
    code = f"{_assessment(values)}-{values['code']}"
    return {
        **_picked(values, _FINDING),
        "code": code,
        "url": rows.address("findings", code),
        "program": rows.program(values),
        "assessment": _assessment(values),
        "criterion": values["criterion_code"],
        "affects": [each["code"] for each in affects],
    }


def recommendation(values: Row) -> Row:
    """Return a recommendation with the action item that it became."""
    code = f"{_assessment(values)}-{values['code']}"
    item = None
    if values["action_item_id"] is not None:
        action_code = rows.code(values, "action_code")
        item = {"id": values["action_item_id"], "code": action_code, "name": values["action_title"]}
    return {
        **_picked(values, _RECOMMENDATION),
        "code": code,
        "url": rows.address("recommendations", code),
        "program": rows.program(values),
        "assessment": _assessment(values),
        "finding": f"{_assessment(values)}-{values['finding_code']}",
        "decided_by": rows.person(values, "decided_by"),
        "action_item": item,
    }


def recommendation_moves(values: Row, *, may_decide: bool) -> list[str]:
    """Return the moves that a person can make now."""
    return RECOMMENDATION_MOVES.legal(values["state"]) if may_decide else []


def debrief(values: Row) -> Row:
    """Return a debrief without its parts; what is private has no place here."""
    code = _assessment(values)
    return {
        **_picked(values, _DEBRIEF),
        "code": code,
        "url": rows.address("debriefs", code),
        "program": rows.program(values),
        "assessment": code,
        "facilitator": rows.person(values, "facilitator"),
    }


def debrief_moves(values: Row, *, may_facilitate: bool) -> list[str]:
    """Return the moves that a person can make now."""
    return DEBRIEF_MOVES.legal(values["state"]) if may_facilitate else []


def part(values: Row) -> Row:
    """Return a part of a debrief."""
    return {
        **_picked(values, _PART),
        "url": rows.address("debrief-parts", values["id"]),
        "debrief": _assessment(values),
    }


def commitment(values: Row, key: str) -> Row:
    """Return an action item that somebody committed to."""
    return {"id": values["id"], "code": f"{key}-{values['code']}", "name": values["title"]}
