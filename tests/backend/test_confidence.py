"""Delivery confidence: each bound, the word over the five, and the sample's."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.overview.indicators import confidence
from backend.overview.indicators.confidence import DueMilestones, Rating

R, A, G = Rating.RED, Rating.AMBER, Rating.GREEN
NONE_DUE = DueMilestones(due=0, still_open=0, worst_days=0)


@pytest.mark.parametrize(
    ("name", "value", "rating"),
    [
        ("outcomes", Fraction(8, 10), G),
        ("outcomes", Fraction(79, 100), A),
        ("outcomes", Fraction(5, 10), A),
        ("outcomes", Fraction(49, 100), R),
        ("schedule", Fraction(7), G),
        ("schedule", Fraction(8), A),
        ("schedule", Fraction(30), A),
        ("schedule", Fraction(31), R),
        ("parity", Fraction(-15), G),
        ("parity", Fraction(-16), A),
        ("parity", Fraction(-30), A),
        ("parity", Fraction(-31), R),
        ("promises", Fraction(1, 2), A),
        ("risks", Fraction(11), G),
        ("risks", Fraction(12), A),
        ("risks", Fraction(15), A),
        ("risks", Fraction(16), R),
    ],
)
def test_each_bound(name: str, value: Fraction, rating: Rating) -> None:
    assert confidence.ratings({name: value}, milestones=NONE_DUE) == {name: rating}


def test_the_samples_confidence() -> None:
    rated = confidence.ratings(
        {
            "outcomes": Fraction(4, 7),
            "schedule": Fraction(35),
            "parity": Fraction(0),
            "promises": Fraction(1, 2),
            "risks": Fraction(12),
        },
        milestones=NONE_DUE,
    )
    assert rated == {"outcomes": A, "schedule": R, "parity": G, "promises": A, "risks": A}
    assert confidence.overall(rated) is A


NAMES = ("outcomes", "schedule", "parity", "promises", "risks")


@given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(list(Rating))))
def test_the_word_over_the_five(rated: dict[str, Rating]) -> None:
    word, reds, ambers = confidence.overall(rated), *(list(rated.values()).count(each) for each in (R, A))
    if reds >= 2 or (reds == 1 and len(rated) < 3):
        assert word is R
    elif reds or ambers >= 2:
        assert word is A
    elif len(rated) >= 3 and {"outcomes", "schedule"} <= rated.keys():
        assert word is G
    else:
        assert word is None


@pytest.mark.parametrize(
    ("due", "still_open", "worst_days", "rating"),
    [
        (0, 0, 0, None),
        (8, 0, 0, G),
        (8, 1, 7, G),
        (8, 1, 8, A),
        # However long ago: a quarter of what is due is not most of it.
        (8, 2, 300, A),
        (8, 3, 30, A),
        (8, 3, 31, R),
    ],
)
def test_milestones_due_rate_the_schedule(due: int, still_open: int, worst_days: int, rating: Rating | None) -> None:
    found = DueMilestones(due=due, still_open=still_open, worst_days=worst_days)
    assert confidence.rate_milestones(found) is rating


def test_the_schedule_is_the_worse_of_its_phases_and_its_milestones() -> None:
    late = DueMilestones(due=4, still_open=2, worst_days=40)
    assert confidence.ratings({"schedule": Fraction(0)}, milestones=late) == {"schedule": R}
    assert confidence.ratings({"schedule": None}, milestones=late) == {"schedule": R}
    assert confidence.ratings({"schedule": Fraction(35)}, milestones=NONE_DUE) == {"schedule": R}


def test_a_rating_without_data_is_left_out() -> None:
    assert confidence.ratings({"parity": None, "risks": Fraction(3)}, milestones=NONE_DUE) == {"risks": G}


def test_how_high_a_risk_is() -> None:
    assert confidence.risk_score(kind="risk", probability=3, impact=4) == 12
    assert confidence.risk_score(kind="issue", probability=None, impact=4) == 12
    assert confidence.risk_score(kind="assumption", probability=None, impact=4) is None
    assert confidence.risk_score(kind="risk", probability=None, impact=None) is None
