"""When a phase ends, and by how much that is beyond its baseline, from values alone. Formulas: docs/figures.md."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

PLANNED = "planned"
RUNNING = ("active", "in_review")
OVER = ("closed", "stopped")


@dataclass(frozen=True, kw_only=True)
class PhaseDays:
    """What the end of a phase follows from.

    `milestones_on` are the expected days of its milestones still to be reached, `review_on` the planned day of its
    review that is not decided.
    """

    status: str
    baseline_start_on: dt.date | None
    baseline_end_on: dt.date | None
    forecast_end_on: dt.date | None
    actual_end_on: dt.date | None
    milestones_on: Sequence[dt.date] = ()
    review_on: dt.date | None = None


def side_of(day: dt.date, start_on: dt.date | None, end_on: dt.date | None) -> str:
    """Tell on which side of a phase a day lies: "before", "after", or "" within it or where it has no such day."""
    if start_on is not None and day < start_on:
        return "before"
    return "after" if end_on is not None and day > end_on else ""


def phase_end(phase: PhaseDays, today: dt.date) -> dt.date | None:
    """Return when a phase ended, or when it ends at the earliest; None where nothing tells.

    Of one that is over the actual day alone. Else its forecast, or baseline; while it is under way no earlier than
    today, than what it still has to reach, and than its review.
    """
    if phase.status in OVER:
        return phase.actual_end_on
    said_on = phase.forecast_end_on or phase.baseline_end_on
    if said_on is None or phase.status not in RUNNING:
        return said_on
    review = () if phase.review_on is None else (phase.review_on,)
    return max(said_on, today, *phase.milestones_on, *review)


def schedule_variance_days(phase: PhaseDays, today: dt.date) -> int | None:
    """Return how many days a phase ends after its baseline; negative is early, None where a day is missing.

    One that should have started is behind by at least the days since then.
    """
    end_on = phase_end(phase, today)
    beyond = None if end_on is None or phase.baseline_end_on is None else (end_on - phase.baseline_end_on).days
    if not is_overdue_to_start(phase.status, phase.baseline_start_on, today):
        return beyond
    assert phase.baseline_start_on is not None
    waited = (today - phase.baseline_start_on).days
    return waited if beyond is None else max(beyond, waited)


def is_overdue_to_start(status: str, baseline_start_on: dt.date | None, today: dt.date) -> bool:
    """Tell whether a phase is only planned although it should have started."""
    return status == PLANNED and baseline_start_on is not None and baseline_start_on < today
