"""The picture of a measure: where values and days stand, what a level's label may not cover."""

import datetime as dt
import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.indicators import chart
from programs.indicators.chart import Course, Reading

TODAY = dt.date(2026, 11, 20)
SIZE = {"width": 760, "height": 240, "gutter": 150}
values = st.fractions(min_value=-1000, max_value=1000, max_denominator=100)
readings = st.lists(
    st.builds(
        Reading,
        key=st.integers(1, 1000),
        on=st.dates(dt.date(2025, 1, 1), TODAY),
        value=values,
        is_corrected=st.booleans(),
    ),
    min_size=1,
    max_size=20,
)


def test_nothing_to_draw() -> None:
    assert chart.draw([], Course(), today=TODAY, **SIZE) is None


@given(found=readings, baseline=values, target=values)
def test_everything_stands_inside_the_picture(found: list[Reading], baseline: Fraction, target: Fraction) -> None:
    course = Course(expected=[(dt.date(2025, 3, 1), baseline), (dt.date(2027, 6, 30), target)])
    drawn = chart.draw(found, course, today=TODAY, **SIZE)
    assert drawn is not None
    assert len(drawn.dots) == len(found)
    for dot in drawn.dots:
        assert drawn.left <= dot.x <= drawn.right
        assert chart.TOP <= dot.y <= drawn.bottom
    assert len(drawn.values) <= 6


@given(values, values, values, values)
def test_no_label_covers_another(a: Fraction, b: Fraction, c: Fraction, d: Fraction) -> None:
    course = Course(levels={"baseline": a, "target": b, "high": c, "low": d})
    drawn = chart.draw([Reading(1, TODAY, a)], course, today=TODAY, **SIZE)
    assert drawn is not None
    heights = [level.label_y for level in drawn.levels]
    assert all(below - above >= chart.LINE - 0.1 for above, below in itertools.pairwise(heights))
    assert max(heights) <= drawn.bottom


def test_the_line_leaves_out_what_was_corrected_and_goes_by_day() -> None:
    found = [
        Reading(3, dt.date(2026, 10, 31), Fraction(25)),
        Reading(1, dt.date(2026, 9, 30), Fraction(280), is_corrected=True),
        Reading(2, dt.date(2026, 9, 30), Fraction(28)),
    ]
    drawn = chart.draw(found, Course(), today=TODAY, **SIZE)
    assert drawn is not None
    by_key = {dot.key: dot for dot in drawn.dots}
    assert drawn.line == f"M{by_key[2].x} {by_key[2].y}L{by_key[3].x} {by_key[3].y}"
    assert [dot.key for dot in drawn.dots if dot.is_corrected] == [1]


def test_a_band_has_its_limits_and_a_lower_value_stands_lower() -> None:
    course = Course(levels={"high": Fraction(9), "low": Fraction(1)}, band=(Fraction(1), Fraction(9)))
    drawn = chart.draw([Reading(1, TODAY, Fraction(5))], course, today=TODAY, **SIZE)
    assert drawn is not None and drawn.band is not None
    assert drawn.band[0] < drawn.dots[0].y < drawn.band[1]
    assert drawn.band_height > 0
    assert [level.name for level in drawn.levels] == ["high", "low"]


@pytest.mark.parametrize(("low", "high"), [(Fraction(1), None), (None, Fraction(9))])
def test_a_band_without_a_limit_goes_on_to_the_edge(low: Fraction | None, high: Fraction | None) -> None:
    limits = {name: limit for name, limit in (("low", low), ("high", high)) if limit is not None}
    drawn = chart.draw([Reading(1, TODAY, Fraction(5))], Course(levels=limits, band=(low, high)), today=TODAY, **SIZE)
    assert drawn is not None and drawn.band is not None
    top, bottom = drawn.band
    assert top < drawn.dots[0].y < bottom
    assert (top == chart.TOP) is (high is None)
    assert (bottom == drawn.bottom) is (low is None)
