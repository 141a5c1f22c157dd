"""The milestones of programs with the dates they are expected on, their slips, and whether change keeps pace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.conf import settings
from django.db.models import Count, F

from core.fields import is_in_range
from programs.queries.days import Days
from workstreams import indicators
from workstreams.choices import Discipline, MilestoneState
from workstreams.indicators import Side
from workstreams.models import Milestone
from workstreams.queries import network as networks
from workstreams.queries.dates import Row, dated
from workstreams.queries.network import Network


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
    """Return the milestones of programs that are not cancelled, by program, in two queries; in one with networks.

    A program that cannot be reckoned is left out.
    """
    of = {pk: network for pk, network in (known or networks.networks(days)).items() if not network.fault}
    rows = Milestone.objects.filter(program_id__in=of).exclude(state=MilestoneState.CANCELLED)
    columns = ("pk", "program_id", "code", "name", "state", "baseline_on", "due_on", "actual_on", "phase_id")
    found: dict[int, list[Row]] = {pk: [] for pk in of}
    counted = rows.annotate(reforecasts=Count("forecasts")).order_by("pk")
    for row in counted.values(
        *columns, "reforecasts", discipline=F("workstream__discipline"), phase_status=F("phase__status")
    ):
        program_id = row["program_id"]
        found[program_id].append({**row, **_dates(row, of[program_id])})
    return {pk: each for pk, each in found.items() if all(is_in_range(row["baseline_on"]) for row in each)}


def _dates(row: Row, network: Network) -> Row:
    days = dated(row, network)
    return {
        "expected_on": days["expected_on"],
        "slip_days": days["slip"],
        "is_due": row["baseline_on"] <= network.today,
        "is_late": days["days_late"] > 0,
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
