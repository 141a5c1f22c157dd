"""Programs for tests of the joined pages: of any size, made in a few statements, the same each time."""

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.accounts.models import User
from notifications import services as notifications
from programs.choices import OutcomeArea, OutcomeStatus, PhaseStatus, ProgramStatus, Role
from programs.models import Measure, Measurement, Membership, Outcome, Phase, Program
from workstreams.choices import ActionState, Discipline, GateState, MilestoneState, MissReason
from workstreams.models import ActionItem, Dependency, GateReview, Milestone, MilestoneForecast, Workstream

TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
STAMP: dict[str, Any] = {"created_at": NOW, "updated_at": NOW}
WORDS = [
    "Shared record",
    "Branch scorecards",
    "Consent write-back",
    "Broker portal",
    "Coaching of team leads",
    "Wave live",
]


@dataclass(frozen=True)
class Size:
    """How large a program is."""

    phases: int = 12
    milestones: int = 200
    dependencies: int = 300
    workstreams: int = 2
    actions: int = 60
    outcomes: int = 12


# What the budgets of speed are stated for; with 5,000 readings.
LARGE = Size(12, 200, 1000, workstreams=4, actions=400, outcomes=60)
READINGS = 5000
SMALL = Size(phases=2, milestones=6, dependencies=4, actions=4, outcomes=2)


def make(owner: User, *, key: str = "BIG", size: Size | None = None, seed: int = 7) -> Program:
    """Make a program of a size around TODAY: half of it done, some of it late, its owner being manager and sponsor."""
    size, chance = size or Size(), random.Random(seed)
    first, last = TODAY - dt.timedelta(days=540), TODAY + dt.timedelta(days=540)
    program = Program.objects.create(
        key=key,
        name=f"Program {key}",
        organisation="Harbour & Vale Bank",
        status=ProgramStatus.ACTIVE,
        case_for_change="Customers leave after repeating themselves to us.",
        sponsor=owner,
        manager=owner,
        start_on=first,
        end_on=last,
        time_zone="Europe/London",
        currency="GBP",
        budget=Decimal(6_400_000),
        spent=Decimal(2_710_000),
        **STAMP,
    )
    Membership.objects.create(program=program, person=owner, role=Role.MANAGER, title="Program manager")
    notifications.set_scope(
        scope_id=program.pk, subject=f"program:{program.pk}", label=str(program), time_zone="Europe/London", holidays=[]
    )
    phases = _phases(program, owner, size.phases, first, last)
    streams = _workstreams(program, owner, size.workstreams)
    outcomes = _outcomes(program, owner, phases, size.outcomes)
    milestones = _milestones(program, owner, phases, streams, size.milestones, chance)
    _dependencies(program, milestones, size.dependencies, chance)
    _actions(program, owner, milestones, outcomes, size.actions, chance)
    return program


def _phases(program: Program, owner: User, count: int, first: dt.date, last: dt.date) -> list[Phase]:
    length = (last - first) / count
    rows = []
    for n in range(count):
        start, end = first + n * length, first + (n + 1) * length - dt.timedelta(days=1)
        is_over, is_begun = end < TODAY, start <= TODAY
        rows.append(
            Phase(
                program=program,
                code=f"PH{n + 1}",
                position=n + 1,
                name=f"{WORDS[n % len(WORDS)]} {n + 1}",
                owner=owner,
                status=PhaseStatus.CLOSED if is_over else PhaseStatus.ACTIVE if is_begun else PhaseStatus.PLANNED,
                baseline_start_on=start,
                baseline_end_on=end,
                actual_start_on=start if is_begun else None,
                actual_end_on=end if is_over else None,
                **STAMP,
            )
        )
    phases = Phase.objects.bulk_create(rows)
    GateReview.objects.bulk_create(_gate(program, owner, phase) for phase in phases)
    return phases


def _gate(program: Program, owner: User, phase: Phase) -> GateReview:
    day = phase.baseline_end_on
    assert day is not None
    decided: dict[str, Any] = {
        "state": GateState.DECIDED,
        "held_on": day,
        "rating": "amber",
        "decision": "proceed",
        "decided_by": owner,
        "decided_on": day,
        "rationale": "The pilot will teach more.",
    }
    facts = decided if phase.status == PhaseStatus.CLOSED else {}
    return GateReview(program=program, phase=phase, code=f"G{phase.position}", planned_on=day, **facts, **STAMP)


def _workstreams(program: Program, owner: User, count: int) -> list[Workstream]:
    names = [
        "Project management",
        "Change management",
        "Data",
        "Training",
        "Processes",
        "Branches",
        "Brokers",
        "Systems",
    ]
    return Workstream.objects.bulk_create(
        Workstream(
            program=program,
            code=f"W{n + 1}",
            discipline=Discipline.CHANGE if n % 2 else Discipline.PROJECT,
            name=names[n % len(names)],
            lead=owner,
            **STAMP,
        )
        for n in range(count)
    )


