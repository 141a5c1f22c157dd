"""What a decision does is said before it is taken: what closes and may start, where open milestones go, what comes."""

import datetime as dt
from typing import Any

import pytest

from core.accounts.models import User
from core.audit.models import Entry
from core.exceptions import Refusal
from notifications.choices import ReminderState
from notifications.models import Reminder
from programs.choices import PhaseStatus, Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.support.pages import read, signed_in, text
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams import exceptions, services
from workstreams.choices import MILESTONE, GateDecision, GateState, MilestoneState
from workstreams.models import GateReview, Milestone
from workstreams.queries import gate_packs, start_blockers
from workstreams.queries.decision_effects import effects, left_open

Roles = dict[Role, User]
ADDRESS = "/gates/ONE-G1/decision/"
LETS_PASS = [GateDecision.PROCEED, GateDecision.PROCEED_WITH_CONDITIONS]


@pytest.fixture
def following(program: Program, phase: Phase) -> Phase:
    """A planned phase after the first one."""
    return Phase.objects.create(program=program, code="PH2", name="Wave 1", position=phase.position + 1, **STAMPS)


@pytest.fixture
def held(
    milestone: Milestone, phase: Phase, program: Program, following: Phase, roles: Roles, alice: User
) -> GateReview:
    """A review of a running phase in which S1 is open, held on Monday."""
    Program.objects.filter(pk=program.pk).update(sponsor=roles[Role.SPONSOR])
    Phase.objects.filter(pk=phase.pk).update(status=PhaseStatus.ACTIVE, actual_start_on=TODAY - dt.timedelta(days=30))
    gate = services.schedule_gate(phase=Phase.objects.get(pk=phase.pk), planned_on=FRIDAY, by=alice, at=MONDAY)
    return services.hold_gate(gate=gate, rating="amber", by=alice, at=MONDAY)


def _decide(gate: GateReview, roles: Roles, decision: str = "proceed", **said: Any) -> GateReview:
    return services.decide_gate(
        gate=gate, decision=decision, rationale="It works", by=roles[Role.SPONSOR], at=MONDAY, **said
    )


def test_each_choice_says_what_it_does(held: GateReview) -> None:
    told = effects(held, left_open(held.phase))
    assert told[GateDecision.PROCEED] == (
        "PH1 closes on 23 November 2026. PH2 Wave 1 may start. 1 milestone is still open and needs another place."
    )
    assert told[GateDecision.REWORK] == "PH1 goes back to work and is reviewed again. PH2 Wave 1 may not start."
    assert told[GateDecision.HOLD] == "PH1 stays in review and is reviewed again. PH2 Wave 1 may not start."
    assert told[GateDecision.STOP].startswith(
        "PH1 stops before its work is done. PH2 Wave 1 may not start. 1 milestone"
    )
    Phase.objects.filter(code="PH2").delete()
    Milestone.objects.update(state=MilestoneState.CANCELLED)
    assert effects(held, left_open(held.phase))[GateDecision.PROCEED] == (
        "PH1 closes on 23 November 2026. No phase comes after it."
    )


@pytest.mark.parametrize("decision", GateDecision)
def test_what_a_choice_says_of_its_phase_comes_true(held: GateReview, roles: Roles, bob: User, decision: str) -> None:
    told = effects(held, left_open(held.phase))[GateDecision(decision)]
    conditions = [
        services.Condition(
            text="Brief them", performer=bob, requested_for=FRIDAY, workstream=held.program.workstreams.all()[0]
        )
    ]
    more: dict[str, Any] = {"conditions": conditions} if decision == "proceed_with_conditions" else {}
    if decision in LETS_PASS:
        more["open_milestones"] = "PH2"
    _decide(held, roles, decision, **more)
    status = Phase.objects.get(code="PH1").status
    words = {"closes": PhaseStatus.CLOSED, "back to work": PhaseStatus.ACTIVE, "stays in review": PhaseStatus.IN_REVIEW}
    expected = next((state for word, state in words.items() if word in told), PhaseStatus.STOPPED)
    assert status == expected


@pytest.mark.parametrize("decision", ["proceed", "rework"])
def test_a_phase_does_not_close_over_open_milestones_in_silence(held: GateReview, roles: Roles, decision: str) -> None:
    if decision == "rework":
        _decide(held, roles, "rework")
        return
    with pytest.raises(exceptions.OpenMilestonesNeedAPlace) as refused:
        _decide(held, roles)
    assert list(refused.value.fields) == ["open_milestones"]
    assert GateReview.objects.get().state == GateState.HELD
    assert Phase.objects.get(code="PH1").status == PhaseStatus.IN_REVIEW


