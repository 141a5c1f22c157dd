"""Action items and milestones moved over the API: one request, no precondition, a refusal that says what goes."""

import datetime as dt
from typing import Any

import pytest

from core.accounts.models import User
from core.audit.models import Entry
from programs.choices import Role
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.work import FRIDAY
from workstreams import services
from workstreams.models import ActionItem, Milestone

pytestmark = pytest.mark.usefixtures("monday")

LATER = (FRIDAY + dt.timedelta(days=7)).isoformat()


def test_keep_needs_no_body(promise: ActionItem, bob: User, api_of: ApiOf) -> None:
    api = api_of(bob)
    answer = api.post("action-items/ONE-A1/keep/")
    assert answer.status_code == 200
    kept = answer.json()
    assert (kept["state"], kept["done_on"], kept["legal_moves"]) == ("kept", "2026-11-23", ["reopen"])
    assert answer["ETag"] == api.get("action-items/ONE-A1/")["ETag"]
    assert Entry.objects.filter(verb="keep_action", by=bob).count() == 1


@pytest.mark.parametrize(
    ("move", "body", "state"),
    [
        ("promise", {"promised_for": LATER, "note": "A week more"}, "committed"),
        ("decline", {"note": "No capacity"}, "declined"),
    ],
)
def test_an_answer_to_a_request(
    move: str, body: dict[str, Any], state: str, item: ActionItem, bob: User, api_of: ApiOf
) -> None:
    answer = api_of(bob).post(f"action-items/{item.pk}/{move}/", body)
    assert (answer.status_code, answer.json()["state"]) == (200, state)


@pytest.mark.parametrize(
    ("move", "body", "state"),
    [
        ("keep", {"done_on": "2026-11-22", "note": "Early"}, "kept"),
        ("miss", {"reason": "changed_plan", "done_on": None}, "missed"),
        ("renegotiate", {"promised_for": LATER}, "committed"),
    ],
)
def test_what_becomes_of_a_promise(
    move: str, body: dict[str, Any], state: str, promise: ActionItem, bob: User, api_of: ApiOf
) -> None:
    answer = api_of(bob).post(f"action-items/ONE-A1/{move}/", body)
    assert (answer.status_code, answer.json()["state"]) == (200, state)


def test_the_requester_withdraws_and_reopens(promise: ActionItem, roles: dict[Role, User], api_of: ApiOf) -> None:
    api = api_of(roles[Role.SPONSOR])
    assert api.post("action-items/ONE-A1/withdraw/", {"note": "Done elsewhere"}).json()["state"] == "withdrawn"
    reopened = api.post("action-items/ONE-A1/reopen/", {"reason": "It was not"}).json()
    assert (reopened["state"], reopened["promised_for"]) == ("committed", FRIDAY.isoformat())


def test_what_waits_for_acceptance_is_accepted(
    promise: ActionItem, bob: User, roles: dict[Role, User], api_of: ApiOf
) -> None:
    ActionItem.objects.update(needs_acceptance=True)
    assert api_of(bob).post("action-items/ONE-A1/keep/").json()["state"] == "committed"
    api = api_of(roles[Role.SPONSOR])
    assert "accept" in api.get("action-items/ONE-A1/").json()["legal_moves"]
    assert api.post("action-items/ONE-A1/accept/").json()["state"] == "kept"


def test_renewing_answers_the_new_item(promise: ActionItem, bob: User, api_of: ApiOf) -> None:
    services.miss_action(item=promise, reason="other", note="Ill", by=bob, at=MONDAY)
    api = api_of(bob)
    answer = api.post("action-items/ONE-A1/renew/", {"promised_for": LATER})
    assert answer.status_code == 201
    assert answer["Location"].endswith("/api/v1/action-items/ONE-A2/")
    renewed = answer.json()
    assert (renewed["state"], renewed["renewal_of"]["code"], renewed["source"]) == ("committed", "ONE-A1", "renewal")
    missed = api.get("action-items/ONE-A1/").json()
    assert missed["renewed_as"]["code"] == "ONE-A2"
    assert "renew" not in missed["legal_moves"]
    again = api.post("action-items/ONE-A1/renew/", {"promised_for": LATER})
    assert (again.status_code, again.json()["code"]) == (409, "already_renewed")


