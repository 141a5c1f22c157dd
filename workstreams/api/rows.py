"""Rows of values as the API shows them."""

from typing import Any

from core.api import rows
from core.api.pagination import Row
from workstreams import indicators

_GATE = (
    "id", "state", "planned_on", "held_on", "findings", "decided_on", "rationale", "created_at", "updated_at",
)  # fmt: skip


def _picked(values: Row, names: tuple[str, ...]) -> Row:
    return {name: values[name] for name in names}


def _linked(values: Row, prefix: str) -> Row | None:
    """Return an item of the same kind that this one came from or became."""
    if values[f"{prefix}_id"] is None:
        return None
    code = rows.code(values, f"{prefix}_code")
    return {"id": values[f"{prefix}_id"], "code": code, "name": values[f"{prefix}_title"]}


def gate(values: Row, conditions: list[dict[str, Any]]) -> Row:
    """Return a gate review with its conditions."""
    code = rows.code(values)
    return {
        **_picked(values, _GATE),
        "code": code,
        "url": rows.address("gate-reviews", code),
        "program": rows.program(values),
        "phase": rows.coded(values, "phase"),
        "rating": values["rating"] or None,
        "decision": values["decision"] or None,
        "decided_by": rows.person(values, "decided_by"),
        "conditions": [
            {"text": each["text"], "action_item": _linked({**values, **each}, "action_item")} for each in conditions
        ],
    }


def check(line: indicators.Line) -> Row:
    """Return one line of a checklist."""
    return {
        "check": line.check, "is_well": line.is_well, "done": line.done, "total": line.total, "names": list(line.names)
    }  # fmt: skip
