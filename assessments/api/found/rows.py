"""Rows of findings, recommendations and debriefs as the API shows them."""

from collections.abc import Sequence
from typing import Any

from assessments.choices import DEBRIEF_MOVES
from core.api import rows
from core.api.pagination import Row

_STAMPS = ("created_at", "updated_at")
_DEBRIEF = (
    "id", "state", "planned_on", "sponsor_briefed_on", "held_on", "committed_on", "no_commitment_reason", *_STAMPS,
)  # fmt: skip
_PART = ("id", "kind", "title", "text", "position", "is_left_out")


def _picked(values: Row, names: Sequence[str]) -> dict[str, Any]:
    return {name: values[name] for name in names}


def _assessment(values: Row) -> str:
    return rows.code(values, "assessment_code")


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
