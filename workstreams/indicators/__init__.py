"""Figures of the work, from values alone: no database, no clock. Formulas: docs/figures.md."""

from workstreams.indicators.dates import (
    Calendar,
    DependencyCycle,
    Expected,
    Link,
    Node,
    critical_chain,
    expected_dates,
    in_order,
    slip_days,
)
from workstreams.indicators.parity import Side, mean_days, parity_points
from workstreams.indicators.promises import Commitments, Promises, reasons_ranked

__all__ = [
    "Calendar",
    "Commitments",
    "DependencyCycle",
    "Expected",
    "Link",
    "Node",
    "Promises",
    "Side",
    "critical_chain",
    "expected_dates",
    "in_order",
    "mean_days",
    "parity_points",
    "reasons_ranked",
    "slip_days",
]
