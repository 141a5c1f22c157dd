"""Gate reviews: scheduled, held, decided once; what a decision does to its phase, and whom it asks for what."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.accounts.models import User
from core.audit.models import Entry
from core.exceptions import IllegalMove, NotAllowed, NotFound
from notifications.models import Reminder
from programs.choices import PhaseStatus, Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.work import FRIDAY, TODAY
from workstreams import exceptions, queries, services
from workstreams.choices import GATE, ActionSource, ActionState, Check, Discipline, GateDecision, GateState
from workstreams.models import ActionItem, GateCheck, GateReview, Workstream
from workstreams.services import Condition

Roles = dict[Role, User]


@pytest.fixture
def running(phase: Phase, program: Program, roles: Roles) -> Phase:
    """The phase, under way for a month; the program has its sponsor and the phase an owner."""
    Program.objects.filter(pk=program.pk).update(sponsor=roles[Role.SPONSOR])
    start = TODAY - dt.timedelta(days=30)
    Phase.objects.filter(pk=phase.pk).update(status=PhaseStatus.ACTIVE, actual_start_on=start, owner=roles[Role.LEAD])
    phase.refresh_from_db()
    return phase


@pytest.fixture
def gate(running: Phase, alice: User) -> GateReview:
    """A review of it, planned for Friday."""
    return services.schedule_gate(phase=running, planned_on=FRIDAY, by=alice, at=MONDAY)


@pytest.fixture
def held(gate: GateReview, alice: User) -> GateReview:
    """The same, held today."""
    return services.hold_gate(gate=gate, rating="amber", findings="It works", by=alice, at=MONDAY)


@pytest.fixture
def condition(workstreams: dict[Discipline, Workstream], bob: User) -> Condition:
    """What a decision asks of Bob."""
    return Condition(
        text="Brief the branches", performer=bob, requested_for=FRIDAY, workstream=workstreams[Discipline.CHANGE]
    )


def test_a_review_is_scheduled_with_a_code_and_on_the_trail(gate: GateReview, running: Phase) -> None:
    assert (gate.code, gate.state, gate.phase_id) == ("G1", GateState.SCHEDULED, running.pk)
    entry = Entry.objects.get(subject=f"{GATE}:{gate.pk}")
    assert (entry.verb, entry.changes) == ("schedule_gate", {"planned_on": [None, FRIDAY.isoformat()]})


def test_a_phase_has_one_open_review_at_a_time(gate: GateReview, running: Phase, alice: User) -> None:
    with pytest.raises(exceptions.GateStillOpen, match="G1 is not decided yet"):
        services.schedule_gate(phase=running, planned_on=FRIDAY, by=alice, at=MONDAY)


@pytest.mark.parametrize("status", [PhaseStatus.CLOSED, PhaseStatus.STOPPED])
def test_what_is_over_is_not_reviewed(running: Phase, alice: User, status: str) -> None:
    Phase.objects.filter(pk=running.pk).update(status=status, actual_end_on=TODAY)
    with pytest.raises(exceptions.PhaseIsOver):
        services.schedule_gate(phase=running, planned_on=FRIDAY, by=alice, at=MONDAY)


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_only_a_manager_schedules_and_holds(gate: GateReview, running: Phase, roles: Roles, role: Role) -> None:
    with pytest.raises(NotAllowed, match="a manager"):
        services.hold_gate(gate=gate, rating="green", by=roles[role], at=MONDAY)
    with pytest.raises(NotAllowed, match="a manager"):
        services.schedule_gate(phase=running, planned_on=FRIDAY, by=roles[role], at=MONDAY)


def test_strangers_know_of_no_gate(gate: GateReview, charlie: User) -> None:
    with pytest.raises(NotFound):
        services.hold_gate(gate=gate, rating="green", by=charlie, at=MONDAY)


def test_another_day_says_why(gate: GateReview, alice: User) -> None:
    later = FRIDAY + dt.timedelta(days=7)
    with pytest.raises(exceptions.ReasonMissing):
        services.reschedule_gate(gate=gate, planned_on=later, reason=" ", by=alice, at=MONDAY)
    with pytest.raises(exceptions.SameDate):
        services.reschedule_gate(gate=gate, planned_on=FRIDAY, reason="Board", by=alice, at=MONDAY)
    moved = services.reschedule_gate(gate=gate, planned_on=later, reason="Board", by=alice, at=MONDAY)
    entry = Entry.objects.get(verb="reschedule_gate")
    assert (moved.planned_on, entry.reason) == (later, "Board")
    assert entry.changes == {"planned_on": [FRIDAY.isoformat(), later.isoformat()]}


def test_holding_puts_the_phase_in_review_and_tells_who_decides(held: GateReview, roles: Roles) -> None:
    assert (held.state, held.held_on, held.rating) == (GateState.HELD, TODAY, "amber")
    assert Phase.objects.get(pk=held.phase_id).status == PhaseStatus.IN_REVIEW
    assert Reminder.objects.get(kind="gate_held").recipient == roles[Role.SPONSOR]


def test_what_was_held_is_corrected_until_it_is_decided(held: GateReview, alice: User) -> None:
    again = services.hold_gate(gate=held, rating="red", findings="It does not", by=alice, at=MONDAY)
    assert (again.rating, again.findings, again.held_on) == ("red", "It does not", TODAY)
    assert Reminder.objects.filter(kind="gate_held").count() == 1


def test_what_was_held_is_said_again_without_a_change(held: GateReview, alice: User) -> None:
    told = Entry.objects.count()
    services.hold_gate(gate=held, rating="amber", findings="It works\n", by=alice, at=MONDAY)
    assert (Entry.objects.count(), GateReview.objects.get().version) == (told, held.version)


@pytest.mark.parametrize(
    ("held_on", "refusal"),
    [
        (TODAY + dt.timedelta(days=1), exceptions.DateInTheFuture),
        (TODAY - dt.timedelta(days=31), exceptions.HeldBeforeThePhase),
    ],
)
def test_a_review_was_held_within_its_phase(
    gate: GateReview, alice: User, held_on: dt.date, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        services.hold_gate(gate=gate, rating="green", held_on=held_on, by=alice, at=MONDAY)


def test_a_phase_that_has_not_started_is_not_reviewed(phase: Phase, program: Program, alice: User) -> None:
    gate = services.schedule_gate(phase=phase, planned_on=FRIDAY, by=alice, at=MONDAY)
    with pytest.raises(exceptions.PhaseNotStarted, match="Start it"):
        services.hold_gate(gate=gate, rating="green", by=alice, at=MONDAY)


def test_holding_by_mistake_is_undone_with_a_reason(held: GateReview, alice: User) -> None:
    reopened = services.reopen_gate(gate=held, reason="Another meeting", by=alice, at=MONDAY)
    assert (reopened.state, reopened.held_on, reopened.rating, reopened.findings) == ("scheduled", None, "", "")


def test_what_was_not_held_is_not_decided(gate: GateReview, roles: Roles) -> None:
    with pytest.raises(IllegalMove) as refused:
        services.decide_gate(gate=gate, decision="proceed", rationale="Go", by=roles[Role.SPONSOR], at=MONDAY)
    assert refused.value.params["legal"] == ["reschedule", "hold"]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_nobody_but_the_sponsor_decides(held: GateReview, roles: Roles, role: Role) -> None:
    with pytest.raises(NotAllowed, match="the sponsor or the deputy"):
        services.decide_gate(gate=held, decision="proceed", rationale="Go", by=roles[role], at=MONDAY)


def test_the_deputy_decides_as_well(held: GateReview, bob: User) -> None:
    Program.objects.filter(pk=held.program_id).update(deputy_sponsor=bob)
    decided = services.decide_gate(gate=held, decision="proceed", rationale="Go", by=bob, at=MONDAY)
    assert (decided.decided_by, decided.decided_on) == (bob, TODAY)


@pytest.mark.parametrize(
    ("decision", "status", "ends_on"),
    [
        (GateDecision.PROCEED, PhaseStatus.CLOSED, TODAY),
        (GateDecision.REWORK, PhaseStatus.ACTIVE, None),
        (GateDecision.HOLD, PhaseStatus.IN_REVIEW, None),
        (GateDecision.STOP, PhaseStatus.STOPPED, TODAY),
    ],
)
def test_the_phase_follows_the_decision(
    held: GateReview, roles: Roles, decision: GateDecision, status: PhaseStatus, ends_on: dt.date | None
) -> None:
    services.decide_gate(gate=held, decision=decision, rationale="So", by=roles[Role.SPONSOR], at=MONDAY)
    phase = Phase.objects.get(pk=held.phase_id)
    assert (phase.status, phase.actual_end_on) == (status, ends_on)
    verbs = set(Entry.objects.filter(subject=f"phase:{phase.pk}").values_list("verb", flat=True))
    moved = {"proceed": {"close_phase"}, "rework": {"rework_phase"}, "hold": set(), "stop": {"stop_phase"}}
    assert verbs == {"review_phase"} | moved[decision]


@pytest.mark.parametrize("decision", [GateDecision.REWORK, GateDecision.HOLD])
def test_after_rework_or_a_hold_another_review_is_scheduled(
    held: GateReview, roles: Roles, alice: User, decision: GateDecision
) -> None:
    services.decide_gate(gate=held, decision=decision, rationale="So", by=roles[Role.SPONSOR], at=MONDAY)
    again = services.schedule_gate(phase=held.phase, planned_on=FRIDAY, by=alice, at=MONDAY)
    assert again.code == "G2"


def test_each_condition_becomes_an_action_item(held: GateReview, roles: Roles, condition: Condition, bob: User) -> None:
    services.decide_gate(
        gate=held, decision="proceed_with_conditions", rationale="Go on", conditions=[condition],
        by=roles[Role.SPONSOR], at=MONDAY,
    )  # fmt: skip
    item = ActionItem.objects.get(program=held.program_id)
    assert (item.title, item.state, item.source) == (condition.text, ActionState.REQUESTED, ActionSource.GATE)
    assert (item.performer, item.requester, item.requested_for) == (bob, roles[Role.SPONSOR], FRIDAY)
    assert item.gate_condition is not None and item.gate_condition.gate_review_id == held.pk
    assert Reminder.objects.get(kind="action_requested").recipient == bob
    assert Phase.objects.get(pk=held.phase_id).status == PhaseStatus.CLOSED


def test_a_long_condition_is_whole_in_the_detail(held: GateReview, roles: Roles, condition: Condition) -> None:
    long = Condition(**{**vars(condition), "text": "Brief " * 100})
    services.decide_gate(
        gate=held, decision="proceed_with_conditions", rationale="Go on", conditions=[long],
        by=roles[Role.SPONSOR], at=MONDAY,
    )  # fmt: skip
    item = ActionItem.objects.get(program=held.program_id)
    assert len(item.title) == 300 and item.title.endswith("…")
    assert item.detail == long.text.strip()


def test_decision_and_conditions_go_together(held: GateReview, roles: Roles, condition: Condition) -> None:
    sponsor = roles[Role.SPONSOR]
    with pytest.raises(exceptions.ConditionsMissing):
        services.decide_gate(gate=held, decision="proceed_with_conditions", rationale="Go", by=sponsor, at=MONDAY)
    with pytest.raises(exceptions.ConditionsNotAsked):
        services.decide_gate(gate=held, decision="stop", rationale="No", conditions=[condition], by=sponsor, at=MONDAY)
    with pytest.raises(exceptions.ReasonMissing):
        services.decide_gate(gate=held, decision="proceed", rationale=" ", by=sponsor, at=MONDAY)
    assert GateReview.objects.get(pk=held.pk).state == GateState.HELD


def test_whom_a_condition_asks_is_of_the_program(
    held: GateReview, roles: Roles, condition: Condition, charlie: User
) -> None:
    foreign = Condition(**{**vars(condition), "performer": charlie})
    with pytest.raises(exceptions.NotInThisProgram):
        services.decide_gate(
            gate=held, decision="proceed_with_conditions", rationale="Go", conditions=[foreign],
            by=roles[Role.SPONSOR], at=MONDAY,
        )  # fmt: skip
    assert GateReview.objects.get(pk=held.pk).state == GateState.HELD


def test_a_gate_is_decided_once(held: GateReview, roles: Roles, alice: User) -> None:
    sponsor = roles[Role.SPONSOR]
    services.decide_gate(gate=held, decision="rework", rationale="No", by=sponsor, at=MONDAY)
    with pytest.raises(exceptions.GateDecided, match="G1 is decided: Rework") as refused:
        services.decide_gate(gate=held, decision="proceed", rationale="Go", by=sponsor, at=MONDAY)
    assert refused.value.status == 409
    assert refused.value.facts == {"state": "decided", "legal_moves": []}
    with pytest.raises(exceptions.GateDecided):
        services.hold_gate(gate=held, rating="green", by=alice, at=MONDAY)
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        GateReview.objects.filter(pk=held.pk).update(decision=GateDecision.PROCEED)


def test_the_checklist_is_kept_as_it_was(held: GateReview, roles: Roles) -> None:
    known = queries.checklist(held.phase, TODAY)
    services.decide_gate(gate=held, decision="proceed", rationale="Go", by=roles[Role.SPONSOR], at=MONDAY)
    assert queries.kept_checklist(held.pk) == known
    assert [line.check for line in known] == list(Check)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        GateCheck.objects.filter(gate_review=held).update(is_well=True)


def test_manager_owner_and_deputy_are_told(held: GateReview, roles: Roles, bob: User, alice: User) -> None:
    Program.objects.filter(pk=held.program_id).update(deputy_sponsor=bob)
    services.decide_gate(gate=held, decision="proceed", rationale="Go", by=roles[Role.SPONSOR], at=MONDAY)
    told = set(Reminder.objects.filter(kind="gate_proceed").values_list("recipient_id", flat=True))
    assert told == {alice.pk, bob.pk, roles[Role.LEAD].pk}
