"""The figures of measures: attainment, what was expected of it, freshness. Rows in, exact fractions out."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from programs import indicators
from programs.choices import ENDED_OUTCOMES, Cadence, OutcomeStatus
from programs.indicators import Freshness, Goal
from programs.models import Measure, Outcome, PlannedStep
from programs.queries.due import newest, reading_day

Row = Mapping[str, Any]
# What a row of a measure must have for its figures, besides what newest_columns() adds.
COLUMNS = (
    "direction", "baseline", "baseline_on", "target", "target_on", "low", "high", "cadence", "reporting_lag_days",
    "outcome__status", "outcome__phase__baseline_start_on", "outcome__phase__actual_start_on",
)  # fmt: skip
Step = tuple[dt.date, Decimal]


def newest_columns() -> dict[str, Any]:
    """Return what a query of measures adds for their figures: the newest reading, and the day one is read for."""
    return {
        "latest_value": newest("value"),
        "latest_on": newest("measured_on"),
        "read_for": reading_day("outcome__phase__"),
    }


@dataclass(frozen=True)
class Figures:
    """Where a measure stands; None where there is no reading or no whole goal: no data is never zero."""

    goal: Goal
    attainment: Fraction | None
    expected: Fraction | None
    variance: Fraction | None
    is_behind: bool
    freshness: Freshness
    expected_value: Fraction | None

    @property
    def is_on_track(self) -> bool:
        """Tell whether it was read, is known to stand where it should, and was read lately enough."""
        return self.variance is not None and not self.is_behind and self.freshness != Freshness.STALE

    @property
    def word(self) -> str:
        """Say it in one of: none, behind, ahead, expected."""
        if self.variance is None:
            return "none"
        if self.is_behind:
            return "behind"
        return "ahead" if self.variance > 0 else "expected"


def figures(row: Row, steps: Iterable[Step], today: dt.date) -> Figures:
    """Return the figures of one measure on a day."""
    goal = goal_of(row, steps)
    reached = indicators.attainment(goal, _exact(row["latest_value"]))
    expected = indicators.expected_attainment(goal, row["latest_on"])
    return Figures(
        goal=goal,
        attainment=reached,
        expected=expected,
        variance=indicators.variance(reached, expected),
        is_behind=indicators.is_behind(
            reached,
            expected,
            tolerance=settings.BEHIND_TOLERANCE,
            is_past_target=row["target_on"] is not None and today > row["target_on"],
        ),
        freshness=_freshness(row, today),
        expected_value=value_at(goal, expected),
    )


def goal_of(row: Row, steps: Iterable[Step]) -> Goal:
    """Return what a measure is to reach, from the day on which it starts."""
    return Goal(
        direction=row["direction"],
        baseline=_exact(row["baseline"]),
        target=_exact(row["target"]),
        starts_on=_goal_starts_on(row),
        target_on=row["target_on"],
        low=_exact(row["low"]),
        high=_exact(row["high"]),
        steps=[(day, Fraction(value)) for day, value in steps],
    )


def _goal_starts_on(row: Row) -> dt.date | None:
    baseline_on: dt.date | None = row["baseline_on"]
    phase_starts_on: dt.date | None = row["outcome__phase__baseline_start_on"]
    if baseline_on is None or phase_starts_on is None:
        return baseline_on
    starts_on = max(baseline_on, phase_starts_on)
    # Where the target is due before its phase begins, the line is drawn from the baseline.
    return baseline_on if row["target_on"] is not None and row["target_on"] <= starts_on else starts_on


def value_at(goal: Goal, attainment: Fraction | None) -> Fraction | None:
    """Return the value, in the measure's own unit, at which it has attained so much; None to maintain."""
    if attainment is None or goal.baseline is None or goal.target is None or goal.direction == indicators.MAINTAIN:
        return None
    return goal.baseline + (goal.target - goal.baseline) * attainment


def steps_of(measure_ids: Collection[int]) -> Mapping[int, list[Step]]:
    """Return the planned values of measures, by measure, in one query."""
    found: dict[int, list[Step]] = {pk: [] for pk in measure_ids}
    rows = PlannedStep.objects.filter(measure_id__in=measure_ids).order_by("measure_id", "on")
    for measure_id, on, value in rows.values_list("measure_id", "on", "value"):
        found[measure_id].append((on, value))
    return found


def measured(measures: QuerySet[Measure], today: dt.date, *columns: str, **named: Any) -> list[dict[str, Any]]:
    """Return measures as rows with their columns, `latest_value`, `latest_on` and `figures`, in two queries."""
    wanted = dict.fromkeys(("pk", "code", *columns, *COLUMNS))
    rows: list[dict[str, Any]] = list(measures.values(*wanted, **newest_columns(), **named))
    steps = steps_of([row["pk"] for row in rows])
    return [row | {"figures": figures(row, steps[row["pk"]], today)} for row in rows]


def active_measures(program_id: int) -> QuerySet[Measure]:
    """Return the measures of a program whose outcome is not withdrawn."""
    measures = Measure.objects.filter(program_id=program_id)
    return measures.exclude(outcome__status=OutcomeStatus.WITHDRAWN).order_by("pk")


def short_of_target(outcome: Outcome) -> list[str]:
    """Return by code which measures of an outcome did not reach their target; the outcome itself, if it has none.

    What was never read did not reach it.
    """
    rows = list(outcome.measures.order_by("pk").values("code", *COLUMNS, **newest_columns()))
    found = {row["code"]: _attained(row) for row in rows}
    short = [code for code, reached in found.items() if reached is None or reached < 1]
    return short if rows else [outcome.code]


def _attained(row: Row) -> Fraction | None:
    return indicators.attainment(goal_of(row, ()), _exact(row["latest_value"]))


def _freshness(row: Row, today: dt.date) -> Freshness:
    """Return how fresh a reading is; of an outcome that has ended nothing more is read."""
    if row["outcome__status"] in ENDED_OUTCOMES:
        return Freshness.NONE
    read_on, lag_days = row["latest_on"], row["reporting_lag_days"]
    if row["cadence"] == Cadence.PHASE:
        day = indicators.reading_day(ends_on=row["read_for"], target_on=row["target_on"], today=today)
        return indicators.freshness_at_end(read_on=read_on, due_on=day, today=today, lag_days=lag_days)
    return indicators.freshness(
        cadence=row["cadence"], read_on=read_on, starts_on=_counted_from(row), today=today, lag_days=lag_days
    )


def _counted_from(row: Row) -> dt.date | None:
    """Return the day from which a measure that was never read is counted."""
    baseline_on: dt.date | None = row["baseline_on"]
    started_on: dt.date | None = row["outcome__phase__actual_start_on"]
    if baseline_on is None:
        return started_on
    return max(baseline_on, row["outcome__phase__baseline_start_on"] or baseline_on)


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)
