"""Phases are added, changed, ordered, closed, stopped, reopened and deleted; no date moves without a reason."""

import datetime as dt
from typing import Any

import pytest

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from programs.choices import OutcomeArea, PhaseStatus, ProgramStatus, Role
from programs.models import Outcome, Phase, Program
from tests.cast import MONDAY
from workstreams import exceptions, services
from workstreams.choices import GateState
from workstreams.models import GateReview
from workstreams.services import PhaseDetails

TODAY = MONDAY.date()
DAY = dt.timedelta(days=1)
STAMPS = {"created_at": MONDAY, "updated_at": MONDAY}


@pytest.fixture
def phases(program: Program, alice: User, roles: dict[Role, User]) -> list[Phase]:
    """Three phases that overlap."""
    return [
        services.add_phase(
            program=program, by=alice, at=MONDAY,
            details=PhaseDetails(
                name=name, baseline_start_on=TODAY + number * 30 * DAY, baseline_end_on=TODAY + (number * 30 + 60) * DAY
            ),
        )
        for number, name in enumerate(("Mobilise", "Foundation", "Pilot"))
    ]  # fmt: skip


def run(phase: Phase, status: str = PhaseStatus.ACTIVE) -> Phase:
    """Return the phase as it is under way since ten days."""
    Phase.objects.filter(pk=phase.pk).update(status=status, actual_start_on=TODAY - 10 * DAY)
    phase.refresh_from_db()
    return phase


def test_a_phase_stands_behind_the_others(phases: list[Phase]) -> None:
    assert [(phase.code, phase.position, phase.status) for phase in phases] == [
        ("PH1", 1, "planned"), ("PH2", 2, "planned"), ("PH3", 3, "planned"),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="add_phase").count() == 3


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER, Role.LEAD, Role.SPONSOR])
def test_only_a_manager_plans(role: Role, phases: list[Phase], program: Program, roles: dict[Role, User]) -> None:
    who: dict[str, Any] = {"by": roles[role], "at": MONDAY}
    for attempt in (
        lambda: services.add_phase(program=program, details=PhaseDetails(name="New"), **who),
        lambda: services.edit_phase(phase=phases[0], changes={"name": "New"}, **who),
        lambda: services.order_phases(program=program, phases=phases, **who),
        lambda: services.delete_phase(phase=phases[0], **who),
        lambda: services.stop_phase(phase=phases[0], reason="So", **who),
    ):
        with pytest.raises(core_exceptions.NotAllowed, match="Only a manager"):
            attempt()


def test_before_its_start_its_baseline_moves(phases: list[Phase], alice: User) -> None:
    moved = services.edit_phase(phase=phases[0], changes={"baseline_end_on": TODAY + 90 * DAY}, by=alice, at=MONDAY)
    assert (moved.baseline_end_on, moved.version) == (TODAY + 90 * DAY, 2)


def test_after_its_start_its_baseline_stands(phases: list[Phase], alice: User) -> None:
    with pytest.raises(exceptions.PhaseBaselineFrozen) as refused:
        services.edit_phase(
            phase=run(phases[0]), changes={"baseline_end_on": TODAY + 90 * DAY}, reason="So", by=alice, at=MONDAY
        )
    assert list(refused.value.fields) == ["baseline_end_on"]


def test_after_its_start_a_forecast_needs_a_reason(phases: list[Phase], alice: User) -> None:
    change: dict[str, Any] = {"phase": run(phases[0]), "changes": {"forecast_end_on": TODAY + 80 * DAY}}
    with pytest.raises(exceptions.ReasonMissing):
        services.edit_phase(**change, by=alice, at=MONDAY)
    services.edit_phase(**change, reason="The vendor is late", by=alice, at=MONDAY)
    entry = Entry.objects.get(verb="edit_phase")
    assert (entry.reason, entry.changes) == (
        "The vendor is late", {"forecast_end_on": [None, (TODAY + 80 * DAY).isoformat()]},
    )  # fmt: skip


def test_a_wrong_start_is_corrected_with_a_reason(phases: list[Phase], alice: User) -> None:
    with pytest.raises(exceptions.NotStartedYet):
        services.edit_phase(phase=phases[0], changes={"actual_start_on": TODAY}, by=alice, at=MONDAY)
    phase = run(phases[0])
    for day, refusal in ((TODAY + DAY, exceptions.DateInTheFuture), (None, exceptions.NotStartedYet)):
        with pytest.raises(refusal):
            services.edit_phase(phase=phase, changes={"actual_start_on": day}, reason="Typo", by=alice, at=MONDAY)
    right = services.edit_phase(phase=phase, changes={"actual_start_on": TODAY}, reason="Typo", by=alice, at=MONDAY)
    assert right.actual_start_on == TODAY


@pytest.mark.parametrize("kind", ["baseline", "forecast"])
def test_a_phase_does_not_end_before_it_starts(kind: str, phases: list[Phase], alice: User) -> None:
    changes = {f"{kind}_start_on": TODAY, f"{kind}_end_on": TODAY - DAY}
    with pytest.raises(exceptions.EndsBeforeItStarts) as refused:
        services.edit_phase(phase=phases[0], changes=changes, by=alice, at=MONDAY)
    assert list(refused.value.fields) == [f"{kind}_end_on"]


