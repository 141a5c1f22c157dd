"""The pages of action items and milestones: the happy path, the stranger, the fragment, and without script."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from core.accounts.models import User
from programs.choices import Role
from programs.models import Program
from tests.cast import MONDAY
from tests.conftest import Clock
from tests.work import FRIDAY
from workstreams.choices import ActionState, MilestoneState
from workstreams.models import ActionItem, Milestone

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def as_bob(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


def test_an_item_says_who_promises_what_for_when(as_bob: Client, promise: ActionItem) -> None:
    page = as_bob.get("/actions/ONE-A1/").content.decode()
    assert "Bob Baker promises this for Fri 27 Nov." in page
    assert 'action="/actions/ONE-A1/keep/"' in page
    assert "/api/v1/action-items/ONE-A1/keep/" in page


def test_an_item_is_found_by_its_number_too(as_bob: Client, item: ActionItem) -> None:
    assert as_bob.get(f"/actions/{item.pk}/").status_code == 200


@pytest.mark.parametrize("path", ["/actions/ONE-A1/", "/milestones/ONE-S1/", "/programs/ONE/actions/new/"])
def test_a_stranger_learns_nothing(
    client: Client, charlie: User, item: ActionItem, milestone: Milestone, path: str
) -> None:
    client.force_login(charlie)
    assert client.get(path).status_code == 404


def test_a_promise_is_kept_without_script(as_bob: Client, promise: ActionItem) -> None:
    answer = as_bob.post("/actions/ONE-A1/keep/", {"next": "/my-work/"}, follow=True)
    promise.refresh_from_db()
    assert (promise.state, answer.redirect_chain) == (ActionState.KEPT, [("/my-work/", 302)])
    assert "Kept." in answer.content.decode()


def test_a_promise_is_kept_in_place(as_bob: Client, promise: ActionItem) -> None:
    answer = as_bob.post(
        "/actions/ONE-A1/keep/", {"next": "/my-work/", "region": "work"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert answer["HX-Location"] == '{"path": "/my-work/", "target": "#work", "swap": "outerHTML"}'


def test_nobody_is_sent_to_another_site(as_bob: Client, promise: ActionItem) -> None:
    answer = as_bob.post("/actions/ONE-A1/keep/", {"next": "https://evil.example/"})
    assert answer["Location"] == "/actions/ONE-A1/"


def test_what_refuses_a_move_stands_in_its_form(as_bob: Client, item: ActionItem) -> None:
    answer = as_bob.post("/actions/ONE-A1/promise/", {"promised_for": "2026-11-20"})
    assert answer.status_code == 422
    assert "A promise is for today or later." in answer.content.decode()
    item.refresh_from_db()
    assert item.state == ActionState.REQUESTED


def test_a_refused_move_in_place_replaces_the_buttons_alone(as_bob: Client, item: ActionItem) -> None:
    answer = as_bob.post("/actions/ONE-A1/decline/", {"note": ""}, headers={"HX-Request": "true", "HX-Target": "work"})
    assert (answer.status_code, answer["HX-Retarget"]) == (422, "#moves-ONE-A1")
    assert "<html" not in answer.content.decode()


def test_a_move_is_asked_about_in_place(as_bob: Client, item: ActionItem) -> None:
    headers = {"HX-Request": "true", "HX-Target": "moves-ONE-A1"}
    answer = as_bob.get("/actions/ONE-A1/?move=decline&next=/my-work/&region=work", headers=headers)
    page = answer.content.decode()
    assert 'name="note"' in page
    assert 'name="next" value="/my-work/"' in page
    assert "<html" not in page


def test_an_unknown_move_is_no_page(as_bob: Client, item: ActionItem) -> None:
    assert as_bob.get("/actions/ONE-A1/?move=explode").status_code == 404
    assert as_bob.post("/actions/ONE-A1/explode/").status_code == 404


def test_who_may_not_is_told_who_may(client: Client, roles: dict[Role, User], item: ActionItem) -> None:
    client.force_login(roles[Role.VIEWER])
    answer = client.post("/actions/ONE-A1/promise/", {"promised_for": FRIDAY.isoformat()})
    assert answer.status_code == 403
    assert "Only the performer may do this." in answer.content.decode()


def test_who_only_looks_is_offered_nothing(client: Client, roles: dict[Role, User], promise: ActionItem) -> None:
    client.force_login(roles[Role.VIEWER])
    assert "/keep/" not in client.get("/actions/ONE-A1/").content.decode().replace(
        "/api/v1/action-items/ONE-A1/keep/", ""
    )


def test_an_answer_is_undone_from_its_message(as_bob: Client, promise: ActionItem) -> None:
    as_bob.post("/actions/ONE-A1/keep/")
    answer = as_bob.post("/actions/ONE-A1/undo/", headers={"Referer": "http://testserver/my-work/"})
    promise.refresh_from_db()
    assert (promise.state, answer["Location"]) == (ActionState.COMMITTED, "http://testserver/my-work/")


def test_a_late_promise_is_answered_by_saying_why(as_bob: Client, promise: ActionItem, clock: Clock) -> None:
    clock.move_to(MONDAY + dt.timedelta(days=7))
    page = as_bob.get("/actions/ONE-A1/").content.decode()
    assert "Late: Bob Baker promised this for Fri 27 Nov." in page
    answer = as_bob.post("/actions/ONE-A1/miss/", {"reason": "not_enough_time"})
    promise.refresh_from_db()
    assert (answer.status_code, promise.state) == (302, ActionState.MISSED)


def test_somebody_is_asked_for_something(as_bob: Client, program: Program, item: ActionItem, alice: User) -> None:
    form = {
        "title": "Publish the rule",
        "performer": alice.pk,
        "requested_for": "2026-12-04",
        "workstream": item.workstream_id,
        "phase": item.phase_id,
    }
    answer = as_bob.post(reverse("workstreams:request_action", args=["ONE"]), form)
    asked = ActionItem.objects.get(title="Publish the rule")
    assert answer["Location"] == f"/actions/ONE-{asked.code}/"
    assert (asked.performer, asked.requester.email) == (alice, "bob@example.org")


def test_nobody_is_asked_outside_the_program(as_bob: Client, program: Program, item: ActionItem, charlie: User) -> None:
    form = {"title": "Help", "performer": charlie.pk, "requested_for": "2026-12-04"}
    answer = as_bob.post(reverse("workstreams:request_action", args=["ONE"]), form)
    assert answer.status_code == 422
    assert not ActionItem.objects.filter(title="Help").exists()


def test_a_milestone_is_reached_and_reopened(as_bob: Client, milestone: Milestone) -> None:
    as_bob.post("/milestones/ONE-S1/achieve/")
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.ACHIEVED
    as_bob.post("/milestones/ONE-S1/undo/")
    milestone.refresh_from_db()
    assert milestone.state == MilestoneState.PLANNED


def test_another_date_is_said_with_its_reason(as_bob: Client, milestone: Milestone) -> None:
    assert as_bob.post("/milestones/ONE-S1/forecast/", {"forecast_on": "2026-12-11"}).status_code == 422
    as_bob.post("/milestones/ONE-S1/forecast/", {"forecast_on": "2026-12-11", "reason": "Vendor fix"})
    page = as_bob.get("/milestones/ONE-S1/").content.decode()
    assert "Due on Fri 11 Dec, 14 days after its baseline." in page
    assert "Vendor fix" in page
