"""Figures of outcomes: the sample's exact values, and what holds for every value."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from programs import indicators
from programs.indicators import Freshness, Goal

DAY = dt.timedelta(days=1)
STATUS = dt.date(2026, 11, 20)
numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)
days = st.dates(dt.date(2025, 1, 1), dt.date(2029, 12, 31))


def goal(direction: str, baseline: str, target: str, starts: str, ends: str) -> Goal:
    return Goal(
        direction=direction,
        baseline=Fraction(baseline),
        target=Fraction(target),
        starts_on=dt.date.fromisoformat(starts),
        target_on=dt.date.fromisoformat(ends),
    )


# Goal, latest reading and its day, attainment in percent, is it behind.
SAMPLE = {
    "M1": (goal("down", "78", "15", "2026-03-31", "2027-06-30"), "55", "2026-10-31", 36.5, True),
    "M2": (goal("down", "31", "14", "2026-03-31", "2027-06-30"), "25", "2026-10-31", 35.3, True),
    "M3": (goal("up", "88.4", "91.5", "2027-07-01", "2027-12-17"), "88.9", "2026-09-30", 16.1, False),
    "M4": (goal("up", "23", "28", "2027-07-01", "2027-12-17"), "23.6", "2026-09-30", 12.0, False),
    "M5": (goal("up", "412", "455", "2027-07-01", "2027-12-17"), "414", "2026-09-30", 4.7, False),
    "M6": (goal("up", "0", "85", "2026-08-31", "2027-01-15"), "58", "2026-11-13", 68.2, False),
    "M7": (goal("up", "10", "70", "2026-12-14", "2027-06-30"), "10", "2026-06-30", 0.0, False),
    "M8": (goal("up", "34", "80", "2026-01-05", "2026-04-03"), "74", "2026-03-30", 87.0, False),
}


@pytest.mark.parametrize("code", sorted(SAMPLE))
def test_the_samples_measures(code: str) -> None:
    one, value, read_on, percent, is_behind = SAMPLE[code]
    reached = indicators.attainment(one, Fraction(value))
    expected = indicators.expected_attainment(one, dt.date.fromisoformat(read_on))
    assert reached is not None
    assert round(float(reached) * 100, 1) == percent
    assert indicators.is_behind(reached, expected, tolerance=Fraction(1, 10)) is is_behind


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    """Any whole goal, up or down."""
    baseline, target = draw(numbers), draw(numbers)
    assume(baseline != target)
    starts_on, target_on = draw(days), draw(days)
    assume(starts_on < target_on)
    direction = "up" if target > baseline else "down"
    return Goal(direction=direction, baseline=baseline, target=target, starts_on=starts_on, target_on=target_on)


@given(goals())
def test_the_baseline_is_nothing_attained_and_the_target_all(one: Goal) -> None:
    assert indicators.attainment(one, one.baseline) == 0
    assert indicators.attainment(one, one.target) == 1


@given(goals(), numbers, numbers)
def test_nearer_the_target_is_never_less(one: Goal, first: Fraction, second: Fraction) -> None:
    low, high = sorted((first, second), reverse=one.direction == "down")
    nearer, farther = indicators.attainment(one, high), indicators.attainment(one, low)
    assert nearer is not None
    assert farther is not None
    assert nearer >= farther


@given(goals(), numbers)
def test_attainment_is_raw_and_its_clamp_lies_within_one(one: Goal, value: Fraction) -> None:
    reached = indicators.attainment(one, value)
    assert reached is not None
    assert one.baseline is not None
    assert one.target is not None
    assert one.baseline + reached * (one.target - one.baseline) == value
    assert 0 <= indicators.clamped(reached) <= 1


@given(goals(), days, days)
def test_what_is_expected_never_falls_and_ends_at_one(one: Goal, first: dt.date, second: dt.date) -> None:
    earlier, later = sorted((first, second))
    before, after = indicators.expected_attainment(one, earlier), indicators.expected_attainment(one, later)
    assert before is not None
    assert after is not None
    assert 0 <= before <= after <= 1
    assert indicators.expected_attainment(one, one.starts_on) == 0
    assert indicators.expected_attainment(one, one.target_on) == 1


@given(goals())
def test_no_reading_is_no_data_and_never_zero(one: Goal) -> None:
    assert indicators.attainment(one, None) is None
    assert indicators.expected_attainment(one, None) is None
    assert indicators.variance(None, Fraction(1)) is None
    assert not indicators.is_behind(None, Fraction(1), tolerance=Fraction(1, 10))


@given(numbers, numbers, numbers)
def test_a_measure_to_maintain_is_inside_its_limits_or_not(low: Fraction, high: Fraction, value: Fraction) -> None:
    assume(low <= high)
    one = Goal(
        direction="maintain", baseline=None, target=None, low=low, high=high, starts_on=STATUS, target_on=STATUS + DAY
    )
    assert indicators.attainment(one, value) == int(low <= value <= high)
    assert indicators.expected_attainment(one, STATUS) == 1


def test_a_goal_that_is_not_whole_attains_nothing_and_expects_nothing() -> None:
    bare = Goal(direction="up", baseline=None, target=Fraction(1), starts_on=STATUS, target_on=None)
    assert indicators.attainment(bare, Fraction(1)) is None
    assert indicators.expected_attainment(bare, STATUS) is None
    no_limits = Goal(direction="maintain", baseline=None, target=None, starts_on=STATUS, target_on=STATUS + DAY)
    assert indicators.attainment(no_limits, Fraction(1)) is None


def test_planned_steps_bend_the_line() -> None:
    one = Goal(
        direction="up",
        baseline=Fraction(0),
        target=Fraction(100),
        starts_on=dt.date(2026, 1, 1),
        target_on=dt.date(2026, 1, 11),
        steps=((dt.date(2026, 1, 6), Fraction(20)),),
    )
    assert indicators.expected_attainment(one, dt.date(2026, 1, 6)) == Fraction(1, 5)
    assert indicators.expected_attainment(one, dt.date(2026, 1, 1) + 3 * DAY) == Fraction(12, 100)
    assert indicators.expected_attainment(one, dt.date(2026, 1, 8)) == Fraction(52, 100)


@pytest.mark.parametrize(
    ("cadence", "days_ago", "lag", "fresh"),
    [
        ("weekly", 7, 0, Freshness.FRESH),
        ("weekly", 8, 0, Freshness.DUE),
        ("weekly", 10, 0, Freshness.DUE),
        ("weekly", 11, 0, Freshness.STALE),
        ("weekly", 11, 4, Freshness.FRESH),
        ("monthly", 31, 0, Freshness.FRESH),
        ("monthly", 46, 0, Freshness.DUE),
        ("monthly", 47, 0, Freshness.STALE),
        ("quarterly", 92, 0, Freshness.FRESH),
        ("quarterly", 138, 0, Freshness.DUE),
        ("quarterly", 139, 0, Freshness.STALE),
    ],
)
def test_how_fresh_a_reading_is(cadence: str, days_ago: int, lag: int, fresh: Freshness) -> None:
    read_on = STATUS - days_ago * DAY
    old = STATUS - 900 * DAY
    assert indicators.freshness(cadence=cadence, read_on=read_on, starts_on=old, today=STATUS, lag_days=lag) is fresh
    # What was never read is counted from its start the same way; there is nothing to read until then.
    unread = Freshness.NONE if fresh is Freshness.FRESH else fresh
    assert indicators.freshness(cadence=cadence, read_on=None, starts_on=read_on, today=STATUS, lag_days=lag) is unread


def test_without_a_start_nothing_is_told_of_what_was_never_read() -> None:
    assert indicators.freshness(cadence="weekly", read_on=None, starts_on=None, today=STATUS) is Freshness.NONE


@pytest.mark.parametrize(
    ("read", "due", "lag", "fresh"),
    [
        (None, 1, 0, Freshness.NONE),
        (None, 0, 0, Freshness.NONE),
        (-300, 0, 0, Freshness.FRESH),
        (-300, -3, 3, Freshness.FRESH),
        (-300, -4, 3, Freshness.DUE),
        (-33, -1, 0, Freshness.DUE),
        # Read 31 days before its day, for it.
        (-32, -1, 0, Freshness.FRESH),
        (None, -15, 0, Freshness.DUE),
        (None, -16, 0, Freshness.STALE),
        (-2, -16, 0, Freshness.FRESH),
    ],
)
def test_a_measure_of_its_phases_end_is_due_then(read: int | None, due: int, lag: int, fresh: Freshness) -> None:
    read_on = None if read is None else STATUS + read * DAY
    day = STATUS + due * DAY
    assert indicators.freshness_at_end(read_on=read_on, due_on=day, today=STATUS, lag_days=lag) is fresh


def test_near_a_later_target_date_that_is_what_is_read_for() -> None:
    def read_for(ends: int | None, target: int | None) -> int | None:
        ends_on, target_on = (None if day is None else STATUS + day * DAY for day in (ends, target))
        found = indicators.reading_day(ends_on=ends_on, target_on=target_on, today=STATUS)
        return None if found is None else (found - STATUS).days

    assert read_for(-200, 32) == -200
    assert read_for(-200, 31) == 31
    assert read_for(5, -1) == 5
    assert read_for(None, 10) == 10
    assert read_for(None, None) is None


def test_once_the_target_date_is_past_less_than_all_of_it_is_behind() -> None:
    almost, tolerance = Fraction(95, 100), Fraction(1, 10)
    assert not indicators.is_behind(almost, Fraction(1), tolerance=tolerance)
    assert indicators.is_behind(almost, Fraction(1), tolerance=tolerance, is_past_target=True)
    assert not indicators.is_behind(Fraction(1), Fraction(1), tolerance=tolerance, is_past_target=True)
    assert not indicators.is_behind(None, Fraction(1), tolerance=tolerance, is_past_target=True)


@pytest.mark.parametrize(
    ("low", "high", "value", "attained"), [(40, None, 55, 1), (40, None, 39, 0), (None, 10, 10, 1), (None, 10, 11, 0)]
)
def test_one_limit_is_enough_to_maintain(low: int | None, high: int | None, value: int, attained: int) -> None:
    limits: dict[str, Any] = {"low": None if low is None else Fraction(low), "high": high and Fraction(high)}
    one = Goal(direction="maintain", baseline=None, target=None, starts_on=None, target_on=None, **limits)
    assert indicators.attainment(one, Fraction(value)) == attained
    assert indicators.expected_attainment(one, STATUS) == 1


def test_the_share_of_customer_behaviour() -> None:
    share = indicators.customer_behaviour_share(["customer_behaviour"] * 3 + ["internal"] * 5)
    assert (share.part, share.whole, share.fraction) == (3, 8, Fraction(3, 8))
    assert indicators.customer_behaviour_share([]).fraction is None
