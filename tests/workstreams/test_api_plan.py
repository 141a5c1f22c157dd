"""The plan over the API: milestones, dependencies and workstreams come, change and go, and say what they push."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from core.accounts.models import User
from programs.choices import Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.support.api import Api, ApiOf
from tests.work import FRIDAY
from workstreams import exceptions, services
from workstreams.choices import Discipline
from workstreams.models import Dependency, Milestone, Workstream

pytestmark = pytest.mark.usefixtures("monday")

Streams = dict[Discipline, Workstream]
People = dict[Role, User]
PLACE = {"program": "ONE", "workstream": "W1", "phase": "PH1"}


@pytest.fixture
def api(alice: User, api_of: ApiOf) -> Api:
    return api_of(alice)


def test_a_milestone_is_added_changed_and_deleted(api: Api, milestone: Milestone) -> None:
    said = {**PLACE, "name": "Pilot live", "baseline_on": "2026-12-18", "owner": "bob@example.org", "code": "S7"}
    added = api.post("milestones/", said)
    assert added.status_code == 201, added.content
    assert added.json()["expected_on"] == "2026-12-18"
    tag = added["ETag"]
    changed = api.patch("milestones/ONE-S7/", {"baseline_on": "2026-12-21", "workstream": "ONE-W2"}, If_Match=tag)
    assert (changed.json()["baseline_on"], changed.json()["discipline"]) == ("2026-12-21", "change")
    assert api.send("DELETE", "milestones/ONE-S7/", None, If_Match=tag).status_code == 412
    gone = api.send("DELETE", "milestones/ONE-S7/", None, If_Match=changed["ETag"])
    assert (gone.status_code, gone.content) == (204, b"")
    assert api.get("milestones/ONE-S7/").status_code == 404


def test_a_milestone_in_use_is_not_deleted(api: Api, following: Milestone) -> None:
    answer = api.send("DELETE", "milestones/ONE-S1/", None, If_Match="*")
    assert (answer.status_code, answer.json()["code"]) == (409, "milestone_in_use")
    assert "1 milestone waits for it" in answer.json()["detail"]


def test_a_milestone_outside_its_phase_is_pointed_out(api: Api, alice: User, milestone: Milestone) -> None:
    her, day = Client(), dt.timedelta(days=1)
    her.force_login(alice)
    phases = Phase.objects.filter(pk=milestone.phase_id)
    said = {
        "before": {"baseline_start_on": FRIDAY + day, "baseline_end_on": FRIDAY + 9 * day},
        "after": {"baseline_start_on": FRIDAY - 9 * day, "baseline_end_on": FRIDAY - day},
        None: {"baseline_start_on": FRIDAY, "baseline_end_on": FRIDAY},
    }
    for side, baseline in said.items():
        phases.update(status="planned", actual_start_on=None, **baseline)
        assert api.get("milestones/ONE-S1/").json()["outside_phase"] == side
        assert api.get("milestones/").json()["results"][0]["outside_phase"] == side
        plan = her.get("/programs/ONE/plan/").content.decode()
        page = her.get("/milestones/ONE-S1/").content.decode()
        assert ("before its phase starts" in plan, "before PH1 starts" in page) == (side == "before",) * 2
        assert ("after its phase ends" in plan, "after PH1 ends" in page) == (side == "after",) * 2


def test_lists_tell_what_is_expected(api: Api, following: Milestone, milestone: Milestone, bob: User) -> None:
    services.forecast_milestone(
        milestone=milestone, forecast_on=FRIDAY + dt.timedelta(days=10), reason="So", by=bob, at=MONDAY
    )
    first, second = api.get("milestones/").json()["results"]
    assert (first["expected_on"], first["slip_days"], first["reforecasts"]) == ("2026-12-07", 10, 1)
    assert (second["due_on"], second["expected_on"], second["slip_days"], second["reforecasts"]) == (
        "2026-11-27", "2026-12-07", 10, 0,
    )  # fmt: skip
    assert first["is_critical"] and second["is_critical"]
    assert len(api.queries) <= 3


def test_what_a_date_pushes_is_told_before_it_is_said(api: Api, following: Milestone) -> None:
    (push,) = api.get("milestones/ONE-S1/pushes/?forecast_on=2026-12-09").json()["pushes"]
    assert (push["code"], push["expected_before"], push["expected_after"], push["days"]) == (
        "ONE-S2", "2026-11-27", "2026-12-09", 12,
    )  # fmt: skip
    assert push["owner"]["name"] == "Alice Archer"
    assert api.get("milestones/ONE-S1/pushes/").json() == {"pushes": []}
    assert api.get("milestones/ONE-S1/pushes/?forecast_on=soon").status_code == 400
    assert not Milestone.objects.filter(due_on="2026-12-09").exists()


def move(**more: Any) -> dict[str, Any]:
    moves = [{"milestone": "ONE-S1", "forecast_on": "2026-12-09"}]
    return {"program": "ONE", "reason": "Freeze", "moves": moves, **more}


def test_many_move_with_one_reason_after_a_dry_run(api: Api, following: Milestone, milestone: Milestone) -> None:
    tried = api.post("milestones/move/", move(dry_run=True))
    assert [each["code"] for each in tried.json()["pushes"]] == ["ONE-S2"]
    milestone.refresh_from_db()
    assert milestone.due_on == FRIDAY
    done = api.post("milestones/move/", move())
    assert done.json()["moved"][0]["due_on"] == "2026-12-09"
    milestone.refresh_from_db()
    assert milestone.forecasts.get().reason == "Freeze"
    assert len(api.queries) <= 14


def test_a_refused_move_moves_none_and_names_it(api: Api, following: Milestone, milestone: Milestone) -> None:
    both = [{"milestone": "S1", "forecast_on": "2026-12-09"}, {"milestone": "S2", "forecast_on": "2026-11-27"}]
    answer = api.post("milestones/move/", move(moves=both))
    assert (answer.status_code, answer.json()["code"]) == (409, "moves_refused")
    assert "S2: This is the date it has already." in answer.content.decode()
    twice = api.post("milestones/move/", move(moves=[both[0], both[0]]))
    assert twice.status_code == 409
    milestone.refresh_from_db()
    assert milestone.due_on == FRIDAY


def test_the_sponsor_rebaselines(api_of: ApiOf, api: Api, milestone: Milestone, roles: People) -> None:
    Milestone.objects.update(baseline_frozen_at=MONDAY)
    said = {"baseline_on": "2026-12-18", "reason": "New scope"}
    assert api.post("milestones/ONE-S1/rebaseline/", said).status_code == 403
    sponsor = api_of(roles[Role.SPONSOR])
    assert "rebaseline" in sponsor.get("milestones/ONE-S1/").json()["legal_moves"]
    assert sponsor.post("milestones/ONE-S1/rebaseline/", said).json()["baseline_on"] == "2026-12-18"
    refused = api.patch("milestones/ONE-S1/", {"baseline_on": "2026-12-21"}, If_Match="*")
    assert (refused.status_code, refused.json()["code"]) == (409, "baseline_frozen")


def test_a_dependency_is_added_changed_and_removed(api: Api, following: Milestone, milestone: Milestone) -> None:
    Dependency.objects.all().delete()
    ends = {"program": "ONE", "predecessor": "S1", "successor": "ONE-S2"}
    added = api.post("dependencies/", {**ends, "lag_days": 2})
    assert added.status_code == 201, added.content
    ring = api.post("dependencies/", {"program": "ONE", "predecessor": "S2", "successor": "S1"})
    assert (ring.status_code, ring.json()["code"]) == (409, "would_wait_for_itself")
    assert "S1 → S2 → S1" in ring.content.decode()
    url = added.json()["url"]
    changed = api.patch(url, {"lag_days": 5}, If_Match=added["ETag"])
    assert changed.json()["lag_days"] == 5
    assert api.send("DELETE", url, None, If_Match=changed["ETag"]).status_code == 204


def test_the_last_workstream_of_a_discipline_is_kept_with_the_words_of_the_service(
    api: Api, program: Program, workstreams: Streams, alice: User
) -> None:
    with pytest.raises(exceptions.LastOfItsDiscipline) as refused:
        services.remove_workstream(workstream=workstreams[Discipline.CHANGE], by=alice, at=MONDAY)
    answer = api.send("DELETE", "workstreams/ONE-W2/", None, If_Match="*")
    assert (answer.status_code, answer.json()["detail"]) == (409, refused.value.message)
    Workstream.objects.filter(code="W1").update(code="X1")
    added = api.post("workstreams/", {"program": "ONE", "discipline": "change", "name": "Training"})
    assert added.status_code == 201, added.content
    named = api.patch("workstreams/ONE-W1/", {"name": "Learning", "lead": "bob@example.org"}, If_Match="*")
    assert (named.json()["name"], named.json()["lead"]["name"]) == ("Learning", "Bob Baker")
    assert api.send("DELETE", "workstreams/ONE-W1/", None, If_Match=named["ETag"]).status_code == 204


def test_strangers_and_members(api_of: ApiOf, charlie: User, bob: User, following: Milestone) -> None:
    for person, status in ((charlie, 404), (bob, 403)):
        api = api_of(person)
        assert api.send("DELETE", "milestones/ONE-S2/", None, If_Match="*").status_code == status
        assert api.send("DELETE", "workstreams/ONE-W1/", None, If_Match="*").status_code == status
    assert api_of(charlie).get("milestones/ONE-S1/pushes/?forecast_on=2026-12-09").status_code == 404
    assert api_of(charlie).post("milestones/move/", move()).status_code == 404
    both = [{"milestone": code, "forecast_on": "2026-12-09"} for code in ("S1", "S2")]
    assert api_of(bob).post("milestones/move/", move(moves=both)).status_code == 403
