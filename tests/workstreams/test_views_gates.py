"""The pages of a gate: whether it is decided, a page for each step, and the pack."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from core import clock
from core.accounts.models import User
from programs.choices import PhaseStatus, Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.support import pages
from tests.support.pages import read, signed_in
from workstreams import exceptions, services
from workstreams.choices import ActionState, Discipline, GateState
from workstreams.models import ActionItem, GateReview, Milestone, Workstream

Roles = dict[Role, User]


@pytest.fixture
def gate(phase: Phase, program: Program, roles: Roles, alice: User) -> GateReview:
    """A review of a running phase, planned for ten days from now."""
    today = clock.today(program.time_zone)
    Program.objects.filter(pk=program.pk).update(sponsor=roles[Role.SPONSOR])
    start = today - dt.timedelta(days=30)
    Phase.objects.filter(pk=phase.pk).update(status=PhaseStatus.ACTIVE, actual_start_on=start)
    phase.refresh_from_db()
    planned_on = today + dt.timedelta(days=10)
    return services.schedule_gate(phase=phase, planned_on=planned_on, by=alice, at=MONDAY)


@pytest.fixture
def held(gate: GateReview, alice: User) -> GateReview:
    """The same, held today."""
    return services.hold_gate(gate=gate, rating="amber", findings="It works", by=alice, at=clock.now())


def decision(**said: Any) -> dict[str, Any]:
    """Return what the form of a decision sends."""
    blank = {"conditions-TOTAL_FORMS": "3", "conditions-INITIAL_FORMS": "0"}
    return {"decision": "proceed", "rationale": "It works", **blank, **said}


def condition(workstreams: dict[Discipline, Workstream], who: User, **said: Any) -> dict[str, Any]:
    facts = {
        "text": "Brief the branches",
        "performer": who.pk,
        "requested_for": "2027-01-15",
        "workstream": workstreams[Discipline.CHANGE].pk,
    }
    return {f"conditions-0-{name}": value for name, value in (facts | said).items()}


def test_it_stands_among_the_pages_of_its_program(gate: GateReview, roles: Roles) -> None:
    page = read(signed_in(roles[Role.VIEWER]), "/gates/ONE-G1/")
    assert '<a href="/programs/" aria-current="page">Programs' in page
    assert '<a href="/programs/ONE/gates/" aria-current="page">Gates' in page
    assert "<dd>ONE-G1</dd>" in page


def test_the_first_sentence_says_whether_it_is_decided(gate: GateReview, roles: Roles) -> None:
    page = signed_in(roles[Role.VIEWER]).get("/gates/ONE-G1/").content.decode()
    assert "G1 is in 10 days." in page
    assert "3 of 8 checks are not met." in page  # no outcome, no milestone of either discipline
    assert "/gates/ONE-G1/hold/" not in page


def test_strangers_see_no_gate(gate: GateReview, charlie: User) -> None:
    for step in ("", "pack/", "hold/", "decision/"):
        assert signed_in(charlie).get(f"/gates/ONE-G1/{step}").status_code == 404


def test_a_manager_holds_it_on_its_own_page(gate: GateReview, alice: User) -> None:
    client = signed_in(alice)
    assert "/gates/ONE-G1/hold/" in client.get("/gates/ONE-G1/").content.decode()
    assert client.get("/gates/ONE-G1/hold/").status_code == 200
    today = clock.today("Europe/London").isoformat()
    sent = client.post("/gates/ONE-G1/hold/", {"held_on": today, "rating": "green", "findings": "Well"})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/gates/ONE-G1/")
    gate.refresh_from_db()
    assert (gate.state, gate.rating, gate.findings) == (GateState.HELD, "green", "Well")
    assert "waits for the sponsor" in client.get("/gates/ONE-G1/").content.decode()


def test_what_the_service_refuses_stands_in_the_form(gate: GateReview, alice: User) -> None:
    sent = signed_in(alice).post("/gates/ONE-G1/hold/", {"held_on": "2099-01-01", "rating": "green"})
    assert sent.status_code == 422
    assert str(exceptions.DateInTheFuture.sentence) in sent.content.decode()


def test_another_date_needs_a_reason(gate: GateReview, alice: User) -> None:
    client = signed_in(alice)
    assert client.post("/gates/ONE-G1/reschedule/", {"planned_on": "2027-02-01"}).status_code == 422
    sent = client.post("/gates/ONE-G1/reschedule/", {"planned_on": "2027-02-01", "reason": "Board"})
    assert sent.status_code == 302
    assert "Moved to another day" in client.get("/gates/ONE-G1/").content.decode()


def test_the_sponsor_decides_with_a_condition(
    held: GateReview, roles: Roles, workstreams: dict[Discipline, Workstream], bob: User
) -> None:
    client = signed_in(roles[Role.SPONSOR])
    form = client.get("/gates/ONE-G1/decision/").content.decode()
    assert "Project milestones" in form  # the checklist is in sight
    asked = condition(workstreams, bob)
    said = decision(decision="proceed_with_conditions", **asked)
    confirm = pages.text(client.post("/gates/ONE-G1/decision/", said))
    assert "Proceed with conditions, for Mobilise? It stays as it is." in confirm
    assert "Each condition becomes an action item." in confirm and "Brief the branches: Bob Baker" in confirm
    assert not ActionItem.objects.exists()
    assert GateReview.objects.get().state == GateState.HELD
    back = client.post("/gates/ONE-G1/decision/", {**said, "change": "1"}).content.decode()
    assert "Brief the branches" in back and "Go on to confirm" in back
    assert client.post("/gates/ONE-G1/decision/", {**said, "confirmed": "1"}).status_code == 302
    item = ActionItem.objects.get()
    assert (item.title, item.performer, item.state) == ("Brief the branches", bob, ActionState.REQUESTED)
    page = client.get("/gates/ONE-G1/").content.decode()
    assert "Proceed with conditions" in page and "Sue Sponsor" in page and "ONE-A1" in page
    assert "Brief the branches" in signed_in(bob).get("/my-work/").content.decode()


def test_a_condition_is_whole(
    held: GateReview, roles: Roles, workstreams: dict[Discipline, Workstream], bob: User
) -> None:
    client = signed_in(roles[Role.SPONSOR])
    asked = condition(workstreams, bob, requested_for="")
    sent = client.post("/gates/ONE-G1/decision/", decision(decision="proceed_with_conditions", **asked))
    assert sent.status_code == 422
    none = client.post("/gates/ONE-G1/decision/", decision(decision="proceed_with_conditions"))
    assert str(exceptions.ConditionsMissing.sentence) in none.content.decode()
    assert not ActionItem.objects.exists()


def test_there_is_room_for_more_conditions_without_script(held: GateReview, roles: Roles) -> None:
    client = signed_in(roles[Role.SPONSOR])
    page = client.post("/gates/ONE-G1/decision/", decision(rationale="So far", more="1")).content.decode()
    assert "conditions-5-text" in page and "So far" in page
    assert GateReview.objects.get(pk=held.pk).state == GateState.HELD


def test_a_gate_is_not_decided_twice(held: GateReview, roles: Roles) -> None:
    client = signed_in(roles[Role.SPONSOR])
    said = decision(decision="rework", confirmed="1")
    assert client.post("/gates/ONE-G1/decision/", said).status_code == 302
    again = client.post("/gates/ONE-G1/decision/", decision(confirmed="1"))
    words = exceptions.GateDecided.sentence % {"code": "G1", "decision": "Rework"}
    assert again.status_code == 422 and words in again.content.decode()


def test_who_may_not_is_told_who_may(held: GateReview, alice: User) -> None:
    refused = signed_in(alice).get("/gates/ONE-G1/decision/")
    assert refused.status_code == 403 and "the sponsor or the deputy" in refused.content.decode()


def test_a_review_is_scheduled_of_a_phase_that_waits_for_none(phase: Phase, alice: User) -> None:
    client = signed_in(alice)
    assert "Mobilise" in client.get("/programs/ONE/gates/new/").content.decode()
    sent = client.post("/programs/ONE/gates/new/", {"phase": phase.pk, "planned_on": "2027-01-14"})
    assert sent.status_code == 302
    assert "Every phase that is not over has a review" in client.get("/programs/ONE/gates/new/").content.decode()
    assert "/gates/ONE-G1/" in client.get("/programs/ONE/gates/").content.decode()


def test_the_pack_is_whole(gate: GateReview, milestone: Milestone, roles: Roles) -> None:
    page = signed_in(roles[Role.VIEWER]).get("/gates/ONE-G1/pack/").content.decode()
    for words in ("Checklist", "Outcomes and their measures", "Rules approved", "Open promises", "The decision"):
        assert words in page
    assert "Decided by, date" in page


def test_my_work_leads_to_the_gate(gate: GateReview, roles: Roles) -> None:
    assert "/gates/ONE-G1/" in signed_in(roles[Role.SPONSOR]).get("/my-work/").content.decode()


@pytest.mark.parametrize("path", ["/gates/ONE-G1/", "/gates/ONE-G1/pack/"])
def test_pages_of_a_gate_cost_the_same_whatever_its_phase_holds(
    gate: GateReview,
    milestone: Milestone,
    roles: Roles,
    path: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    Milestone.objects.bulk_create(
        Milestone(
            program=gate.program, phase=gate.phase, workstream=milestone.workstream, code=f"S{number}", name="More",
            baseline_on=milestone.baseline_on, due_on=milestone.due_on, created_at=MONDAY, updated_at=MONDAY,
        )
        for number in range(2, 60)
    )  # fmt: skip
    client = signed_in(roles[Role.VIEWER])
    with django_assert_max_num_queries(22):
        assert client.get(path).status_code == 200
