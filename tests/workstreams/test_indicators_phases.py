"""When a phase ends, and by how much that is beyond its baseline."""

import datetime as dt
from typing import Any

import pytest

from workstreams import indicators
from workstreams.indicators import PhaseDays

TODAY = dt.date(2026, 11, 30)
DAY = dt.timedelta(days=1)


def phase(status: str = "active", **days: int | None) -> PhaseDays:
    """Return a phase by days from today."""
    named: dict[str, Any] = {f"{name}_on": None if n is None else TODAY + n * DAY for name, n in days.items()}
    blank = dict.fromkeys(("baseline_start_on", "baseline_end_on", "forecast_end_on", "actual_end_on"))
    return PhaseDays(status=status, **{**blank, **named})


@pytest.mark.parametrize(
    ("days", "variance"),
    [
        # Nobody said another day: under way it ends today at the earliest.
        (phase(baseline_end=-90), 90),
        (phase(status="in_review", baseline_end=-90), 90),
        (phase(baseline_end=10), 0),
        (phase(baseline_end=-5, forecast_end=30), 35),
        (phase(baseline_end=30, forecast_end=20), -10),
        (phase(baseline_end=10, review=25), 15),
        # Planned ones may still begin in time; once their start is past they wait.
        (phase(status="planned", baseline_end=-5), 0),
        (phase(status="planned", baseline_start=0, baseline_end=40), 0),
        (phase(status="planned", baseline_start=-20, baseline_end=40), 20),
        (phase(status="planned", baseline_start=-20, baseline_end=40, forecast_end=100), 60),
        (phase(status="planned", baseline_start=-20), 20),
        # Of what is over only the actual day counts.
        (phase(status="closed", baseline_end=-90, actual_end=-85), 5),
        (phase(status="stopped", baseline_end=-90), None),
        (phase(forecast_end=10), None),
        (phase(), None),
    ],
)
def test_by_how_much_a_phase_is_beyond_its_baseline(days: PhaseDays, variance: int | None) -> None:
    assert indicators.schedule_variance_days(days, TODAY) == variance


def test_a_phase_ends_no_earlier_than_what_it_has_to_reach() -> None:
    baseline = TODAY + 10 * DAY
    blank: dict[str, Any] = dict.fromkeys(("baseline_start_on", "forecast_end_on", "actual_end_on"))
    late = PhaseDays(
        status="active", baseline_end_on=baseline, milestones_on=[TODAY + 125 * DAY, TODAY + 3 * DAY], **blank
    )
    assert indicators.phase_end(late, TODAY) == TODAY + 125 * DAY
    assert indicators.schedule_variance_days(late, TODAY) == 115