def test_a_move_that_the_state_forbids_says_which_it_allows(item: ActionItem, bob: User, api_of: ApiOf) -> None:
    refused = api_of(bob).post("action-items/ONE-A1/keep/")
    assert refused.status_code == 409
    assert refused["Content-Type"] == "application/problem+json"
    problem = refused.json()
    assert problem["state"] == "requested"
    assert problem["legal_moves"] == ["promise", "decline", "withdraw"]


def test_a_member_who_may_not_is_told_who_may(
    promise: ActionItem, roles: dict[Role, User], charlie: User, api_of: ApiOf
) -> None:
    refused = api_of(roles[Role.VIEWER]).post("action-items/ONE-A1/keep/")
    assert refused.status_code == 403
    expected = "Only the performer, the lead of the workstream or a manager may do this."
    assert refused.json()["detail"] == expected
    assert api_of(charlie).post("action-items/ONE-A1/keep/").status_code == 404
    assert api_of(roles[Role.MEMBER], scope="read").post("action-items/ONE-A1/keep/").status_code == 403
    promise.refresh_from_db()
    assert promise.state == "committed"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "promised_for"),
        ({"promised_for": "tomorrow"}, 400, "promised_for"),
        ({"promised_for": LATER, "colour": "red"}, 400, "colour"),
        ({"promised_for": "2026-11-22"}, 409, "promised_for"),
    ],
)
def test_a_wrong_body_is_named(
    body: dict[str, str], status: int, field: str, item: ActionItem, bob: User, api_of: ApiOf
) -> None:
    refused = api_of(bob).post("action-items/ONE-A1/promise/", body)
    assert refused.status_code == status
    assert [error["field"] for error in refused.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("move", "body", "state"),
    [
        ("achieve", None, "achieved"),
        ("achieve", {"actual_on": "2026-11-20"}, "achieved"),
        ("forecast", {"forecast_on": LATER, "reason": "Wording not agreed"}, "planned"),
    ],
)
def test_an_owner_moves_a_milestone(
    move: str, body: dict[str, str] | None, state: str, milestone: Milestone, bob: User, api_of: ApiOf
) -> None:
    answer = api_of(bob).post(f"milestones/ONE-S1/{move}/", body)
    assert (answer.status_code, answer.json()["state"]) == (200, state)


def test_a_lead_cancels_a_milestone_and_its_owner_may_not(
    milestone: Milestone, bob: User, roles: dict[Role, User], api_of: ApiOf
) -> None:
    reason = {"reason": "Out of scope"}
    refused = api_of(bob).post("milestones/ONE-S1/cancel/", reason)
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "Only the lead of the workstream or a manager may do this.",
    )
    api = api_of(roles[Role.LEAD])
    assert api.post("milestones/ONE-S1/cancel/", reason).json()["legal_moves"] == ["reopen"]
    assert api.post("milestones/ONE-S1/reopen/", {"reason": "In again"}).json()["state"] == "planned"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("action-items/ONE-A1/keep/", None),
        ("action-items/ONE-A1/miss/", {"reason": "partner_delay"}),
        ("action-items/ONE-A1/renegotiate/", {"promised_for": LATER}),
        ("milestones/ONE-S1/achieve/", None),
        ("milestones/ONE-S1/forecast/", {"forecast_on": LATER, "reason": "Late"}),
    ],
)
def test_a_move_costs_at_most_twelve_queries(
    path: str, body: Any, promise: ActionItem, milestone: Milestone, bob: User, api_of: ApiOf
) -> None:
    api = api_of(bob)
    assert api.post(path, body).status_code == 200
    assert len(api.queries) <= 12, "\n".join(api.queries)
