"""The measures of an outcome over time: their readings, and the pictures of them."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import F

from core.accounts.queries import name_of
from programs.indicators import MAINTAIN, chart
from programs.indicators.chart import Chart, Course
from programs.models import Measurement, Outcome
from programs.queries.figures import Figures, measured
from programs.queries.measures import shown

Row = dict[str, Any]
MOST_READINGS = 500
# As wide as the page's column, and as a phone: each keeps its words at their size.
SIZES = {"wide": {"width": 760, "height": 240, "gutter": 150}, "narrow": {"width": 328, "height": 210, "gutter": 92}}
_COLUMNS = (
    "name", "kind", "unit", "source", "owner_id", "version", "outcome_id", "outcome__code", "outcome__statement",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """A measure on its page: its row, its figures, its readings (the newest first) and its pictures."""

    row: Row
    readings: list[Row]
    charts: dict[str, Chart]

    @property
    def has_corrected(self) -> bool:
        """Tell whether a reading was corrected, so that the legend says what a hollow point is."""
        return any(reading["superseded_by_id"] for reading in self.readings)

    @property
    def figures(self) -> Figures:
        """Where it stands."""
        figures: Figures = self.row["figures"]
        return figures


def measures_of(outcome: Outcome, today: dt.date) -> list[Measured]:
    """Return the measures of an outcome with all that their pictures need, customer behaviour first: three queries."""
    rows = measured(outcome.measures.order_by("pk"), today, *_COLUMNS, owner_name=F("owner__name"))
    readings = _readings([row["pk"] for row in rows])
    found = [
        Measured(
            row=shown(row),
            readings=readings[row["pk"]][:MOST_READINGS],
            charts=_charts(row["figures"], readings[row["pk"]], today),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.row["is_behaviour"])


def _readings(measure_ids: list[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {pk: [] for pk in measure_ids}
    rows = Measurement.objects.filter(measure_id__in=measure_ids).order_by("-measured_on", "-pk")
    columns = ("pk", "measure_id", "value", "measured_on", "recorded_on", "note", "evidence_url", "supersedes_id")
    for row in rows.values(*columns, by_name=name_of("recorded_by"), superseded_by_id=F("superseded_by__id")):
        found[row["measure_id"]].append(row)
    return found


def _charts(figures: Figures, readings: list[Row], today: dt.date) -> dict[str, Chart]:
    points = [
        chart.Reading(row["pk"], row["measured_on"], Fraction(row["value"]), row["superseded_by_id"] is not None)
        for row in readings
    ]
    course = _course(figures)
    drawn = {name: chart.draw(points, course, today=today, **size) for name, size in SIZES.items()}
    return {name: picture for name, picture in drawn.items() if picture is not None}


def _course(figures: Figures) -> Course:
    goal = figures.goal
    if goal.direction == MAINTAIN:
        days = [(on, goal.baseline) for on in (goal.starts_on, goal.target_on) if on and goal.baseline is not None]
        limits = {name: value for name, value in (("high", goal.high), ("low", goal.low)) if value is not None}
        return Course(expected=days if limits else (), levels=limits, band=(goal.low, goal.high) if limits else None)
    levels = {
        name: value for name, value in (("baseline", goal.baseline), ("target", goal.target)) if value is not None
    }
    if goal.baseline is None or goal.target is None or goal.starts_on is None or goal.target_on is None:
        return Course(levels=levels)
    inside = [(on, value) for on, value in sorted(goal.steps) if goal.starts_on < on < goal.target_on]
    return Course(expected=[(goal.starts_on, goal.baseline), *inside, (goal.target_on, goal.target)], levels=levels)
