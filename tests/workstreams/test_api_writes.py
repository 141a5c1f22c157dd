"""Action items asked for, and action items and milestones changed, over the API."""

from typing import Any

import pytest

from core.accounts.models import User
from programs.choices import OutcomeArea, Role
from programs.models import Outcome, Phase, Program
from tests.support.api import ApiOf
from tests.work import FRIDAY, STAMPS
from workstreams.choices import Discipline
from workstreams.models import ActionItem, Milestone, Workstream

pytestmark = pytest.mark.usefixtures("monday")

ASKED = {
    "program": "ONE",
    "workstream": "ONE-W2",
    "phase": "PH1",
    "title": "Brief the branches",
    "performer": "bob@example.org",
    "requested_for": FRIDAY.isoformat(),
}


@pytest.fixture
def outcome(program: Program, phase: Phase) -> Outcome:
    """What the work is for."""
    return Outcome.objects.create(
        program=program, phase=phase, code="O1", statement="Customers stay", area=OutcomeArea.CUSTOMER, **STAMPS
    )


def test_asking_for_an_action_item(
    phase: Phase, milestone: Milestone, outcome: Outcome, roles: dict[Role, User], api_of: ApiOf
) -> None:
    api = api_of(roles[Role.SPONSOR])
    more = {"milestone": milestone.pk, "outcome": {"id": outcome.pk}, "detail": "All 40", "needs_acceptance": True}
    answer = api.post("action-items/", {**ASKED, **more})
    assert answer.status_code == 201
    made = answer.json()
    assert answer["Location"] == f"http://testserver{made['url']}"
    assert answer["ETag"] == api.get(made["url"])["ETag"]
    assert (made["code"], made["state"], made["source"]) == ("ONE-A1", "requested", "manual")
    assert made["requester"]["name"] == "Sue Sponsor"
    assert made["performer"]["name"] == "Bob Baker"
    assert (made["milestone"]["code"], made["outcome"]["name"]) == ("ONE-S1", "Customers stay")
    assert [said["move"] for said in made["history"]] == ["request"]


def test_asking_oneself(phase: Phase, bob: User, api_of: ApiOf) -> None:
    made = api_of(bob).post("action-items/", {**ASKED, "performer": "me"}).json()
    assert made["legal_moves"] == ["promise", "decline", "withdraw"]


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"program": "TWO"}, 404, "program"),
        ({"phase": "PH9"}, 409, "phase"),
        ({"phase": "TWO-PH1"}, 409, "phase"),
        ({"milestone": 999}, 409, "milestone"),
        ({"performer": "charlie@example.org"}, 409, "performer"),
        ({"external_id": "7"}, 409, "external_source"),
        ({"performer": True}, 400, "performer"),
        ({"phase": {"id": 1, "colour": "red"}}, 400, "phase"),
        ({"title": " "}, 400, "title"),
        ({"requested_for": "30 November"}, 400, "requested_for"),
        ({"needs_acceptance": 1}, 400, "needs_acceptance"),
        ({"state": "kept"}, 400, "state"),
    ],
)
def test_what_is_wrong_is_named(
    change: dict[str, Any], status: int, field: str, phase: Phase, bob: User, charlie: User, api_of: ApiOf
) -> None:
    """400 is said of what the schema does not allow, 409 of what a rule does not."""
    refused = api_of(bob).post("action-items/", {**ASKED, **change})
    assert refused.status_code == status
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert not ActionItem.objects.exists()


def test_who_may_not_ask_is_told_who_may(phase: Phase, roles: dict[Role, User], charlie: User, api_of: ApiOf) -> None:
    refused = api_of(roles[Role.VIEWER]).post("action-items/", ASKED)
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "Only the sponsor, a manager, a lead or a member may do this.",
    )
    stranger = api_of(charlie).post("action-items/", ASKED)
    assert (stranger.status_code, stranger.json()["code"]) == (404, "nothing_of_that_name")


def test_an_external_id_is_taken_once(phase: Phase, bob: User, api_of: ApiOf) -> None:
    api = api_of(bob)
    body = {**ASKED, "external_source": "jira", "external_id": "CRM-7"}
    made = api.post("action-items/", body).json()
    refused = api.post("action-items/", body)
    assert refused.status_code == 409
    assert (refused.json()["code"], refused.json()["existing_id"]) == ("external_id_taken", made["id"])
    assert api.codes("action-items/?external_source=jira&external_id=CRM-7") == ["ONE-A1"]


def test_a_request_costs_at_most_twelve_queries(
    phase: Phase, outcome: Outcome, milestone: Milestone, roles: dict[Role, User], api_of: ApiOf
) -> None:
    api = api_of(roles[Role.SPONSOR])
    api.post("action-items/", ASKED)
    everything = {"milestone": "S1", "outcome": "O1", "external_source": "jira", "external_id": "CRM-8"}
    assert api.post("action-items/", {**ASKED, **everything}).status_code == 201
    assert len(api.queries) <= 12, "\n".join(api.queries)


