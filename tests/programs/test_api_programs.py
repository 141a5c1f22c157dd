"""Programs, phases and people over the API: made, changed, moved, each refused in the service's own words."""

from typing import Any

import pytest

from core.accounts.models import User
from core.models import KeptAnswer
from programs import services
from programs.choices import ProgramStatus, Role
from programs.models import Membership, Phase, Program
from tests.support.api import ApiOf
from workstreams.models import ActionItem, Milestone

pytestmark = pytest.mark.usefixtures("monday")


def test_a_program_from_nothing(alice: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    made = api.post("programs/", {"key": "NEW", "name": "New", "time_zone": "Asia/Shanghai", "start_on": "2027-01-04"})
    assert made.status_code == 201, made.content
    assert (made.json()["status"], made.json()["role"], made.json()["time_zone"]) == (
        "draft",
        "manager",
        "Asia/Shanghai",
    )
    assert made["Location"].endswith("/api/v1/programs/NEW/")
    taken = api.post("programs/", {"key": "NEW", "name": "New"})
    assert (taken.status_code, taken.json()["code"]) == (409, "key_taken")


def test_a_program_from_a_template_and_from_a_copy(alice: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    listed = api.get("program-templates/").json()["results"]
    assert listed[0]["phases"] == ["Mobilise", "Foundation", "Pilot", "Roll-out", "Embed"]
    body = {"key": "NEW", "name": "New", "start_on": "2027-01-04", "template": listed[0]["ref"]}
    assert api.post("programs/", body).json()["dates_moved"] == 0
    assert api.codes("phases/?program=NEW") == ["NEW-PH1", "NEW-PH2", "NEW-PH3", "NEW-PH4", "NEW-PH5"]
    copy = {"key": "TWO", "name": "Two", "start_on": "2028-01-03", "copy_of": "NEW"}
    assert api.post("programs/", copy).status_code == 201
    assert api.get("phases/TWO-PH1/").json()["baseline_start_on"] == "2028-01-03"
    weekend = api.post("programs/", {"key": "SAT", "name": "Sat", "start_on": "2028-01-08", "copy_of": "TWO"}).json()
    assert weekend["dates_moved"] > 1
    assert api.get("phases/SAT-PH1/").json()["baseline_start_on"] == "2028-01-10"
    undated = api.post("programs/", {"key": "SIX", "name": "Six", "template": "crm"})
    assert (undated.status_code, undated.json()["errors"][0]["field"]) == (409, "start_on")
    unknown = api.post("programs/", {"key": "SIX", "name": "Six", "copy_of": "ZZZ"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "nothing_of_that_name")


def test_an_own_template_is_deleted(program: Program, phase: Phase, alice: User, charlie: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    ref = api.post("program-templates/", {"program": "ONE", "name": "Ours"}).json()["ref"]
    path = f"program-templates/{ref}/"
    read = api_of(charlie).get(path)
    assert (read.json()["name"], api.get(path, If_None_Match=read["ETag"]).status_code) == ("Ours", 304)
    assert api.send("DELETE", path, None).status_code == 428
    assert api.send("DELETE", path, None, If_Match='"9-x"').status_code == 412
    assert api_of(charlie).send("DELETE", path, None, If_Match=read["ETag"]).status_code == 403
    assert api.send("DELETE", path, None, If_Match=read["ETag"]).status_code == 204
    assert api.get(path).status_code == 404
    built_in = api.send("DELETE", "program-templates/crm/", None, If_Match="*")
    assert (built_in.status_code, built_in.json()["code"]) == (409, "template_is_built_in")
    assert len(api.get("program-templates/").json()["results"]) == 1


def test_an_own_template(program: Program, phase: Phase, alice: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    saved = api.post("program-templates/", {"program": "ONE", "name": "Ours"})
    assert (saved.status_code, saved.json()["phases"], saved.json()["is_built_in"]) == (201, ["Mobilise"], False)
    assert [one["name"] for one in api.get("program-templates/").json()["results"]] == [
        "CRM program in five phases", "Ours",
    ]  # fmt: skip


def test_who_may_not_create_is_told_who_may(bob: User, api_of: ApiOf) -> None:
    refused = api_of(bob).post("programs/", {"key": "NEW", "name": "New"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_a_program_is_changed(program: Program, alice: User, api_of: ApiOf) -> None:
    services.tell_engine(program, holidays=())
    api = api_of(alice)
    read = api.get("programs/ONE/")
    changes = {"manager_note": "Begun.", "spent": "10.50", "budget": 100, "holidays": ["2026-12-25"]}
    changed = api.patch("programs/ONE/", {**read.json(), **changes}, If_Match=read["ETag"])
    assert changed.status_code == 200, changed.content
    body = changed.json()
    assert (body["manager_note_on"], body["spent"], body["holidays"]) == ("2026-11-23", "10.5", ["2026-12-25"])
    again = api.patch("programs/ONE/", {"manager_note": "Well begun.", "spent": "11"}, If_Match=changed["ETag"])
    assert again.json()["manager_note"] == "Well begun."
    assert len(api.queries) <= 12, "\n".join(api.queries)
    forecast = {"forecast_at_completion": "140", "forecast_at_completion_reason": "A dearer vendor"}
    said = api.patch("programs/ONE/", forecast, If_Match=again["ETag"]).json()
    assert (said["forecast_at_completion"], said["forecast_at_completion_on"]) == ("140", "2026-11-23")
    stale = api.patch("programs/ONE/", {"name": "Late"}, If_Match=read["ETag"])
    assert stale.status_code == 412
    assert api.patch("programs/ONE/", {"name": "Late"}).status_code == 428
    wrong = api.patch("programs/ONE/", {"time_zone": "Nowhere", "budget": -1, "key": "TWO"}, If_Match="*")
    assert {error["field"] for error in wrong.json()["errors"]} == {"time_zone", "budget", "key"}


def test_from_draft_to_stopped_and_back(
    program: Program, phase: Phase, alice: User, roles: dict[Role, User], api_of: ApiOf
) -> None:
    manager, sponsor = api_of(alice), api_of(roles[Role.SPONSOR])
    lacking = manager.post("programs/ONE/activate/")
    assert (lacking.status_code, lacking.json()["code"]) == (409, "program_not_ready")
    Program.objects.update(case_for_change="So", sponsor=roles[Role.SPONSOR])
    steps: list[tuple[Any, str, dict[str, str], str]] = [
        (manager, "activate", {}, "active"), (manager, "deactivate", {"reason": "Too soon"}, "draft"),
        (manager, "activate", {}, "active"), (manager, "pause", {}, "paused"), (manager, "resume", {}, "active"),
        (sponsor, "close", {}, "closed"), (sponsor, "reopen", {"reason": "Not yet"}, "active"),
        (sponsor, "stop", {"reason": "No money"}, "stopped"),
    ]  # fmt: skip
    for api, move, body, status in steps:
        answer = api.post(f"programs/ONE/{move}/", body)
        assert (answer.status_code, answer.json()["status"]) == (200, status), move
    refused = sponsor.post("programs/ONE/stop/", {"reason": "Again"})
    assert (refused.status_code, refused.json()["legal_moves"]) == (409, ["reopen"])
    assert manager.post("programs/ONE/reopen/", {"reason": "So"}).status_code == 403


def test_deputy_and_manager_are_named(program: Program, alice: User, roles: dict[Role, User], api_of: ApiOf) -> None:
    api = api_of(alice)
    assert (
        api.post("programs/ONE/deputy/", {"person": "bob@example.org"}).json()["deputy_sponsor"]["name"] == "Bob Baker"
    )
    assert api.post("programs/ONE/deputy/", {"person": None}).json()["deputy_sponsor"] is None
    assert api.post("programs/ONE/manager/", {"person": "bob@example.org"}).json()["manager"]["name"] == "Bob Baker"
    stranger = api.post("programs/ONE/deputy/", {"person": "nobody@example.org"})
    assert (stranger.status_code, stranger.json()["code"]) == (409, "not_in_this_program")


def test_people_are_invited_changed_and_leave(
    program: Program, milestone: Milestone, promise: ActionItem, alice: User, bob: User, roles: dict[Role, User],
    api_of: ApiOf,
) -> None:  # fmt: skip
    api = api_of(alice)
    body = {"program": "ONE", "email": "dora@example.org", "name": "Dora", "role": "lead", "title": "Service"}
    invited = api.post("memberships/", body)
    assert invited.status_code == 201, invited.content
    assert invited.json()["signin_link"].startswith("http://testserver/")
    shown = api.get(invited.json()["url"])
    assert "signin_link" not in shown.json()
    assert (shown.json()["person"]["name"], shown.json()["role"]) == ("Dora", "lead")
    again = api.post("memberships/", body)
    assert (again.status_code, again.json()["code"]) == (409, "already_a_member")
    changed = api.patch(invited.json()["url"], {"role": "member"}, If_Match=shown["ETag"])
    assert changed.json()["role"] == "member"
    assert api.patch(invited.json()["url"], {"title": "X"}, If_Match=shown["ETag"]).status_code == 412
    assert api.post(f"{invited.json()['url']}link/").json()["signin_link"]
    place = Membership.objects.get(person=bob)
    refused = api.post(f"memberships/{place.pk}/remove/")
    assert (refused.status_code, refused.json()["code"]) == (409, "hand_over_needed")
    assert "1 milestone, 1 action item" in refused.json()["detail"]
    assert api.post(f"memberships/{place.pk}/remove/", {"hand_over_to": "dora@example.org"}).status_code == 204
    milestone.refresh_from_db()
    assert milestone.owner is not None
    assert milestone.owner.email == "dora@example.org"
    assert api.get(f"memberships/{place.pk}/").status_code == 404
    assert len(api.get("memberships/?program=ONE&role=sponsor,manager").json()["results"]) == 2


def test_a_link_that_signs_in_is_kept_nowhere(program: Program, alice: User, api_of: ApiOf) -> None:
    api, key = api_of(alice), {"Idempotency-Key": "1"}
    body = {"program": "ONE", "email": "dora@example.org"}
    made = api.post("memberships/", body, **key)
    assert (made.status_code, bool(made.json()["signin_link"])) == (201, True)
    assert api.post("memberships/", body, **key).status_code == 409
    assert api.post(f"memberships/{made.json()['id']}/link/", **key).status_code == 200
    assert not KeptAnswer.objects.exists()


def test_a_stranger_s_program_is_unknown(program: Program, phase: Phase, charlie: User, api_of: ApiOf) -> None:
    api = api_of(charlie)
    place = Membership.objects.first()
    assert place is not None
    for path in ("programs/ONE/", "phases/ONE-PH1/", f"memberships/{place.pk}/"):
        assert api.get(path).status_code == 404
    for path in ("programs/ONE/pause/", "phases/ONE-PH1/start/", f"memberships/{place.pk}/remove/"):
        assert api.post(path).status_code == 404
    assert api.post("memberships/", {"program": "ONE", "email": "charlie@example.org"}).status_code == 404
    assert Program.objects.get().status == ProgramStatus.DRAFT
