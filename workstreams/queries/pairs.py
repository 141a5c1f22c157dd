"""Where the two disciplines do not go together, as a program's page points it out."""

from dataclasses import dataclass
from typing import Any

from programs.choices import PhaseStatus
from workstreams.choices import Discipline
from workstreams.indicators import pairs
from workstreams.indicators.pairs import Placed
from workstreams.queries.plan import Plan, Row

_OVER = (PhaseStatus.CLOSED, PhaseStatus.STOPPED)


@dataclass(frozen=True)
class Gap:
    """A milestone that goes live unprepared, or a phase in which a discipline has no milestone."""

    phase: Row
    milestone: Row | None = None
    missing: Any = ""


def gaps(plan: Plan) -> list[Gap]:
    """Return what pairing points out in the phases that are not over."""
    phases = {row["pk"]: row for row in plan.phases if row["status"] not in _OVER}
    rows = {row["pk"]: row for row in plan.milestones if row["phase_id"] in phases}
    placed = [
        Placed(
            id=pk,
            phase_id=row["phase_id"],
            is_change=row["discipline"] == Discipline.CHANGE,
            goes_live=row["goes_live"],
            on=row["on"],
        )
        for pk, row in rows.items()
    ]
    unprepared = [Gap(phases[rows[pk]["phase_id"]], milestone=rows[pk]) for pk in pairs.unprepared(placed)]
    one_sided = pairs.one_sided(list(phases), placed) if placed else []
    return unprepared + [
        Gap(phases[pk], missing=(Discipline.CHANGE if is_change else Discipline.PROJECT).label)
        for pk, is_change in one_sided
    ]
