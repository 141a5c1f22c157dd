"""Figures of assessments: what holds for every judgement, and a few exact values."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import indicators
from assessments.choices import Documents
from assessments.indicators import Judged, Score, Voices
from programs.indicators import Share

percents = st.integers(0, 20).map(lambda step: step * 5)
tests_of_evidence = st.none() | st.booleans()


@st.composite
def judgements(draw: st.DrawFn) -> Judged:
    """A criterion, answered, unanswered or not applicable."""
    is_not_applicable = draw(st.booleans())
    return Judged(
        points=draw(st.integers(0, 120)),
        percent=None if is_not_applicable else draw(st.none() | percents),
        is_not_applicable=is_not_applicable,
        holds=draw(tests_of_evidence),
    )


sections = st.lists(judgements(), max_size=12)
templates = st.lists(sections, max_size=9)
answered = st.builds(Judged, points=st.integers(1, 120), percent=percents, holds=tests_of_evidence)


@given(judgements())
def test_points_never_exceed_a_criterion(judged: Judged) -> None:
    one = indicators.score([judged])
    assert 0 <= one.points <= one.answered <= one.applicable <= one.of == judged.points


@given(templates)
def test_points_never_exceed_a_section_or_the_total(template: list[list[Judged]]) -> None:
    scores = [indicators.score(section) for section in template]
    whole = indicators.total(scores)
    for one in (*scores, whole):
        assert 0 <= one.points <= one.answered <= one.applicable <= one.of
        assert one.gap == one.answered - one.points >= 0
        assert one.unanswered >= 0
        assert 0 <= (one.evidenced or 0) <= one.answered
        if one.rescaled is not None:
            assert one.points <= one.rescaled <= one.of
    assert whole.of == sum(each.points for section in template for each in section)
    assert whole == indicators.score(each for section in template for each in section)


@given(sections, st.integers(1, 120), st.booleans())
def test_unanswered_and_not_applicable_never_count_as_zero(
    section: list[Judged], points: int, is_not_applicable: bool
) -> None:
    before = indicators.score(section)
    after = indicators.score([*section, Judged(points=points, is_not_applicable=is_not_applicable)])
    assert (after.points, after.answered) == (before.points, before.answered)
    assert (after.percent, after.gap, after.coverage) == (before.percent, before.gap, before.coverage)
    assert after.of == before.of + points
    assert after.unanswered == before.unanswered + (0 if is_not_applicable else points)
    zero = indicators.score([*section, Judged(points=points, percent=0)])
    assert zero.gap == before.gap + points


@given(st.integers(0, 120), st.sampled_from([0, 100]))
def test_yes_or_no_gives_all_or_nothing(points: int, percent: int) -> None:
    assert indicators.score([Judged(points, percent)]).points == (points if percent else 0)


@given(sections, st.data())
def test_the_tests_of_evidence_never_change_points(section: list[Judged], data: st.DataObject) -> None:
    other = [replace(each, holds=data.draw(tests_of_evidence)) for each in section]
    one, two = indicators.score(section), indicators.score(other)
    assert replace(one, evidenced=None) == replace(two, evidenced=None)
    assert one.percent == two.percent


@given(st.lists(st.builds(Judged, points=st.integers(1, 60), percent=percents), min_size=1), st.data())
def test_what_does_not_apply_is_rescaled_to_the_whole(section: list[Judged], data: st.DataObject) -> None:
    left_out = data.draw(st.integers(0, len(section) - 1))
    without = [
        replace(each, percent=None, is_not_applicable=True) if place < left_out else each
        for place, each in enumerate(section)
    ]
    one = indicators.score(without)
    assert one.percent is not None
    assert one.rescaled == one.percent * one.of


def test_where_nothing_applies_there_is_no_figure() -> None:
    nothing = indicators.score([Judged(10, is_not_applicable=True)])
    assert (nothing.rescaled, nothing.percent, nothing.coverage) == (None, None, None)
    assert indicators.bar(nothing) is None
    assert indicators.score([]) == Score(of=0, applicable=0, answered=0, points=Fraction())


def test_evidence_coverage_is_of_the_points_that_were_answered() -> None:
    section = [Judged(20, 80, holds=True), Judged(10, 80, holds=False), Judged(10, 50), Judged(60)]
    assert indicators.score(section).coverage == Fraction(20, 40)
    assert indicators.score([Judged(20, 80)]).coverage is None


@given(st.lists(answered, min_size=1, max_size=12), st.data())
def test_a_change_is_the_difference_of_points_where_everything_was_answered(
    section: list[Judged], data: st.DataObject
) -> None:
    later = [replace(each, percent=data.draw(percents)) for each in section]
    then, now = indicators.score(section), indicators.score(later)
    assert indicators.change(now, then) == now.points - then.points
    assert indicators.change(now, then) == -indicators.change(then, now)  # type: ignore[operator]


@given(st.lists(answered, min_size=1, max_size=12), st.lists(judgements(), max_size=6), st.booleans())
def test_what_is_not_answered_changes_no_trend(
    section: list[Judged], more: list[Judged], is_not_applicable: bool
) -> None:
    silent = [replace(each, percent=None, is_not_applicable=is_not_applicable) for each in more]
    then, now = indicators.score(section), indicators.score([*section, *silent])
    assert indicators.change(now, then) == 0


@given(sections, st.integers(1, 60))
def test_there_is_no_trend_from_or_to_what_nobody_answered(section: list[Judged], points: int) -> None:
    nothing, one = indicators.score([Judged(points)]), indicators.score(section)
    assert indicators.change(nothing, one) is None
    assert indicators.change(one, nothing) is None


@pytest.mark.parametrize(
    ("points", "whole"), [("491.4", 491), ("491.5", 492), ("0", 0), ("-0.5", 0), ("-1.75", -2), ("101.75", 102)]
)
def test_points_are_shown_whole(points: str, whole: int) -> None:
    assert indicators.shown(Fraction(points)) == whole


@given(judgements(), judgements(), st.none() | st.fractions(0, 2))
def test_a_bar_stays_between_its_ends(now: Judged, then: Judged, target: Fraction | None) -> None:
    bar = indicators.bar(indicators.score([now]), indicators.score([then]), target)
    if bar is None:
        assert now.is_not_applicable or not now.points
        return
    assert 0 <= bar.reached <= 100
    assert bar.reached + bar.unanswered <= 100
    assert bar.unanswered_from == 100 - bar.unanswered
    for mark in (bar.then, bar.target):
        assert mark is None or 0 <= mark <= 100


def test_a_bar_marks_last_time_and_the_target() -> None:
    section = [Judged(60, 50), Judged(40)]
    bar = indicators.bar(indicators.score(section), indicators.score([Judged(100, 20)]), Fraction(62, 100))
    assert bar is not None
    assert (bar.reached, bar.unanswered, bar.unanswered_from, bar.then, bar.target) == (30, 40, 60, 20, 62)


@pytest.mark.parametrize(
    ("has_owner", "is_consistent", "documents", "expected"),
    [
        (True, True, Documents.DONE, True),
        (True, True, Documents.PLANNED, True),
        (True, True, Documents.NONE, False),
        (False, None, "", False),
        (True, None, Documents.DONE, None),
        (None, None, "", None),
    ],
)
def test_tests_hold_once_all_three_do(
    has_owner: bool | None, is_consistent: bool | None, documents: str, expected: bool | None
) -> None:
    assert indicators.holds(has_owner, is_consistent, documents) is expected


@pytest.mark.parametrize(
    ("percent", "holds", "expected"), [(70, False, True), (65, False, False), (100, True, False), (100, None, False)]
)
def test_a_high_answer_that_fails_a_test_is_pointed_out(percent: int, holds: bool | None, expected: bool) -> None:
    assert indicators.is_doubtful(percent, holds, high=70) is expected


def test_there_is_a_gap_between_vision_and_reality_from_three_answers_a_side() -> None:
    leaders, others = Voices(3, 240), Voices(4, 180)
    assert indicators.vision_reality_gap(leaders, others) == 80 - 45
    assert indicators.vision_reality_gap(Voices(2, 160), others) is None
    assert indicators.vision_reality_gap(leaders, Voices(2, 90)) is None
    assert indicators.vision_reality_gap(Voices(), Voices()) is None


def test_engagement_is_all_three_together() -> None:
    done = indicators.Engagement(promises=Share(2, 3), decisions=Share(1, 1), debriefs=Share(0, 0))
    assert done.together == Share(3, 4)