def test_its_owner_belongs_to_the_program(phases: list[Phase], alice: User, charlie: User) -> None:
    with pytest.raises(exceptions.NotInThisProgram):
        services.edit_phase(phase=phases[0], changes={"owner": charlie}, by=alice, at=MONDAY)


def test_a_whole_new_order(phases: list[Phase], program: Program, alice: User) -> None:
    one, two, three = phases
    ordered = services.order_phases(program=program, phases=[three, one, two], by=alice, at=MONDAY)
    assert [(phase.code, phase.position) for phase in ordered] == [("PH3", 1), ("PH1", 2), ("PH2", 3)]
    assert Entry.objects.get(verb="order_phases").changes == {"phases": [["PH1", "PH2", "PH3"], ["PH3", "PH1", "PH2"]]}
    for wrong in ([one, two], [one, two, two], [one, two, three, one]):
        with pytest.raises(exceptions.OrderIncomplete):
            services.order_phases(program=program, phases=wrong, by=alice, at=MONDAY)


def test_from_review_to_closed_and_back(phases: list[Phase], alice: User) -> None:
    phase = run(phases[0])
    assert services.review_phase(phase=phase, by=alice, at=MONDAY).status == PhaseStatus.IN_REVIEW
    assert services.rework_phase(phase=phase, reason="More", by=alice, at=MONDAY).status == PhaseStatus.ACTIVE
    closed = services.close_phase(phase=phase, ended_on=TODAY - DAY, by=alice, at=MONDAY)
    assert (closed.status, closed.actual_end_on) == (PhaseStatus.CLOSED, TODAY - DAY)
    again = services.reopen_phase(phase=phase, reason="Not yet", by=alice, at=MONDAY)
    assert (again.status, again.actual_end_on) == (PhaseStatus.ACTIVE, None)
    assert Entry.objects.get(verb="reopen_phase").reason == "Not yet"


def test_a_phase_ends_between_its_start_and_today(phases: list[Phase], alice: User) -> None:
    phase = run(phases[0])
    with pytest.raises(exceptions.DateInTheFuture):
        services.close_phase(phase=phase, ended_on=TODAY + DAY, by=alice, at=MONDAY)
    with pytest.raises(exceptions.EndsBeforeItStarts):
        services.close_phase(phase=phase, ended_on=TODAY - 11 * DAY, by=alice, at=MONDAY)


def test_what_was_stopped_before_its_start_is_planned_again(phases: list[Phase], alice: User) -> None:
    stopped = services.stop_phase(phase=phases[2], reason="No budget", by=alice, at=MONDAY)
    assert (stopped.status, stopped.actual_end_on) == (PhaseStatus.STOPPED, None)
    again = services.reopen_phase(phase=phases[2], reason="Budget found", by=alice, at=MONDAY)
    assert again.status == PhaseStatus.PLANNED


def test_what_the_state_does_not_allow(phases: list[Phase], alice: User) -> None:
    for move in (services.review_phase, services.close_phase):
        with pytest.raises(core_exceptions.IllegalMove) as refused:
            move(phase=phases[0], by=alice, at=MONDAY)
        assert refused.value.params["legal"] == ["start", "stop"]
    for words in (services.rework_phase, services.reopen_phase):
        with pytest.raises(core_exceptions.IllegalMove):
            words(phase=phases[0], reason="So", by=alice, at=MONDAY)


def test_an_unused_phase_is_deleted_with_its_gate(phases: list[Phase], program: Program, alice: User) -> None:
    GateReview.objects.create(program=program, phase=phases[2], code="G3", planned_on=TODAY, **STAMPS)
    services.delete_phase(phase=phases[2], by=alice, at=MONDAY)
    assert list(program.phases.values_list("code", flat=True)) == ["PH1", "PH2"]
    assert Entry.objects.get(verb="delete_phase").label == "ONE-PH3 Pilot"


def test_a_phase_in_use_stays(phases: list[Phase], program: Program, alice: User) -> None:
    one, two, three = phases
    Outcome.objects.create(program=program, phase=one, code="O1", statement="Stay", area=OutcomeArea.CUSTOMER, **STAMPS)
    GateReview.objects.create(
        program=program, phase=two, code="G2", planned_on=TODAY, held_on=TODAY, state=GateState.HELD, **STAMPS
    )
    for phase, why in ((one, "it holds O1"), (two, "its gate G2 was held"), (run(three), "it has started")):
        with pytest.raises(exceptions.PhaseInUse, match=why):
            services.delete_phase(phase=phase, by=alice, at=MONDAY)


def test_an_active_program_keeps_a_phase(phases: list[Phase], program: Program, alice: User) -> None:
    Program.objects.filter(pk=program.pk).update(status=ProgramStatus.ACTIVE, sponsor=alice, case_for_change="Because")
    for phase in phases[1:]:
        services.delete_phase(phase=phase, by=alice, at=MONDAY)
    with pytest.raises(exceptions.LastPhase):
        services.delete_phase(phase=phases[0], by=alice, at=MONDAY)
