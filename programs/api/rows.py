"""Rows of values as the API shows them."""

from fractions import Fraction
from typing import Any

from core.api import rows
from core.api.pagination import Row
from programs.queries import Figures

_PROGRAM = (
    "id", "key", "name", "organisation", "status", "vision", "case_for_change", "cost_of_inaction", "start_on",
    "end_on", "time_zone", "currency", "budget", "spent", "staffing_planned", "staffing_actual",
    "reassess_every_months", "reassess_at_gates", "manager_note", "manager_note_on", "role", "created_at", "updated_at",
)  # fmt: skip
_OUTCOME = ("id", "statement", "area", "is_dis_benefit", "status", "closing_note", "created_at", "updated_at")
_MEASURE = (
    "id", "name", "kind", "unit", "direction", "baseline", "baseline_on", "target", "target_on", "low", "high",
    "cadence", "source", "reporting_lag_days", "created_at", "updated_at",
)  # fmt: skip
_MEASUREMENT = (
    "id", "value", "measured_on", "recorded_on", "recorded_at", "note", "evidence_url", "supersedes_id",
    "superseded_by_id",
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


def outcome(values: Row) -> Row:
    """Return an outcome."""
    code = rows.code(values)
    return {
        **_picked(values, _OUTCOME),
        "code": code,
        "url": rows.address("outcomes", code),
        "program": rows.program(values),
        "phase": rows.coded(values, "phase"),
        "owner": rows.person(values, "owner"),
    }


def measure(values: Row) -> Row:
    """Return a measure with its newest reading."""
    code, newest = rows.code(values), values["latest_on"]
    return {
        **_picked(values, _MEASURE),
        "code": code,
        "url": rows.address("measures", code),
        "program": rows.program(values),
        "outcome": rows.coded(values, "outcome", label="statement"),
        "owner": rows.person(values, "owner"),
        "latest": None if newest is None else {"value": values["latest_value"], "measured_on": newest},
        **_figures(values["figures"]),
    }


def _figures(figures: Figures) -> Row:
    """Return where a measure stands, in fractions; null where there is no reading or no whole goal."""
    return {
        "attainment": _fraction(figures.attainment),
        "expected": _fraction(figures.expected),
        "variance": _fraction(figures.variance),
        "is_behind": figures.is_behind,
        "freshness": figures.freshness,
    }


def _fraction(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def measurement(values: Row) -> Row:
    """Return a reading."""
    return {
        **_picked(values, _MEASUREMENT),
        "url": rows.address("measurements", values["id"]),
        "program": rows.program(values),
        "measure": rows.coded(values, "measure"),
        "unit": values["measure__unit"],
        "recorded_by": rows.person(values, "recorded_by"),
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
