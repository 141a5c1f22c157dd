"""Rows of values as the API shows them."""

from typing import Any

from core.api import rows
from core.api.pagination import Row

_PROGRAM = (
    "id", "key", "name", "organisation", "status", "vision", "case_for_change", "cost_of_inaction", "start_on",
    "end_on", "time_zone", "currency", "budget", "spent", "staffing_planned", "staffing_actual",
    "reassess_every_months", "reassess_at_gates", "manager_note", "manager_note_on", "role", "created_at", "updated_at",
)  # fmt: skip


def _picked(values: Row, names: tuple[str, ...]) -> Row:
    return {name: values[name] for name in names}


def program(values: Row) -> Row:
    """Return a program."""
    return {
        **_picked(values, _PROGRAM),
        "url": rows.address("programs", values["key"]),
        "sponsor": rows.person(values, "sponsor"),
        "deputy_sponsor": rows.person(values, "deputy_sponsor"),
        "manager": rows.person(values, "manager"),
    }


def person(values: Row, memberships: list[dict[str, Any]]) -> Row:
    """Return a person with what they are in the programs shared with the reader."""
    return {
        "id": values["id"],
        "url": rows.address("people", values["id"]),
        "email": values["email"],
        "name": values["name"],
        "time_zone": values["time_zone"],
        "language": values["language"],
        "memberships": [
            {"program": rows.program(each), "role": each["role"], "title": each["title"]} for each in memberships
        ],
    }
