"""When phases end and by how much that is beyond their baselines: reckoned here for pages, lists and figures."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max

from programs.queries.days import Days
from workstreams import indicators
from workstreams.choices import GateState, MilestoneState
from workstreams.indicators import PhaseDays
from workstreams.models import GateReview

Row = Mapping[str, Any]
# What a row of a phase has to bring.
COLUMNS = ("status", "baseline_start_on", "baseline_end_on", "forecast_end_on", "actual_end_on")


def reviews(days: Days) -> dict[int, dt.date]:
    """Return the planned days of the reviews that are not decided, by phase, in one query; the latest of several."""
    rows = GateReview.objects.filter(program_id__in=days).exclude(state=GateState.DECIDED)
    return dict(rows.order_by().values_list("phase_id").annotate(on=Max("planned_on")))


def still_to_reach(milestones: Iterable[Row]) -> dict[int, list[dt.date]]:
    """Return by phase when milestones still to be reached are expected; rows bring phase_id, state and expected_on."""
    found: dict[int, list[dt.date]] = {}
    for row in milestones:
        if row["state"] == MilestoneState.PLANNED:
            found.setdefault(row["phase_id"], []).append(row["expected_on"])
    return found


def dated(
    row: Row, today: dt.date, *, milestones_on: Sequence[dt.date] = (), review_on: dt.date | None = None
) -> dict[str, Any]:
    """Return when a phase ends, by how much that is beyond its baseline, and whether it should have started."""
    days = PhaseDays(**{name: row[name] for name in COLUMNS}, milestones_on=milestones_on, review_on=review_on)
    return {
        "ends_on": indicators.phase_end(days, today),
        "variance_days": indicators.schedule_variance_days(days, today),
        "is_overdue_to_start": indicators.is_overdue_to_start(row["status"], row["baseline_start_on"], today),
    }
