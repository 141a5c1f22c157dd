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
from workstreams.indicators.gates import Line, money, tally
from workstreams.indicators.lateness import days_late
from workstreams.indicators.parity import Side, mean_days, parity_points
from workstreams.indicators.phases import PhaseDays, is_overdue_to_start, phase_end, schedule_variance_days, side_of
from workstreams.indicators.promises import Commitments, Promises, reasons_ranked
from workstreams.indicators.risks import risk_score

__all__ = [
    "Calendar",
    "Commitments",
    "DependencyCycle",
    "Expected",
    "Line",
    "Link",
    "Node",
    "PhaseDays",
    "Promises",
    "Side",
    "critical_chain",
    "days_late",
    "expected_dates",
    "in_order",
    "is_overdue_to_start",
    "mean_days",
    "money",
    "parity_points",
    "phase_end",
    "reasons_ranked",
    "risk_score",
    "schedule_variance_days",
    "side_of",
    "slip_days",
    "tally",
]