@pytest.mark.parametrize("place", ["PH2", "ONE-PH2"])
def test_open_milestones_move_with_their_history(held: GateReview, roles: Roles, place: str) -> None:
    version = Milestone.objects.get().version
    _decide(held, roles, open_milestones=place)
    moved = Milestone.objects.get()
    assert (moved.phase.code, moved.state, moved.version) == ("PH2", MilestoneState.PLANNED, version + 1)
    entry = Entry.objects.get(subject=f"{MILESTONE}:{moved.pk}", verb="edit_milestone")
    assert (entry.changes, entry.reason) == ({"phase": ["PH1", "PH2"]}, "It works")


def test_open_milestones_are_given_up_with_the_rationale(held: GateReview, roles: Roles) -> None:
    _decide(held, roles, open_milestones="cancel")
    given_up = Milestone.objects.get()
    assert (given_up.phase.code, given_up.state) == ("PH1", MilestoneState.CANCELLED)
    assert Entry.objects.get(subject=f"{MILESTONE}:{given_up.pk}", verb="cancel_milestone").reason == "It works"
    waiting = Reminder.objects.filter(subject_kind=MILESTONE, subject_id=given_up.pk, state=ReminderState.PENDING)
    assert not waiting.exists()


@pytest.mark.parametrize("place", ["PH1", "PH9", "TWO-PH2", "Wave 1"])
def test_they_go_to_another_phase_that_goes_on(held: GateReview, roles: Roles, place: str) -> None:
    with pytest.raises(exceptions.NoSuchPlace):
        _decide(held, roles, open_milestones=place)
    Phase.objects.filter(code="PH2").update(status=PhaseStatus.STOPPED)
    with pytest.raises(exceptions.NoSuchPlace):
        _decide(held, roles, open_milestones="PH2")
    assert Milestone.objects.get().phase.code == "PH1"


