"""Gate reviews over the API: scheduled, moved, held, decided once."""

import datetime as dt

import pytest

from core.accounts.models import User
from programs.choices import PhaseStatus, Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.conftest import Clock
from tests.support.api import ApiOf
from tests.work import FRIDAY, TODAY
from workstreams import exceptions
from workstreams.choices import Discipline
from workstreams.models import ActionItem, GateReview, Workstream

Roles = dict[Role, User]
GATE = "gate-reviews/ONE-G1/"
CONDITION = {
    "text": "Brief the branches",
    "performer": "bob@example.org",
    "requested_for": FRIDAY.isoformat(),
    "workstream": "ONE-W2",
}
WITH_CONDITION = {"decision": "proceed_with_conditions", "rationale": "Go on", "conditions": [CONDITION]}


@pytest.fixture(autouse=True)
def running(clock: Clock, phase: Phase, roles: Roles, workstreams: dict[Discipline, Workstream]) -> None:
    """The story begins on Monday, with a phase under way."""
    clock.move_to(MONDAY)
    Program.objects.update(sponsor=roles[Role.SPONSOR])
    Phase.objects.update(status=PhaseStatus.ACTIVE, actual_start_on=TODAY - dt.timedelta(days=30))


@pytest.fixture
def scheduled(alice: User, api_of: ApiOf) -> None:
    """A review, planned for Friday."""
    body = {"program": "ONE", "phase": "ONE-PH1", "planned_on": FRIDAY.isoformat()}
    answer = api_of(alice).post("gate-reviews/", body)
    assert (answer.status_code, answer["Location"]) == (201, "http://testserver/api/v1/gate-reviews/ONE-G1/")


@pytest.fixture
def held(scheduled: None, alice: User, api_of: ApiOf) -> None:
    """The same, held today."""
    assert api_of(alice).post(f"{GATE}hold/", {"rating": "amber"}).status_code == 200


def test_a_review_carries_its_checklist_and_its_moves(
    scheduled: None, alice: User, roles: Roles, api_of: ApiOf
) -> None:
    shown = api_of(alice).get(GATE).json()
    assert (shown["state"], shown["legal_moves"]) == ("scheduled", ["reschedule", "hold"])
    assert [line["check"] for line in shown["checklist"]][:2] == ["measured", "fresh"]
    assert shown["checklist"][0] == {"check": "measured", "is_well": False, "done": 0, "total": 0, "names": []}
    assert api_of(roles[Role.VIEWER]).get(GATE).json()["legal_moves"] == []


def test_one_review_at_a_time(scheduled: None, alice: User, api_of: ApiOf) -> None:
    body = {"program": "ONE", "phase": "PH1", "planned_on": FRIDAY.isoformat()}
    refused = api_of(alice).post("gate-reviews/", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "gate_still_open")


def test_another_day_needs_a_reason_and_if_match(scheduled: None, alice: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    etag, later = api.get(GATE)["ETag"], {"planned_on": "2026-12-11"}
    assert api.patch(GATE, later).status_code == 428
    refused = api.patch(GATE, later, If_Match=etag)
    assert (refused.status_code, refused.json()["code"]) == (409, "reason_missing")
    moved = api.patch(GATE, {**later, "reason": "Board"}, If_Match=etag)
    assert (moved.status_code, moved.json()["planned_on"]) == (200, "2026-12-11")
    assert api.patch(GATE, {**later, "reason": "Board"}, If_Match=etag).status_code == 412


def test_what_a_read_gives_is_taken_back(scheduled: None, alice: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    shown = api.get(GATE)
    assert api.patch(GATE, shown.json(), If_Match=shown["ETag"]).status_code == 200


def test_held_and_decided_with_a_condition(held: None, roles: Roles, bob: User, api_of: ApiOf) -> None:
    api = api_of(roles[Role.SPONSOR])
    assert "decide" in api.get(GATE).json()["legal_moves"]
    decided = api.post(f"{GATE}decision/", WITH_CONDITION)
    assert decided.status_code == 200, decided.content
    shown = decided.json()
    assert (shown["state"], shown["decision"]) == ("decided", "proceed_with_conditions")
    assert shown["decided_by"]["name"] == "Sue Sponsor"
    assert shown["conditions"][0]["action_item"]["code"] == "ONE-A1"
    assert (ActionItem.objects.get().performer, ActionItem.objects.get().source) == (bob, "gate")
    assert Phase.objects.get().status == PhaseStatus.CLOSED


def test_a_gate_is_decided_once_in_the_same_words(held: None, roles: Roles, api_of: ApiOf) -> None:
    api = api_of(roles[Role.SPONSOR])
    body = {"decision": "rework", "rationale": "Not yet"}
    assert api.post(f"{GATE}decision/", body).status_code == 200
    refused = api.post(f"{GATE}decision/", body)
    problem = refused.json()
    assert (refused.status_code, problem["code"], problem["legal_moves"]) == (409, "gate_decided", [])
    words = exceptions.GateDecided.sentence % {"code": "G1", "decision": "Rework"}
    assert problem["detail"] == words


def test_conditions_are_checked_as_on_the_page(held: None, roles: Roles, api_of: ApiOf) -> None:
    api = api_of(roles[Role.SPONSOR])
    bare = {**WITH_CONDITION, "conditions": []}
    assert api.post(f"{GATE}decision/", bare).json()["code"] == "conditions_missing"
    lone = {**WITH_CONDITION, "decision": "proceed"}
    assert api.post(f"{GATE}decision/", lone).json()["code"] == "conditions_not_asked"
    strange = {**WITH_CONDITION, "conditions": [{**CONDITION, "performer": "charlie@example.org"}]}
    assert api.post(f"{GATE}decision/", strange).json()["code"] == "not_in_this_program"
    empty = {**WITH_CONDITION, "conditions": [{"text": "Brief"}]}
    assert api.post(f"{GATE}decision/", empty).status_code == 400
    assert GateReview.objects.get().state == "held"


def test_who_may_not_is_told_who_may(held: None, alice: User, charlie: User, api_of: ApiOf) -> None:
    body = {"decision": "proceed", "rationale": "Go"}
    refused = api_of(alice).post(f"{GATE}decision/", body)
    assert (refused.status_code, "sponsor or the deputy" in refused.json()["detail"]) == (403, True)
    assert api_of(charlie).post(f"{GATE}decision/", body).status_code == 404


def test_reads_cost_the_same_whatever_is_there(scheduled: None, alice: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    api.get(GATE)
    assert len(api.queries) <= 14, api.queries
    api.get("gate-reviews/")
    assert len(api.queries) <= 4, api.queries
