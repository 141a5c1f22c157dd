"""A phase starts through two doors: an outcome with complete measures, and the gate of the phase before it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from programs.choices import Direction, MeasureKind, OutcomeArea, OutcomeStatus, PhaseStatus, ProgramStatus, Role
from programs.exceptions import ProgramIsOver
from programs.models import Measure, Outcome, Phase, Program
from tests.cast import MONDAY
from tests.work import STAMPS, TODAY
from workstreams import exceptions, services
from workstreams.choices import GateDecision, GateState
from workstreams.models import GateReview, Milestone

DAY = dt.timedelta(days=1)


@pytest.fixture
def measure(program: Program, phase: Phase, bob: User) -> Measure:
    """A complete measure of the only outcome of the first phase."""
    outcome = Outcome.objects.create(
        program=program, phase=phase, code="O1", statement="Customers stay", area=OutcomeArea.CUSTOMER, **STAMPS
    )
    return Measure.objects.create(
        program=program, outcome=outcome, code="M1", name="Retention", unit="%", owner=bob,
        kind=MeasureKind.CUSTOMER_BEHAVIOUR, direction=Direction.UP, baseline=Decimal(80), target=Decimal(90),
        baseline_on=TODAY, target_on=TODAY + 90 * DAY, **STAMPS,
    )  # fmt: skip


@pytest.fixture
def second(program: Program, phase: Phase, measure: Measure, bob: User) -> Phase:
    """A second phase whose outcome is measured as well."""
    second = Phase.objects.create(program=program, code="PH2", position=2, name="Foundation", **STAMPS)
    outcome = Outcome.objects.create(
        program=program, phase=second, code="O2", statement="They return", area=OutcomeArea.CUSTOMER, **STAMPS
    )
    facts: dict[str, Any] = {
        **Measure.objects.filter(pk=measure.pk).values()[0],
        "code": "M2",
        "outcome_id": outcome.pk,
    }
    Measure.objects.create(**{name: value for name, value in facts.items() if name != "id"})
    return second


def gate(phase: Phase, decision: str, **facts: Any) -> GateReview:
    """Return the gate of a phase, decided."""
    return GateReview.objects.create(
        program=phase.program, phase=phase, code=f"G{GateReview.objects.count() + 1}",
        **{"planned_on": TODAY, "held_on": TODAY, "state": GateState.DECIDED, "decision": decision, "rationale": "So",
           "decided_by_id": phase.program.manager_id, **facts, **STAMPS},
    )  # fmt: skip


def test_a_start_freezes_the_baselines(phase: Phase, measure: Measure, milestone: Milestone, alice: User) -> None:
    started = services.start_phase(phase=phase, by=alice, at=MONDAY)
    milestone.refresh_from_db()
    assert (started.status, started.actual_start_on, started.version) == (PhaseStatus.ACTIVE, TODAY, 2)
    assert (milestone.baseline_frozen_at, milestone.version) == (MONDAY, 2)
    assert Entry.objects.get(verb="start_phase").changes["status"] == ["planned", "active"]


def test_undoing_a_start_frees_them_again(phase: Phase, measure: Measure, milestone: Milestone, alice: User) -> None:
    services.start_phase(phase=phase, by=alice, at=MONDAY)
    with pytest.raises(exceptions.ReasonMissing):
        services.undo_start(phase=phase, reason="", by=alice, at=MONDAY)
    undone = services.undo_start(phase=phase, reason="A slip of the hand", by=alice, at=MONDAY)
    milestone.refresh_from_db()
    assert (undone.status, undone.actual_start_on, milestone.baseline_frozen_at) == (PhaseStatus.PLANNED, None, None)


def test_no_outcome_no_start(phase: Phase, alice: User) -> None:
    with pytest.raises(exceptions.PhaseHasNoMeasuredOutcome, match="It has no outcome"):
        services.start_phase(phase=phase, by=alice, at=MONDAY)


@pytest.mark.parametrize(
    ("lost", "word"),
    [
        ({"owner": None}, "owner"),
        ({"unit": ""}, "unit"),
        ({"baseline": None}, "baseline"),
        ({"baseline_on": None}, "baseline date"),
        ({"target": None}, "target"),
        ({"target_on": None}, "target date"),
        ({"direction": Direction.MAINTAIN}, "low limit"),
    ],
)
def test_an_incomplete_measure_keeps_it_from_starting(
    lost: dict[str, Any], word: str, phase: Phase, measure: Measure, alice: User
) -> None:
    Measure.objects.filter(pk=measure.pk).update(**lost)
    with pytest.raises(exceptions.PhaseHasNoMeasuredOutcome) as refused:
        services.start_phase(phase=phase, by=alice, at=MONDAY)
    assert refused.value.params["gaps"] == [f"M1 lacks: {word}."]


def test_what_counts_for_nothing_lets_nothing_start(phase: Phase, measure: Measure, alice: User) -> None:
    Outcome.objects.update(status=OutcomeStatus.WITHDRAWN)
    with pytest.raises(exceptions.PhaseHasNoMeasuredOutcome):
        services.start_phase(phase=phase, by=alice, at=MONDAY)


def test_one_measured_outcome_is_enough(program: Program, phase: Phase, measure: Measure, alice: User) -> None:
    Outcome.objects.create(
        program=program, phase=phase, code="O9", statement="More", area=OutcomeArea.CUSTOMER, **STAMPS
    )
    assert services.start_phase(phase=phase, by=alice, at=MONDAY).status == PhaseStatus.ACTIVE


def test_the_gate_before_keeps_it_out_until_it_lets_it(phase: Phase, second: Phase, alice: User) -> None:
    refused = exceptions.GateBeforeIsClosed
    with pytest.raises(refused, match="PH1 Mobilise before it has no gate review"):
        services.start_phase(phase=second, by=alice, at=MONDAY)
    gate(phase, GateDecision.REWORK)
    with pytest.raises(refused, match="decided: Rework"):
        services.start_phase(phase=second, by=alice, at=MONDAY)
    opening = gate(phase, "", planned_on=TODAY + DAY, state=GateState.SCHEDULED, held_on=None)
    with pytest.raises(refused, match="gate G2 of PH1 Mobilise before it is not decided"):
        services.start_phase(phase=second, by=alice, at=MONDAY)
    opening.delete()
    gate(phase, GateDecision.PROCEED_WITH_CONDITIONS, planned_on=TODAY + 2 * DAY)
    assert services.start_phase(phase=second, by=alice, at=MONDAY).status == PhaseStatus.ACTIVE


def test_a_manager_overrides_it_with_a_reason_on_record(phase: Phase, second: Phase, alice: User) -> None:
    with pytest.raises(exceptions.ReasonMissing):
        services.override_gate(phase=second, reason=" ", by=alice, at=MONDAY)
    started = services.override_gate(phase=second, reason="The vendor leaves in May", by=alice, at=MONDAY)
    assert (started.status, started.override_reason) == (PhaseStatus.ACTIVE, "The vendor leaves in May")
    assert Entry.objects.get(verb="override_phase").reason == "The vendor leaves in May"


def test_nothing_is_overridden_that_is_open(phase: Phase, measure: Measure, alice: User) -> None:
    with pytest.raises(exceptions.NothingToOverride):
        services.override_gate(phase=phase, reason="So", by=alice, at=MONDAY)


def test_no_reason_makes_up_for_measures(phase: Phase, second: Phase, alice: User) -> None:
    Measure.objects.update(owner=None)
    with pytest.raises(exceptions.PhaseHasNoMeasuredOutcome):
        services.override_gate(phase=second, reason="So", by=alice, at=MONDAY)


def test_who_may_start(phase: Phase, measure: Measure, roles: dict[Role, User], charlie: User) -> None:
    for role in (Role.VIEWER, Role.MEMBER, Role.LEAD, Role.SPONSOR):
        for attempt in (services.start_phase, services.undo_start, services.override_gate):
            words: dict[str, Any] = {} if attempt is services.start_phase else {"reason": "So"}
            with pytest.raises(core_exceptions.NotAllowed):
                attempt(phase=phase, **words, by=roles[role], at=MONDAY)
    with pytest.raises(core_exceptions.NotFound):
        services.start_phase(phase=phase, by=charlie, at=MONDAY)


def test_nothing_starts_twice_tomorrow_or_in_what_is_over(
    program: Program, phase: Phase, measure: Measure, roles: dict[Role, User], alice: User
) -> None:
    with pytest.raises(exceptions.DateInTheFuture):
        services.start_phase(phase=phase, started_on=TODAY + DAY, by=alice, at=MONDAY)
    over = {"status": ProgramStatus.STOPPED, "sponsor": roles[Role.SPONSOR], "case_for_change": "So"}
    Program.objects.filter(pk=program.pk).update(**over)
    with pytest.raises(ProgramIsOver):
        services.start_phase(phase=phase, by=alice, at=MONDAY)
    Program.objects.filter(pk=program.pk).update(status=ProgramStatus.ACTIVE)
    services.start_phase(phase=phase, started_on=TODAY - DAY, by=alice, at=MONDAY)
    with pytest.raises(core_exceptions.IllegalMove):
        services.start_phase(phase=phase, by=alice, at=MONDAY)