def test_a_phase_closed_without_a_review_asks_for_a_place_too(held: GateReview, alice: User, api_of: ApiOf) -> None:
    page = read(signed_in(alice), "/programs/ONE/phases/PH1/?move=close")
    assert "1 is open. Where does it go when the phase closes?" in page and "Move to PH2 Wave 1" in page
    sent = signed_in(alice).post("/programs/ONE/phases/PH1/moves/close/", {})
    assert sent.status_code == 422 and "need another place" in text(sent)
    refused = api_of(alice).post("phases/ONE-PH1/close/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "open_milestones_need_a_place")
    done = api_of(alice).post("phases/ONE-PH1/close/", {"open_milestones": "PH2"})
    assert done.status_code == 200, done.content
    assert Milestone.objects.get().phase.code == "PH2"


@pytest.mark.parametrize("decision", ["rework", "hold"])
def test_the_next_review_is_planned_with_the_decision(held: GateReview, roles: Roles, decision: str) -> None:
    _decide(held, roles, decision, next_review_on=FRIDAY + dt.timedelta(days=28))
    again = GateReview.objects.get(code="G2")
    assert (again.phase.code, again.state, again.planned_on) == (
        "PH1", GateState.SCHEDULED, FRIDAY + dt.timedelta(days=28),
    )  # fmt: skip


def test_no_next_review_is_planned_where_none_is_needed(held: GateReview, roles: Roles) -> None:
    with pytest.raises(exceptions.NextReviewNotAsked):
        _decide(held, roles, open_milestones="PH2", next_review_on=FRIDAY)
    assert GateReview.objects.count() == 1


def test_a_decision_over_the_api_says_where_open_milestones_go(held: GateReview, roles: Roles, api_of: ApiOf) -> None:
    api = api_of(roles[Role.SPONSOR])
    said = {"decision": "proceed", "rationale": "It works"}
    refused = api.post("gate-reviews/ONE-G1/decision/", said)
    assert (refused.status_code, refused.json()["code"]) == (409, "open_milestones_need_a_place")
    assert [error["field"] for error in refused.json()["errors"]] == ["open_milestones"]
    done = api.post("gate-reviews/ONE-G1/decision/", {**said, "open_milestones": "ONE-PH2"})
    assert done.status_code == 200, done.content
    assert Milestone.objects.get().phase.code == "PH2"


def test_the_page_asks_twice_and_tells_what_comes(held: GateReview, roles: Roles) -> None:
    client = signed_in(roles[Role.SPONSOR])
    page = read(client, ADDRESS)
    assert "Proceed: PH1 closes on 23 November 2026. PH2 Wave 1 may start." in page
    said = {
        "decision": "proceed", "rationale": "It works", "conditions-TOTAL_FORMS": "1", "conditions-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post(ADDRESS, said).status_code == 422
    confirm = text(client.post(ADDRESS, {**said, "open_milestones": "PH2"}))
    assert "Proceed, for Mobilise? It stays as it is." in confirm and "Move to PH2 Wave 1" in confirm
    assert GateReview.objects.get().state == GateState.HELD
    taken = client.post(ADDRESS, {**said, "open_milestones": "PH2", "confirmed": "1"})
    assert taken.status_code == 302
    assert GateReview.objects.get().decision == GateDecision.PROCEED


def test_two_deciders_at_once_leave_one_decision(held: GateReview, roles: Roles) -> None:
    """The second had the page open before: it is told, and moves nothing."""
    _decide(held, roles, open_milestones="PH2")
    with pytest.raises(Refusal, match="G1"):
        _decide(held, roles, "stop")
    assert Phase.objects.get(code="PH1").status == PhaseStatus.CLOSED


def test_the_pack_tells_the_plans_days_and_says_where_it_is_cut(held: GateReview, phase: Phase, alice: User) -> None:
    Phase.objects.filter(pk=phase.pk).update(
        baseline_start_on=TODAY, baseline_end_on=FRIDAY, forecast_end_on=FRIDAY + dt.timedelta(days=7)
    )
    Phase.objects.filter(code="PH2").update(baseline_start_on=FRIDAY, baseline_end_on=FRIDAY + dt.timedelta(days=60))
    client = signed_in(alice)
    pack, page = read(client, "/gates/ONE-G1/pack/"), read(client, "/gates/ONE-G1/")
    for shown in (pack, page):
        assert "Mon 23 Nov – Fri 27 Nov" in shown
        assert "PH2 Wave 1, planned" in shown
    assert "There are more than this pack has room for." not in pack
    milestone = Milestone.objects.get()
    place = {"program": milestone.program, "phase": phase, "workstream": milestone.workstream, **STAMPS}
    Milestone.objects.bulk_create(
        Milestone(code=f"N{n}", name=f"Step {n}", baseline_on=FRIDAY, due_on=FRIDAY, **place)
        for n in range(gate_packs.MOST_SHOWN)
    )
    pack = read(client, "/gates/ONE-G1/pack/")
    assert pack.count("Step ") == gate_packs.MOST_SHOWN - 1
    assert pack.count("There are more than this pack has room for.") == 1


def test_the_checklist_says_met_not_met_or_not_measured(held: GateReview, alice: User) -> None:
    page = read(signed_in(alice), "/gates/ONE-G1/")
    assert "not met" in page and "not measured" in page


def _reviewed(phase: Phase, planned_on: dt.date, decision: str, roles: Roles, alice: User, **said: Any) -> None:
    gate = services.schedule_gate(phase=phase, planned_on=planned_on, by=alice, at=MONDAY)
    _decide(services.hold_gate(gate=gate, rating="amber", by=alice, at=MONDAY), roles, decision, **said)


def test_the_review_held_last_opens_the_next_phase_whatever_day_it_was_planned_for(
    held: GateReview, roles: Roles, alice: User, following: Phase
) -> None:
    GateReview.objects.filter(pk=held.pk).update(planned_on=TODAY + dt.timedelta(days=40))
    _decide(held, roles, "rework")
    _reviewed(Phase.objects.get(code="PH1"), FRIDAY, "proceed", roles, alice, open_milestones="PH2")
    assert start_blockers(following).why_closed == ""


def test_a_next_review_is_not_planned_for_a_day_that_is_gone(held: GateReview, roles: Roles) -> None:
    with pytest.raises(exceptions.NextReviewPast):
        _decide(held, roles, "rework", next_review_on=TODAY - dt.timedelta(days=1))
    assert GateReview.objects.get().state == GateState.HELD


def test_a_baseline_that_came_frozen_stays_so_when_a_start_is_undone(
    held: GateReview, roles: Roles, alice: User, following: Phase
) -> None:
    Milestone.objects.update(baseline_frozen_at=MONDAY - dt.timedelta(days=30))
    _decide(held, roles, open_milestones="PH2")
    Phase.objects.filter(pk=following.pk).update(status=PhaseStatus.ACTIVE, actual_start_on=TODAY)
    Entry.objects.create(at=MONDAY, by=alice, verb="start_phase", subject=f"phase:{following.pk}")
    services.undo_start(phase=Phase.objects.get(pk=following.pk), reason="Too early", by=alice, at=MONDAY)
    assert Milestone.objects.get().baseline_frozen_at is not None


def test_a_phase_reopened_after_it_passed_is_not_said_to_have_failed(
    held: GateReview, roles: Roles, alice: User
) -> None:
    _decide(held, roles, open_milestones="PH2")
    services.reopen_phase(phase=Phase.objects.get(code="PH1"), reason="More to do", by=alice, at=MONDAY)
    assert "did not let it pass" not in read(signed_in(alice), "/my-work/")
