"""What a measure is to reach, in words."""

from decimal import Decimal

import pytest

from programs.templatetags.measures import goal


@pytest.mark.parametrize(
    ("direction", "target", "low", "high", "words"),
    [
        ("up", 80, None, None, "80"),
        ("down", None, None, None, ""),
        ("maintain", None, 40, 60, "40–60"),
        ("maintain", None, 40, None, "≥ 40"),
        ("maintain", None, None, Decimal("9.5"), "≤ 9.5"),
        ("maintain", None, 0, None, "≥ 0"),
        ("maintain", None, None, None, ""),
    ],
)
def test_a_goal_is_told(direction: str, target: int | None, low: int | None, high: Decimal | None, words: str) -> None:
    assert goal({"direction": direction, "target": target, "low": low, "high": high}) == words
