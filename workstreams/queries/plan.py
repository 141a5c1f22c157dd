"""The plan of a program as facts: phases, gates, workstreams, milestones with their lateness, dependencies."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from core.exceptions import Unreckonable
from core.fields import is_in_range
from programs.choices import PhaseStatus
from programs.models import Phase
from workstreams.choices import Discipline, GateState, MilestoneState
from workstreams.indicators import Link
from workstreams.models import GateReview, Milestone, Workstream
from workstreams.queries import network as networks
from workstreams.queries import phase_ends
from workstreams.queries.dates import dated
from workstreams.queries.network import Network

# A plan beyond this is drawn up to it, and reckoned whole; the list of milestones pages through all.
MOST_DRAWN = 1000

Row = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """A program's plan on a day: rows as dictionaries, each in the order it is shown."""

    today: dt.date
    phases: list[Row]
    gates: list[Row]
    workstreams: list[Row]
    milestones: list[Row]
    network: Network

    @property
    def links(self) -> list[Link]:
        """What waits for what."""
        return self.network.links

    @property
    def drawn(self) -> list[Row]:
        """The milestones that a picture or a table has room for, the earliest."""
        return self.milestones[:MOST_DRAWN]

    @property
    def late(self) -> list[Row]:
        """The milestones that are late, the latest first."""
        rows = [row for row in self.milestones if row["days_late"]]
        return sorted(rows, key=lambda row: (-row["days_late"], row["on"], row["pk"]))

    @property
    def soon(self) -> list[Row]:
        """The milestones of the next four weeks that are not late, the next first."""
        rows = [row for row in self.milestones if row["is_soon"] and not row["days_late"]]
        return sorted(rows, key=lambda row: (row["on"], row["pk"]))

    @property
    def open_gates(self) -> list[Row]:
        """The gates still to be decided, the next first."""
        return [row for row in self.gates if row["state"] != GateState.DECIDED]

    @property
    def running(self) -> list[Row]:
        """The phases that are under way."""
        return [row for row in self.phases if row["status"] in (PhaseStatus.ACTIVE, PhaseStatus.IN_REVIEW)]


def plan(program_id: int, today: dt.date) -> Plan:
    """Return a program's plan, in five queries whatever its size.

    Raises:
        core.exceptions.Unreckonable: where a day in it is one that no column takes.
    """
    network = networks.network(program_id, today)
    reviews, milestones = gates(program_id, today), _milestones(program_id, network)
    phases = _phases(program_id, today, reviews, milestones)
    for row in (*phases, *reviews, *milestones):
        if not all(is_in_range(value) for value in row.values() if isinstance(value, dt.date)):
            raise Unreckonable(why=_("%(code)s has a day outside 1990 to 2199.") % {"code": row["code"]})
    return Plan(
        today=today,
        phases=phases,
        gates=reviews,
        workstreams=workstreams(program_id),
        milestones=milestones,
        network=network,
    )


def _phases(program_id: int, today: dt.date, reviews: list[Row], milestones: list[Row]) -> list[Row]:
    rows = Phase.objects.filter(program_id=program_id).order_by("position", "pk")
    columns = ("pk", "code", "name", "status", "baseline_start_on", "baseline_end_on")
    dates = ("forecast_start_on", "forecast_end_on", "actual_start_on", "actual_end_on")
    open_on = phase_ends.still_to_reach(milestones)
    review_on = {row["phase_id"]: row["planned_on"] for row in reviews if row["state"] != GateState.DECIDED}
    found = []
    for row in rows.values(*columns, *dates, owner_name=F("owner__name")):
        days = phase_ends.dated(
            row, today, milestones_on=open_on.get(row["pk"], ()), review_on=review_on.get(row["pk"])
        )
        found.append(
            row
            | days
            | {
                "start_on": row["actual_start_on"] or row["forecast_start_on"] or row["baseline_start_on"],
                "end_on": days["ends_on"] or row["forecast_end_on"] or row["baseline_end_on"],
                "status_label": PhaseStatus(row["status"]).label,
            }
        )
    return found


def gates(program_id: int, today: dt.date) -> list[Row]:
    """Return the gate reviews of a program in the order of their days."""
    rows = GateReview.objects.filter(program_id=program_id).order_by("planned_on", "pk")
    columns = (
        "pk",
        "code",
        "phase_id",
        "state",
        "planned_on",
        "held_on",
        "rating",
        "findings",
        "decision",
        "decided_on",
    )
    named = {
        "phase_code": F("phase__code"),
        "phase_name": F("phase__name"),
        "decided_by_name": F("decided_by__name"),
    }
    return [
        row
        | {
            "on": row["held_on"] or row["planned_on"],
            "state_label": GateState(row["state"]).label,
            "days_late": max((today - row["planned_on"]).days, 0) if row["state"] != GateState.DECIDED else 0,
        }
        for row in rows.values(*columns, "rationale", **named)
    ]


def workstreams(program_id: int) -> list[Row]:
    """Return the workstreams of a program, project management before change management."""
    rows = Workstream.objects.filter(program_id=program_id).values(
        "pk", "code", "name", "discipline", "lead_id", lead_name=F("lead__name")
    )
    order = list(Discipline)
    found = [row | {"discipline_label": Discipline(row["discipline"]).label} for row in rows]
    return sorted(found, key=lambda row: (order.index(row["discipline"]), row["pk"]))


def _milestones(program_id: int, network: Network) -> list[Row]:
    rows = Milestone.objects.filter(program_id=program_id).exclude(state=MilestoneState.CANCELLED)
    named = {
        "phase_code": F("phase__code"),
        "discipline": F("workstream__discipline"),
        "workstream_name": F("workstream__name"),
        "owner_name": F("owner__name"),
    }
    columns = ("pk", "code", "name", "workstream_id", "phase_id", "owner_id", "state", "goes_live", "baseline_on")
    found = rows.order_by("due_on", "pk").values(*columns, "due_on", "actual_on", **named)
    return [{**row, **dated(row, network), "is_critical": row["pk"] in network.critical} for row in found]
