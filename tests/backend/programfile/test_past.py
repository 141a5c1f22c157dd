"""What a file says has happened is not dated after today; every day of a file is known to be past or planned."""

import datetime as dt
from collections.abc import Iterator

import pytest

from backend.programfile.exceptions import FileRefused
from backend.programfile.format import assessments, nouns
from backend.programfile.format.past import PAST
from backend.programfile.format.shapes import Shape, Type
from programs.models import Program
from tests.backend.programfile.conftest import AT, Load

PLANNED = {
    "holiday": {"on"},
    "program": {"start_on", "end_on"},
    "gate": {"planned_on"},
    "step": {"on"},
    "measure": {"baseline_on", "target_on"},
    "phase": {"baseline_start_on", "baseline_end_on", "forecast_start_on", "forecast_end_on"},
    "forecast": {"forecast_on"},
    "rebaselining": {"old_on", "new_on"},
    "milestone": {"baseline_on", "due_on"},
    "event": {"due_before", "due_after"},
    "action": {"requested_for", "promised_for"},
    "raid": {"due_on", "review_on"},
    "debrief": {"planned_on"},
    "assessment": {"closes_on"},
}


def _shapes() -> Iterator[Shape]:
    for module in (nouns, assessments):
        yield from (each for each in vars(module).values() if isinstance(each, Shape))


def test_each_day_of_a_file_tells_of_the_past_or_of_a_plan() -> None:
    days = {
        (shape.kind, field.column)
        for shape in _shapes()
        for field in shape.fields
        if field.type in (Type.DATE, Type.MOMENT)
    }
    told = {(kind, column) for kinds in (PAST, PLANNED) for kind, columns in kinds.items() for column in columns}
    assert days == told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("actual: 2026-05-22", "actual: 2026-11-21"),
        ("actual: {start: 2026-08-31}", "actual: {start: 2026-11-21}"),
        ("readings: [{date: 2026-03-30", "readings: [{date: 2026-11-21"),
        ("said: 2026-10-30", "said: 2026-11-21"),
        ("held: 2026-", "held: 2027-"),
    ],
)
def test_what_has_happened_is_not_after_today(load: Load, sample: str, old: str, new: str) -> None:
    assert old in sample
    with pytest.raises(FileRefused) as refused:
        load(sample.replace(old, new, 1))
    assert "this has happened, so it is not after today" in [problem.message for problem in refused.value.problems]
    assert not Program.objects.exists()


def test_today_is_the_day_of_the_program(load: Load, sample: str) -> None:
    """It is Saturday in Auckland while it is Friday in London."""
    at = AT + dt.timedelta(hours=3)
    text = sample.replace("actual: 2026-05-22", "actual: 2026-11-21", 1)
    with pytest.raises(FileRefused):
        load(text, at=at)
    load(text.replace("timezone: Europe/London", "timezone: Pacific/Auckland", 1), at=at)
    assert Program.objects.exists()