def test_what_was_read_can_be_sent_back(item: ActionItem, roles: dict[Role, User], api_of: ApiOf) -> None:
    api = api_of(roles[Role.SPONSOR])
    read = api.get("action-items/ONE-A1/")
    answer = api.patch("action-items/ONE-A1/", {**read.json(), "title": "Brief all"}, If_Match=read["ETag"])
    assert answer.status_code == 200
    assert answer.json()["title"] == "Brief all"
    assert answer["ETag"] != read["ETag"]
    assert len(api.queries) <= 12, "\n".join(api.queries)
    unchanged = api.patch("action-items/ONE-A1/", answer.json(), If_Match=answer["ETag"])
    assert unchanged["ETag"] == answer["ETag"]


def test_places_are_changed_by_code_number_or_object(
    item: ActionItem,
    outcome: Outcome,
    workstreams: dict[Discipline, Workstream],
    roles: dict[Role, User],
    api_of: ApiOf,
) -> None:
    api = api_of(roles[Role.SPONSOR])
    etag = api.get("action-items/ONE-A1/")["ETag"]
    change = {"outcome": {"id": outcome.pk}, "workstream": workstreams[Discipline.PROJECT].pk, "milestone": None}
    answer = api.patch("action-items/ONE-A1/", change, If_Match=etag)
    assert (answer.json()["outcome"]["code"], answer.json()["workstream"]["code"]) == ("ONE-O1", "ONE-W1")
    assert len(api.queries) <= 12, "\n".join(api.queries)
    emptied = api.patch("action-items/ONE-A1/", {"outcome": None}, If_Match=answer["ETag"])
    assert emptied.json()["outcome"] is None


def test_a_change_names_what_it_changes(item: ActionItem, roles: dict[Role, User], api_of: ApiOf) -> None:
    api = api_of(roles[Role.SPONSOR])
    assert api.patch("action-items/ONE-A1/", {"title": "X"}).status_code == 428
    etag = api.get("action-items/ONE-A1/")["ETag"]
    assert api.patch("action-items/ONE-A1/", {"title": "X"}, If_Match=etag).status_code == 200
    malformed = api.patch("action-items/ONE-A1/", {"colour": "red"}, If_Match=etag)
    assert malformed.status_code == 400
    refused = api.patch("action-items/ONE-A1/", {"title": "Y", "updated_at": "long ago"}, If_Match=etag)
    assert refused.status_code == 412
    assert refused.json()["etag"] == refused["ETag"] == api.get("action-items/ONE-A1/")["ETag"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "kept"}, "read_only"),
        ({"promised_for": "2026-12-01"}, "read_only"),
        ({"performer": {"id": 1, "name": "Nobody"}}, "read_only"),
        ({"colour": "red"}, "unknown"),
        ({"phase": "PH9"}, "not_in_this_program"),
        ({"phase": None}, "null"),
    ],
)
def test_what_cannot_be_changed(
    change: dict[str, Any], code: str, item: ActionItem, roles: dict[Role, User], api_of: ApiOf
) -> None:
    api = api_of(roles[Role.SPONSOR])
    refused = api.patch("action-items/ONE-A1/", change, If_Match=api.get("action-items/ONE-A1/")["ETag"])
    assert refused.status_code == (409 if code == "not_in_this_program" else 400)
    assert [error["code"] for error in refused.json()["errors"]] == [code]


def test_who_may_not_change_is_told_who_may(item: ActionItem, bob: User, charlie: User, api_of: ApiOf) -> None:
    api = api_of(bob)
    etag = api.get("action-items/ONE-A1/")["ETag"]
    refused = api.patch("action-items/ONE-A1/", {"title": "X"}, If_Match=etag)
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "Only the requester, the lead of the workstream or a manager may do this.",
    )
    assert api_of(charlie).patch("action-items/ONE-A1/", {"title": "X"}, If_Match=etag).status_code == 404


def test_a_lead_changes_a_milestone(
    milestone: Milestone, alice: User, bob: User, roles: dict[Role, User], api_of: ApiOf
) -> None:
    api = api_of(roles[Role.LEAD])
    read = api.get("milestones/ONE-S1/")
    change = {**read.json(), "name": "Rules agreed", "owner": "alice@example.org", "goes_live": True}
    answer = api.patch("milestones/ONE-S1/", change, If_Match=read["ETag"])
    assert answer.status_code == 200
    shown = answer.json()
    assert (shown["name"], shown["owner"]["id"], shown["goes_live"]) == ("Rules agreed", alice.pk, True)
    assert len(api.queries) <= 12, "\n".join(api.queries)
    refused = api.patch("milestones/ONE-S1/", {"due_on": "2027-01-01"}, If_Match=answer["ETag"])
    assert [error["code"] for error in refused.json()["errors"]] == ["read_only"]