def _outcomes(program: Program, owner: User, phases: list[Phase], count: int) -> list[Outcome]:
    outcomes = Outcome.objects.bulk_create(
        Outcome(
            program=program,
            phase=phases[n % len(phases)],
            code=f"O{n + 1}",
            statement=f"Customers stop repeating themselves, part {n + 1}",
            owner=owner,
            area=OutcomeArea.CUSTOMER,
            status=OutcomeStatus.AGREED,
            **STAMP,
        )
        for n in range(count)
    )
    measures = Measure.objects.bulk_create(
        Measure(
            program=program,
            outcome=outcome,
            code=f"M{n + 1}",
            name="Contacts repeated within 7 days per 100 requests",
            kind="internal" if n % 3 else "customer_behaviour",
            unit="count",
            direction="down",
            baseline=31,
            baseline_on=dt.date(2026, 3, 31),
            target=14,
            target_on=dt.date(2027, 6, 30),
            owner=owner,
            **STAMP,
        )
        for n, outcome in enumerate(outcomes)
    )
    day = dt.date(2026, 10, 31)
    Measurement.objects.bulk_create(
        Measurement(measure=measure, value=25, measured_on=day, recorded_on=day, recorded_at=NOW, recorded_by=owner)
        for measure in measures[::2]
    )
    return outcomes


def read_often(program: Program, count: int) -> None:
    """Record readings of a program's measures, evenly and a day apart, up to today."""
    measures = list(Measure.objects.filter(program=program).order_by("pk"))
    Measurement.objects.bulk_create(
        Measurement(
            measure=measures[number % len(measures)],
            value=25,
            measured_on=TODAY - dt.timedelta(days=number // len(measures)),
            recorded_on=TODAY,
            recorded_at=NOW,
        )
        for number in range(count)
    )


def _milestones(
    program: Program, owner: User, phases: list[Phase], streams: list[Workstream], count: int, chance: random.Random
) -> list[Milestone]:
    rows = []
    for n in range(count):
        phase = phases[n * len(phases) // count]
        assert phase.baseline_start_on and phase.baseline_end_on
        stream = streams[n % len(streams)]
        room = (phase.baseline_end_on - phase.baseline_start_on).days
        baseline = phase.baseline_start_on + dt.timedelta(days=chance.randint(5, max(room, 6)))
        slip = dt.timedelta(days=chance.choice([0, 0, 0, 0, 7, 35]))
        is_done = baseline + slip < TODAY - dt.timedelta(days=chance.choice([0, 0, 60]))
        rows.append(
            Milestone(
                program=program,
                workstream=stream,
                phase=phase,
                code=f"{'C' if stream.discipline == Discipline.CHANGE else 'S'}{n + 1}",
                name=f"{chance.choice(WORDS)} ready in wave {n + 1}",
                owner=owner,
                state=MilestoneState.ACHIEVED if is_done else MilestoneState.PLANNED,
                baseline_on=baseline,
                due_on=baseline + slip,
                actual_on=baseline + slip if is_done else None,
                **STAMP,
            )
        )
    made = Milestone.objects.bulk_create(rows)
    MilestoneForecast.objects.bulk_create(
        MilestoneForecast(milestone=row, forecast_on=row.due_on, said_on=row.baseline_on, said_by=owner, reason="Late")
        for row in made
        if row.due_on != row.baseline_on
    )
    return made


def _dependencies(program: Program, milestones: list[Milestone], count: int, chance: random.Random) -> None:
    ordered = sorted(milestones, key=lambda row: (row.baseline_on, row.pk))
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < min(count, len(ordered) * (len(ordered) - 1) // 2):
        before, after = sorted(chance.sample(range(len(ordered)), 2))
        if after - before < len(ordered):
            pairs.add((ordered[before].pk, ordered[after].pk))
    Dependency.objects.bulk_create(
        Dependency(program=program, predecessor_id=before, successor_id=after, **STAMP)
        for before, after in sorted(pairs)
    )


def _actions(
    program: Program,
    owner: User,
    milestones: list[Milestone],
    outcomes: list[Outcome],
    count: int,
    chance: random.Random,
) -> None:
    states = [ActionState.KEPT, ActionState.MISSED, ActionState.COMMITTED, ActionState.REQUESTED]
    rows = []
    for n in range(count):
        milestone, state = chance.choice(milestones), states[n % len(states)]
        day = TODAY + dt.timedelta(days=chance.randint(-60, -1) if n % 4 < 2 else chance.randint(-3, 60))
        is_promised = state != ActionState.REQUESTED
        rows.append(
            ActionItem(
                program=program,
                workstream_id=milestone.workstream_id,
                phase_id=milestone.phase_id,
                milestone=milestone,
                outcome=outcomes[n % len(outcomes)],
                code=f"A{n + 1}",
                title=f"Brief the managers of region {n + 1} in person",
                requester=owner,
                performer=owner,
                requested_for=day,
                promised_for=day if is_promised else None,
                done_on=day if state == ActionState.KEPT else None,
                state=state,
                miss_reason=MissReason.COMPETING_PRIORITY if state == ActionState.MISSED else "",
                **STAMP,
            )
        )
    ActionItem.objects.bulk_create(rows)
