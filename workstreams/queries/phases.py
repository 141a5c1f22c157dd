"""A phase as its page tells of it: is it true, measured, decided? And all phases of a program in their order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.accounts.models import User
from core.audit import queries as audit
from core.audit import registry
from core.exceptions import NotFound
from programs.choices import OutcomeStatus, PhaseStatus
from programs.models import Phase
from programs.queries import outcomes as lists
from programs.queries.outcomes import Told
from workstreams.choices import Discipline, GateState
from workstreams.queries import plan as plans
from workstreams.queries.plan import Plan, Row
from workstreams.queries.start_blockers import StartBlockers, start_blockers

MOST_ENTRIES = 50
# More of one side is read in the list of milestones.
MOST_OF_A_SIDE = 100


@dataclass(frozen=True)
class Side:
    """One discipline's milestones in a phase."""

    label: Any
    milestones: list[Row]

    @property
    def done(self) -> int:
        """How many of them are reached."""
        return sum(row["is_done"] for row in self.milestones)

    @property
    def shown(self) -> list[Row]:
        """As many of them as the page has room for, the earliest."""
        return self.milestones[:MOST_OF_A_SIDE]

    @property
    def more(self) -> int:
        """How many there are besides."""
        return len(self.milestones[MOST_OF_A_SIDE:])


@dataclass(frozen=True)
class Stands:
    """Where a phase stands: its outcomes, both disciplines, its gates, and what keeps it from starting."""

    outcomes: list[Row]
    told: Told
    sides: list[Side]
    gates: list[Row]
    variance_days: int | None
    blockers: StartBlockers | None
    before: Row | None
    after: Row | None
    history: list[Row] = field(default_factory=list)

    @property
    def counted(self) -> list[Row]:
        """The outcomes that were not withdrawn."""
        return [row for row in self.outcomes if row["status"] != OutcomeStatus.WITHDRAWN]

    @property
    def realised(self) -> int:
        """How many outcomes are true."""
        return sum(row["status"] == OutcomeStatus.REALISED for row in self.counted)

    @property
    def gate(self) -> Row | None:
        """The gate that decides, or decided last."""
        return self.gates[-1] if self.gates else None

    @property
    def is_decided(self) -> bool:
        """Tell whether the last gate is decided."""
        return self.gate is not None and self.gate["state"] == GateState.DECIDED


def phase_for(person: User, key: str, code: str) -> Phase:
    """Return a phase that a person may see.

    Raises:
        core.exceptions.NotFound: when there is none.
    """
    rows = Phase.objects.visible_to(person).select_related("program", "owner")
    found = rows.filter(program__key=key, code=code).first()
    if found is None:
        raise NotFound
    return found


def stands(phase: Phase, today: dt.date) -> Stands:
    """Return where a phase stands, in at most fourteen queries whatever its size."""
    plan = plans.plan(phase.program_id, today)
    found = [row for row in lists.outcomes(phase.program_id, today) if row["phase_code"] == phase.code]
    before, after = _neighbours(plan.phases, phase)
    return Stands(
        outcomes=found,
        told=lists.told(found),
        sides=_sides(plan, phase),
        gates=[row for row in plan.gates if row["phase_code"] == phase.code],
        variance_days=next(row["variance_days"] for row in plan.phases if row["pk"] == phase.pk),
        blockers=start_blockers(phase) if phase.status == PhaseStatus.PLANNED else None,
        before=before,
        after=after,
        history=_history(phase),
    )


def _neighbours(phases: Sequence[Row], phase: Phase) -> tuple[Row | None, Row | None]:
    place = [row["pk"] for row in phases].index(phase.pk)
    before = phases[place - 1] if place else None
    return before, phases[place + 1] if place + 1 < len(phases) else None


def _sides(plan: Plan, phase: Phase) -> list[Side]:
    mine = [row for row in plan.milestones if row["phase_id"] == phase.pk]
    return [Side(one.label, [row for row in mine if row["discipline"] == one]) for one in Discipline]


def _history(phase: Phase) -> list[Row]:
    return [
        entry
        | {
            "sentence": registry.in_words(
                entry["verb"], by=entry["by_name"] or "", what=entry["label"] or entry["subject"]
            )
        }
        for entry in audit.history_of_subject(f"phase:{phase.pk}", limit=MOST_ENTRIES)
    ]


def in_order(program_id: int, today: dt.date) -> list[Row]:
    """Return the phases of a program in their order, each with its gate, its outcomes and its milestones counted."""
    plan = plans.plan(program_id, today)
    found = lists.outcomes(program_id, today)
    gates = {row["phase_code"]: row for row in plan.gates}
    last = len(plan.phases) - 1
    return [
        row
        | {
            "gate": gates.get(row["code"]),
            "gate_code": gates[row["code"]]["code"] if row["code"] in gates else "",
            "outcomes": sum(one["phase_code"] == row["code"] for one in found),
            "milestones": sum(one["phase_id"] == row["pk"] for one in plan.milestones),
            "late": sum(one["phase_id"] == row["pk"] and one["days_late"] > 0 for one in plan.milestones),
            "is_running": row["status"] in (PhaseStatus.ACTIVE, PhaseStatus.IN_REVIEW),
            "is_over": row["status"] in (PhaseStatus.CLOSED, PhaseStatus.STOPPED),
            "is_first": place == 0,
            "is_last": place == last,
        }
        for place, row in enumerate(plan.phases)
    ]
