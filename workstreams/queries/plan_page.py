"""The plan of a program as its page shows it: phases with milestones, each with its dates and what it waits for."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F

from programs.choices import PhaseStatus
from programs.models import Phase
from programs.queries import name_of
from workstreams.choices import Discipline, MilestoneState
from workstreams.indicators import pairs
from workstreams.indicators.pairs import Placed
from workstreams.models import Milestone, Workstream
from workstreams.queries import network as networks
from workstreams.queries.dates import dated, outside_phase
from workstreams.queries.network import Network, Row

_OVER = (PhaseStatus.CLOSED, PhaseStatus.STOPPED)
_PHASE = ("pk", "code", "name", "status", "actual_start_on", "actual_end_on", "forecast_start_on", "forecast_end_on")
_MILESTONE = (
    "pk", "code", "name", "state", "goes_live", "baseline_on", "baseline_frozen_at", "due_on", "actual_on", "owner_id",
    "phase_id", "workstream_id",
)  # fmt: skip
_ORDER = list(Discipline)


@dataclass(frozen=True)
class Finding:
    """What pairing points out: of a milestone, or of a phase in which a discipline is missing."""

    phase: Row
    milestone: Row | None = None
    missing: str = ""


@dataclass(frozen=True)
class Planned:
    """A program's plan on a day."""

    today: dt.date
    phases: list[Row] = field(default_factory=list)
    workstreams: list[Row] = field(default_factory=list)
    milestones: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def slipping(self) -> list[Row]:
        """The open milestones expected after their baseline, the largest slip first."""
        rows = [row for row in self.milestones if row["is_open"] and row["slip"] > 0]
        return sorted(rows, key=lambda row: (-row["slip"], row["expected_on"], row["pk"]))

    @property
    def last(self) -> Row | None:
        """The open milestone that is expected last."""
        rows = [row for row in self.milestones if row["is_open"]]
        return max(rows, key=lambda row: (row["expected_on"], row["pk"])) if rows else None


def planned(program_id: int, today: dt.date) -> Planned:
    """Return the plan of a program, in four queries whatever its size."""
    network = networks.network(program_id, today)
    workstreams = workstreams_of(program_id)
    milestones = _milestones(program_id, network, {row["pk"]: row for row in workstreams})
    phases = _phases(program_id)
    for phase in phases:
        phase["milestones"] = [row for row in milestones if row["phase_id"] == phase["pk"]]
        for row in phase["milestones"]:
            row["outside_phase"] = outside_phase(row, phase)
    return Planned(today, phases, workstreams, milestones, _findings(phases, milestones))


def workstreams_of(program_id: int) -> list[Row]:
    """Return the workstreams of a program, project management before change management."""
    rows = Workstream.objects.filter(program_id=program_id).order_by("pk")
    found = rows.values("pk", "code", "name", "discipline", "lead_id", lead_name=name_of("lead"))
    shown = [row | {"discipline_label": Discipline(row["discipline"]).label} for row in found]
    return sorted(shown, key=lambda row: _ORDER.index(row["discipline"]))


def _phases(program_id: int) -> list[Row]:
    rows = Phase.objects.filter(program_id=program_id).order_by("position", "pk")
    return [
        {
            **row,
            "status_label": PhaseStatus(row["status"]).label,
            "start_on": row["actual_start_on"] or row["forecast_start_on"] or row["baseline_start_on"],
            "end_on": row["actual_end_on"] or row["forecast_end_on"] or row["baseline_end_on"],
        }
        for row in rows.values(*_PHASE, "baseline_start_on", "baseline_end_on")
    ]


def _milestones(program_id: int, network: Network, workstreams: dict[int, Row]) -> list[Row]:
    rows = Milestone.objects.filter(program_id=program_id).annotate(reforecasts=Count("forecasts"))
    found = list(rows.values(*_MILESTONE, "reforecasts", key=F("program__key"), owner_name=name_of("owner")))
    codes = {row["pk"]: row["code"] for row in found}
    waits: dict[int, list[tuple[str, int]]] = {}
    for link in network.links:
        waits.setdefault(link.successor, []).append((codes[link.predecessor], link.lag_days))
    shown = [
        row
        | dated(row, network)
        | {
            "reference": f"{row['key']}-{row['code']}",
            "is_critical": row["pk"] in network.critical,
            "workstream": workstreams[row["workstream_id"]],
            "waits_for": sorted(waits.get(row["pk"], [])),
        }
        for row in found
    ]
    for row in shown:
        row["pushed_by_code"] = codes.get(row["pushed_by"]) or ""
    return sorted(shown, key=_place)


def _place(row: Row) -> tuple[Any, ...]:
    stream = row["workstream"]
    return _ORDER.index(stream["discipline"]), stream["pk"], row["expected_on"], row["pk"]


def _findings(phases: list[Row], milestones: list[Row]) -> list[Finding]:
    """Return what pairing points out of the phases that are not over; cancelled milestones do not count."""
    going_on = {row["pk"]: row for row in phases if row["status"] not in _OVER}
    by_id = {row["pk"]: row for row in milestones if row["phase_id"] in going_on}
    placed = [
        Placed(
            id=row["pk"],
            phase_id=row["phase_id"],
            is_change=row["workstream"]["discipline"] == Discipline.CHANGE,
            goes_live=row["goes_live"],
            on=row["expected_on"],
        )
        for row in by_id.values()
        if row["state"] != MilestoneState.CANCELLED
    ]
    alone = [Finding(going_on[by_id[pk]["phase_id"]], by_id[pk]) for pk in pairs.unprepared(placed)]
    sides = {is_change: Discipline.CHANGE if is_change else Discipline.PROJECT for is_change in (False, True)}
    return alone + [
        Finding(going_on[phase], missing=str(sides[is_change].label).lower())
        for phase, is_change in pairs.one_sided(going_on, placed)
    ]
