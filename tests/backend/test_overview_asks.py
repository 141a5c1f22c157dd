"""What is asked of a person: each kind of it, and that My work, each program's page, Programs and the API agree."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import escape

from assessments.choices import RecommendationState, Urgency
from assessments.models import Recommendation
from backend.overview.queries import asks
from backend.overview.queries.asks import Kind, Task
from backend.overview.queries.program import MOST_ASKS
from backend.overview.queries.programs import portfolio
from backend.programfile import services as programfile
from core.accounts.models import User
from programs.choices import MEASURED_PROGRAMS, PhaseStatus, ProgramStatus, Rating, Role
from programs.models import ConfidenceStatement, Membership, Phase, Program
from tests.conftest import Clock
from tests.support.api import ApiOf
from tests.support.big_program import NOW
from tests.support.pages import read
from workstreams.choices import GateDecision, GateState, MilestoneState
from workstreams.models import GateReview, Milestone

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
DAY = dt.timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def sample(clock: Clock) -> Program:
    """The sample program, on its own day."""
    clock.move_to(NOW)
    programfile.load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=None, by=None, at=NOW
    )
    return Program.objects.get(key="ONE")


def _person(role: Role) -> User:
    return User.objects.filter(memberships__role=role, memberships__program__key="ONE").order_by("pk")[0]


def _asked(person: User, at: dt.datetime = NOW) -> dict[str, Kind]:
    return {task.code: task.kind for task in asks.asks(asks.tasks(asks.scope(person, at)))}


def _of(person: User, kind: Kind) -> list[Task]:
    return [task for task in asks.tasks(asks.scope(person, NOW)) if task.kind == kind]


def test_a_gate_is_held_by_the_manager_and_then_decided_by_the_sponsor(sample: Program) -> None:
    manager, sponsor = _person(Role.MANAGER), _person(Role.SPONSOR)
    gate = GateReview.objects.exclude(state=GateState.DECIDED).order_by("planned_on")[0]
    code = f"ONE-{gate.code}"
    GateReview.objects.filter(pk=gate.pk).update(planned_on=TODAY + 6 * DAY)
    assert (_asked(manager)[code], _asked(sponsor)[code]) == (Kind.HOLD_GATE, Kind.DECIDE_GATE)
    GateReview.objects.filter(pk=gate.pk).update(state=GateState.HELD, held_on=TODAY, planned_on=TODAY + 60 * DAY)
    assert _asked(sponsor)[code] == Kind.DECIDE_GATE
    assert code not in _asked(manager)
    GateReview.objects.filter(pk=gate.pk).update(state=GateState.SCHEDULED, held_on=None, planned_on=TODAY + 7 * DAY)
    assert code not in _asked(sponsor)


@pytest.mark.parametrize("status", [PhaseStatus.ACTIVE, PhaseStatus.IN_REVIEW])
def test_a_phase_that_was_sent_back_needs_its_next_review(sample: Program, status: str) -> None:
    manager = _person(Role.MANAGER)
    phase = Phase.objects.get(program=sample, code="PH3")
    phase.gate_reviews.all().delete()
    assert _of(manager, Kind.PLAN_GATE) == []
    GateReview.objects.create(
        program=sample, phase=phase, code="G99", planned_on=TODAY - 9 * DAY, state=GateState.DECIDED,
        held_on=TODAY - 9 * DAY, decision=GateDecision.REWORK, decided_by=_person(Role.SPONSOR),
        decided_on=TODAY - 9 * DAY, rationale="Not ready.", created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    Phase.objects.filter(pk=phase.pk).update(status=status)
    assert _asked(manager)["ONE-PH3"] == Kind.PLAN_GATE
    assert _of(_person(Role.SPONSOR), Kind.PLAN_GATE) == _of(_person(Role.MEMBER), Kind.PLAN_GATE) == []
    GateReview.objects.create(
        program=sample, phase=phase, code="G98", planned_on=TODAY + 9 * DAY, created_at=NOW, updated_at=NOW
    )
    assert _of(manager, Kind.PLAN_GATE) == []


def test_a_phase_past_its_day_is_asked_of_the_manager(sample: Program) -> None:
    manager = _person(Role.MANAGER)
    assert _of(manager, Kind.START_PHASE) == _of(manager, Kind.END_PHASE) == []
    Phase.objects.filter(program=sample, code="PH4").update(
        baseline_start_on=TODAY - DAY, forecast_start_on=None, baseline_end_on=TODAY + 9 * DAY
    )
    Phase.objects.filter(program=sample, code="PH3").update(
        baseline_end_on=TODAY - 40 * DAY, forecast_end_on=TODAY - DAY
    )
    GateReview.objects.filter(phase__code="PH3").delete()
    assert {task.code for task in _of(manager, Kind.START_PHASE)} == {"ONE-PH4"}
    assert {task.code for task in _of(manager, Kind.END_PHASE)} == {"ONE-PH3"}
    assert _of(_person(Role.MEMBER), Kind.START_PHASE) == []
    Phase.objects.filter(program=sample, code="PH3").update(forecast_end_on=TODAY)
    assert _of(manager, Kind.END_PHASE) == []


def test_an_overdue_milestone_of_others_is_asked_of_the_manager(sample: Program) -> None:
    manager = _person(Role.MANAGER)
    milestone = Milestone.objects.filter(program=sample, state=MilestoneState.PLANNED).exclude(owner=manager)[0]
    Milestone.objects.filter(pk=milestone.pk).update(due_on=TODAY - DAY)
    assert _asked(manager)[f"ONE-{milestone.code}"] == Kind.CHASE
    Milestone.objects.filter(pk=milestone.pk).update(owner=manager)
    assert _asked(manager)[f"ONE-{milestone.code}"] == Kind.REACH


def test_a_critical_recommendation_is_asked_of_who_alone_may_accept_it(sample: Program) -> None:
    sponsor = _person(Role.SPONSOR)
    step = Recommendation.objects.filter(assessment__program=sample).select_related("assessment").order_by("pk")[0]
    code = f"ONE-{step.assessment.code}-{step.code}"
    Recommendation.objects.filter(pk=step.pk).update(
        urgency=Urgency.CRITICAL, state=RecommendationState.PROPOSED, action_item=None
    )
    assert _asked(sponsor)[code] == Kind.DECIDE_RECOMMENDATION
    assert _of(_person(Role.MANAGER), Kind.DECIDE_RECOMMENDATION) == []
    Recommendation.objects.filter(pk=step.pk).update(urgency=Urgency.ESSENTIAL)
    assert code not in _asked(sponsor)


def test_delivery_confidence_is_asked_of_the_sponsor_until_their_word_stands(sample: Program) -> None:
    sponsor = _person(Role.SPONSOR)
    ConfidenceStatement.objects.all().delete()
    assert _asked(sponsor)["ONE"] == Kind.CONFIRM
    assert "ONE" not in _asked(_person(Role.MANAGER))
    ConfidenceStatement.objects.create(program=sample, computed=Rating.AMBER, rating=Rating.AMBER, by=sponsor, at=NOW)
    assert "ONE" not in _asked(sponsor)


def test_only_readings_are_asked_in_a_program_that_is_over_or_paused(sample: Program) -> None:
    people = User.objects.filter(memberships__program=sample)
    assert any(_asked(person) for person in people)
    for status in (ProgramStatus.PAUSED, ProgramStatus.CLOSED, ProgramStatus.STOPPED):
        Program.objects.update(status=status)
        asked = {kind for person in people for kind in _asked(person).values()}
        assert asked == ({Kind.READ} if status in MEASURED_PROGRAMS else set())


@pytest.mark.parametrize("days", [0, 14, 60, 400])
def test_all_doors_agree_on_what_is_asked(
    sample: Program, clock: Clock, client: Client, api_of: ApiOf, days: int
) -> None:
    at = NOW + days * DAY
    clock.move_to(at)
    told = {}
    for person in User.objects.filter(memberships__program=sample).order_by("pk"):
        tasks = asks.asks(asks.tasks(asks.scope(person, at)))
        found = [task.code for task in tasks]
        told[person.name] = len(found)
        answer = api_of(person).get("people/me/asks/").json()
        assert [row["code"] for row in answer["asks"]] == found[:100]
        assert answer["has_more"] is (len(found) > 100)
        assert {row["program"]["id"] for row in answer["asks"]} <= {sample.pk}
        assert portfolio(person, at).cards[0].asks == len(found)
        client.force_login(person)
        page, work = read(client, "/programs/ONE/"), read(client, "/my-work/")
        assert ("Nothing is asked of you here." in page) is (found == [])
        assert page.count('class="ask__what') == min(len(found), MOST_ASKS)
        assert ("And more, in My work" in page) is (len(found) > MOST_ASKS)
        assert ("Nothing asked of you." in work) is (found == [])
        for task in tasks:
            assert escape(task.title) in work
    # Somebody is asked and somebody is not, so that both are seen.
    assert any(told.values())


def test_a_stranger_is_asked_nothing(sample: Program, charlie: User, api_of: ApiOf) -> None:
    assert api_of(charlie).get("people/me/asks/").json() == {"asks": [], "has_more": False, "next": None}


def test_what_comes_next_is_told_where_nothing_is_asked(sample: Program, api_of: ApiOf) -> None:
    viewer = User.objects.create_user("vera@example.net", name="Vera")
    milestone = Milestone.objects.filter(program=sample, state=MilestoneState.PLANNED).order_by("pk")[0]
    Membership.objects.create(program=sample, person=viewer, role=Role.MEMBER)
    Milestone.objects.filter(pk=milestone.pk).update(owner=viewer, due_on=TODAY + 300 * DAY)
    answer = api_of(viewer).get("people/me/asks/").json()
    assert answer["asks"] == []
    coming = answer["next"]
    assert (coming["kind"], coming["code"]) == ("reach", f"ONE-{milestone.code}")
    assert coming["page"].endswith(f"/milestones/ONE-{milestone.code}/")
