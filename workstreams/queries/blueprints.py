"""The structure of a program without its history, people, values and dates: days are counted from its start."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from programs.choices import OutcomeStatus, PhaseStatus
from programs.models import Measure, Outcome, Phase, Program
from workstreams.choices import Discipline, MilestoneState
from workstreams.models import Dependency, GateReview, Milestone, Workstream

Body = dict[str, Any]
Days = Callable[[dt.date | None], int | None]
_OUTCOME = ("statement", "area", "is_dis_benefit")
_MEASURE = ("name", "kind", "unit", "direction", "cadence", "source", "reporting_lag_days")


def blank() -> Body:
    """Return what a program made from nothing is built like: a workstream of each discipline."""
    streams = [{"ref": one.value, "discipline": one.value, "name": str(one.label)} for one in Discipline]
    return {"workstreams": streams, "phases": []}


def blueprint(program: Program) -> Body:
    """Return what a program is built like, in seven queries: workstreams, phases, gates, outcomes, milestones, links.

    What was stopped, cancelled or withdrawn is left out; of a phase's gates the last planned day is kept.
    """
    phases = list(Phase.objects.filter(program=program).exclude(status=PhaseStatus.STOPPED).order_by("position", "pk"))
    milestones = list(
        Milestone.objects.filter(program=program, phase__in=phases)
        .exclude(state=MilestoneState.CANCELLED)
        .select_related("workstream")
        .order_by("baseline_on", "pk")
    )
    days = _days_from(_start(program, phases, milestones))
    streams = Workstream.objects.filter(program=program).order_by("pk")
    return {
        "workstreams": [{"ref": one.code, "discipline": one.discipline, "name": one.name} for one in streams],
        "phases": _phases(program, phases, milestones, days),
    }


def _start(program: Program, phases: Iterable[Phase], milestones: Iterable[Milestone]) -> dt.date | None:
    if program.start_on is not None:
        return program.start_on
    named = [phase.baseline_start_on for phase in phases] + [one.baseline_on for one in milestones]
    return min((day for day in named if day is not None), default=None)


def _days_from(start: dt.date | None) -> Days:
    def days(day: dt.date | None) -> int | None:
        return None if day is None or start is None else (day - start).days

    return days


def _phases(program: Program, phases: list[Phase], milestones: list[Milestone], days: Days) -> list[Body]:
    gates = dict(
        GateReview.objects.filter(program=program).order_by("planned_on").values_list("phase_id", "planned_on")
    )
    outcomes = _outcomes(program)
    waits = _waits(program, {one.pk: one.code for one in milestones})
    return [
        {
            "name": phase.name,
            "start": days(phase.baseline_start_on),
            "end": days(phase.baseline_end_on),
            "gate": days(gates.get(phase.pk)),
            "outcomes": outcomes.get(phase.pk, []),
            "milestones": [_milestone(one, days, waits) for one in milestones if one.phase_id == phase.pk],
        }
        for phase in phases
    ]


def _milestone(one: Milestone, days: Days, waits: dict[int, list[Body]]) -> Body:
    return {
        "ref": one.code,
        "workstream": one.workstream.code,
        "name": one.name,
        "day": days(one.baseline_on),
        "goes_live": one.goes_live,
        "after": waits.get(one.pk, []),
    }


def _waits(program: Program, codes: dict[int, str]) -> dict[int, list[Body]]:
    found: dict[int, list[Body]] = {}
    links = Dependency.objects.filter(program=program).order_by("pk")
    for before, after, lag in links.values_list("predecessor_id", "successor_id", "lag_days"):
        if before in codes and after in codes:
            found.setdefault(after, []).append({"ref": codes[before], "lag": lag})
    return found


def _outcomes(program: Program) -> dict[int, list[Body]]:
    measures: dict[int, list[Body]] = {}
    for one in Measure.objects.filter(program=program).order_by("pk"):
        measures.setdefault(one.outcome_id, []).append({name: getattr(one, name) for name in _MEASURE})
    found: dict[int, list[Body]] = {}
    outcomes = Outcome.objects.filter(program=program).exclude(status=OutcomeStatus.WITHDRAWN).order_by("pk")
    for outcome in outcomes:
        body = {name: getattr(outcome, name) for name in _OUTCOME} | {"measures": measures.get(outcome.pk, [])}
        found.setdefault(outcome.phase_id, []).append(body)
    return found
