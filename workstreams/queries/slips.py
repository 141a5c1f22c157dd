"""The milestones of programs with the dates they are expected on, their slips, and whether change keeps pace."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import Count, F

from programs.queries.days import Days
from workstreams import indicators
from workstreams.choices import Discipline, MilestoneState
from workstreams.indicators import Expected, Side
from workstreams.models import Milestone
from workstreams.queries import network as networks
from workstreams.queries.network import Network

Row = dict[str, Any]


@dataclass(frozen=True)
class Parity:
    """Each discipline's milestones due by baseline, change less project in points, and whether that is an alert."""

    project: Side
    change: Side

    @property
    def points(self) -> Fraction | None:
        """Change reached less project reached, in points; None where a side has none due."""
        return indicators.parity_points(change=self.change, project=self.project)

    @property
    def is_alert(self) -> bool:
        """Tell whether change lags too far behind."""
        return self.points is not None and self.points < settings.PARITY_ALERT


def milestones(days: Days, known: Mapping[int, Network] | None = None) -> dict[int, list[Row]]:
    """Return the milestones of programs that are not cancelled, by program, in two queries; in one with networks."""
    expected = {pk: network.expected for pk, network in (known or networks.networks(days)).items()}
    rows = Milestone.objects.filter(program_id__in=days).exclude(state=MilestoneState.CANCELLED)
    columns = ("pk", "program_id", "code", "name", "state", "baseline_on", "due_on", "actual_on")
    found: dict[int, list[Row]] = {pk: [] for pk in days}
    counted = rows.annotate(reforecasts=Count("forecasts")).order_by("pk")
    for row in counted.values(*columns, "reforecasts", discipline=F("workstream__discipline")):
        program_id = row["program_id"]
        found[program_id].append({**row, **_dates(row, expected[program_id], days[program_id])})
    return found


def _dates(row: Mapping[str, Any], expected: Mapping[int, Expected], today: dt.date) -> Row:
    # A milestone added between the two queries is expected when its owner says.
    on = expected[row["pk"]].on if row["pk"] in expected else row["actual_on"] or row["due_on"]
    slip = indicators.slip_days(baseline_on=row["baseline_on"], due_on=on, actual_on=row["actual_on"])
    due_on = on if on > today else row["due_on"]
    late = indicators.days_late(baseline_on=row["baseline_on"], due_on=due_on, today=today)
    return {
        "expected_on": on,
        "slip_days": slip,
        "is_due": row["baseline_on"] <= today,
        "is_late": row["state"] == MilestoneState.PLANNED and late > 0,
    }


def parity(rows: Iterable[Row]) -> Parity:
    """Return how far each discipline came with the milestones that are due by baseline."""
    due = [row for row in rows if row["is_due"]]
    return Parity(project=_side(due, Discipline.PROJECT), change=_side(due, Discipline.CHANGE))


def _side(due: Iterable[Row], discipline: Discipline) -> Side:
    rows = [row for row in due if row["discipline"] == discipline]
    return Side(
        achieved=sum(row["state"] == MilestoneState.ACHIEVED for row in rows),
        due=len(rows),
        mean_slip_days=indicators.mean_days([row["slip_days"] for row in rows]),
    )
