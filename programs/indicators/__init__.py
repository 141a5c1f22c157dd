"""Figures of outcomes and measures, from values alone: no database, no clock. Formulas: docs/figures.md."""

from programs.indicators.measures import (
    CADENCE_DAYS,
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
    is_behind,
    schedule_variance_days,
    variance,
)
from programs.indicators.numbers import percent, plain

__all__ = [
    "CADENCE_DAYS",
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
    "is_behind",
    "percent",
    "plain",
    "schedule_variance_days",
    "variance",
]
