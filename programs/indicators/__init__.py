"""Figures of outcomes and measures, from values alone: no database, no clock. Formulas: docs/figures.md."""

from programs.indicators.measures import (
    CADENCE_DAYS,
    COUNTS_FROM_DAYS,
    DOWN,
    MAINTAIN,
    UP,
    Freshness,
    Goal,
    Share,
    attainment,
    clamped,
    customer_behaviour_share,
    expected_attainment,
    freshness,
    freshness_at_end,
    is_behind,
    reading_day,
    variance,
)
from programs.indicators.numbers import percent, plain

__all__ = [
    "CADENCE_DAYS",
    "COUNTS_FROM_DAYS",
    "DOWN",
    "MAINTAIN",
    "UP",
    "Freshness",
    "Goal",
    "Share",
    "attainment",
    "clamped",
    "customer_behaviour_share",
    "expected_attainment",
    "freshness",
    "freshness_at_end",
    "is_behind",
    "percent",
    "plain",
    "reading_day",
    "variance",
]
