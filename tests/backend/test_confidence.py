"""Delivery confidence: each bound, the word over the five, and the sample's."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.overview.indicators import confidence
from backend.overview.indicators.confidence import Rating

R, A, G = Rating.RED, Rating.AMBER, Rating.GREEN


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
    assert confidence.ratings({name: value}) == {name: rating}


def test_the_samples_confidence() -> None:
    rated = confidence.ratings(
        {
            "outcomes": Fraction(4, 7),
            "schedule": Fraction(35),
            "parity": Fraction(0),
            "promises": Fraction(1, 2),
            "risks": Fraction(12),
        }
    )
    assert rated == {"outcomes": A, "schedule": R, "parity": G, "promises": A, "risks": A}
    assert confidence.overall(list(rated.values())) is A


@given(st.lists(st.sampled_from(list(Rating)), max_size=5))
def test_the_word_over_the_five(rated: list[Rating]) -> None:
    word = confidence.overall(rated)
    if not rated:
        assert word is None
    elif rated.count(R) >= 2:
        assert word is R
    elif R in rated or rated.count(A) >= 2:
        assert word is A
    else:
        assert word is G


def test_a_rating_without_data_is_left_out() -> None:
    assert confidence.ratings({"parity": None, "risks": Fraction(3)}) == {"risks": G}


def test_how_high_a_risk_is() -> None:
    assert confidence.risk_score(kind="risk", probability=3, impact=4) == 12
    assert confidence.risk_score(kind="issue", probability=None, impact=4) == 12
    assert confidence.risk_score(kind="assumption", probability=None, impact=4) is None
    assert confidence.risk_score(kind="risk", probability=None, impact=None) is None
