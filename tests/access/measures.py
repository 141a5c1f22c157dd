"""What outcomes, measures and readings need for each address to be entered: their states, and the least to say."""

from collections.abc import Mapping
from typing import Any

from programs.choices import Direction, MeasureKind, OutcomeArea, OutcomeStatus
from programs.models import Measure, Outcome
from tests.access.stage import House, today

# The state in which a move is legal, where it is not the one that O1 is in.
STATE_FOR = {
    "begin": OutcomeStatus.AGREED,
    "realise": OutcomeStatus.AGREED,
    "miss": OutcomeStatus.AGREED,
    "reopen": OutcomeStatus.MISSED,
}
MOVE_BODIES: Mapping[str, dict[str, Any]] = {
    "agree": {},
    "begin": {},
    "realise": {"closing_note": "Near enough"},
    "miss": {"closing_note": "Too far"},
    "withdraw": {"reason": "Sold"},
    "reopen": {"reason": "Too soon"},
}


def outcome_for(move: str, house: House) -> str:
    """Put O1 into the state that a move starts from; return its code."""
    if move in STATE_FOR:
        Outcome.objects.filter(program=house.program, code="O1").update(status=STATE_FOR[move])
    return house.code("O1")


def unused_outcome(house: House) -> str:
    """Make an outcome that nothing hangs on, unless it is there; return its code."""
    first = Outcome.objects.get(program=house.program, code="O1")
    Outcome.objects.get_or_create(
        program=house.program, code="O9", defaults={
            "phase": first.phase, "statement": f"{house.word} unused", "area": OutcomeArea.CUSTOMER,
            "created_at": first.created_at, "updated_at": first.updated_at,
        },
    )  # fmt: skip
    return house.code("O9")


def unread_measure(house: House) -> str:
    """Make a measure that was never read, unless it is there; return its code."""
    first = Measure.objects.get(program=house.program, code="M1")
    Measure.objects.get_or_create(
        program=house.program, code="M9", defaults={
            "outcome": first.outcome, "name": f"{house.word} unread", "kind": MeasureKind.INTERNAL,
            "direction": Direction.UP, "created_at": first.created_at, "updated_at": first.updated_at,
        },
    )  # fmt: skip
    return house.code("M9")


def outcome_form(house: House) -> dict[str, Any]:
    """Say what an outcome is, on a page."""
    return {"statement": "New", "phase": house.pks["phase"], "area": OutcomeArea.CUSTOMER.value}


def outcome_body(house: House) -> dict[str, Any]:
    """Say what an outcome is, to the API."""
    return {**outcome_form(house), "program": house.key, "phase": "PH1"}


def measure_form(house: House) -> dict[str, Any]:
    """Say what a measure is, on a page."""
    return {
        "name": "New", "kind": MeasureKind.INTERNAL.value, "direction": Direction.UP.value, "cadence": "weekly",
        "reporting_lag_days": 0,
    }  # fmt: skip


def measure_body(house: House) -> dict[str, Any]:
    """Say what a measure is, to the API."""
    return {**measure_form(house), "outcome": house.code("O1")}


def reading(house: House) -> dict[str, Any]:
    """Say a value on a day."""
    return {"value": "1.5", "measured_on": today().isoformat()}


def reading_form(house: House) -> dict[str, Any]:
    """Say a value on a day, in the form of M1."""
    measure = Measure.objects.get(program=house.program, code="M1")
    return {f"m{measure.pk}-{name}": value for name, value in reading(house).items()}


def reading_body(house: House) -> dict[str, Any]:
    """Say a value on a day, of M1."""
    return {**reading(house), "measure": house.code("M1")}


def rows(house: House) -> dict[str, Any]:
    """Paste a row."""
    return {"text": f"M1,{today().isoformat()},1.5"}
