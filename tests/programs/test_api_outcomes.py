"""Outcomes, measures and readings over the API: added, changed, moved, recorded, corrected, at a bounded cost."""

import datetime as dt
from typing import Any

import pytest

from core.accounts.models import User
from programs import services
from programs.choices import Code, Role
from programs.exceptions import ReadingInTheFuture, ReadingIsFinal, TargetNotInDirection
from programs.models import Measure, Measurement, Outcome, Phase, Program
from tests.cast import MONDAY
from tests.conftest import Clock
from tests.programs.conftest import TODAY, Grow
from tests.support.api import Api, ApiOf

DAY = dt.timedelta(days=1)
MOST_QUERIES = 12
MEASURE: dict[str, Any] = {
    "outcome": "ONE-O1", "name": "Repeat contacts", "kind": "customer_behaviour", "unit": "count", "direction": "down",
    "baseline": "31", "baseline_on": "2026-03-31", "target": 14, "target_on": "2027-06-30", "cadence": "weekly",
    "owner": "bob@example.org", "steps": [{"on": "2026-12-31", "value": "22.5"}],
}  # fmt: skip


@pytest.fixture
def alice_api(grow: Grow, alice: User, api_of: ApiOf, clock: Clock) -> Api:
    """The manager's client; the program holds one outcome with a measure of Bob's that was read once."""
    clock.move_to(MONDAY)
    grow(1)
    for kind in (Code.OUTCOME, Code.MEASURE):
        services.keep_ahead(program_id=Program.objects.get().pk, kind=kind, number=1)
    return api_of(alice)


@pytest.fixture
def bob_api(alice_api: Api, bob: User, api_of: ApiOf) -> Api:
    """The client of whoever owns the measure."""
    return api_of(bob)


def taken(api: Api, answer: Any, status: int) -> Any:
    """Return what an answer says, that it has a status, and that it cost no more than it may."""
    assert answer.status_code == status, answer.content
    assert len(api.queries) <= MOST_QUERIES
    return answer.json() if answer.content else None


def test_an_outcome_is_proposed_changed_and_deleted(alice_api: Api, roles: dict[Role, User]) -> None:
    body = {"program": "ONE", "phase": "ONE-PH1", "statement": "They come back", "area": "customer", "owner": "me"}
    made = alice_api.post("outcomes/", body)
    shown = taken(alice_api, made, 201)
    assert (shown["code"], shown["status"], shown["legal_moves"]) == ("ONE-O2", "proposed", ["agree", "withdraw"])
    path = "outcomes/ONE-O2/"
    changed = alice_api.patch(path, {**shown, "statement": "They stay", "owner": None}, If_Match=made["ETag"])
    assert taken(alice_api, changed, 200)["statement"] == "They stay"
    assert alice_api.patch(path, {"statement": "?"}, If_Match=made["ETag"]).status_code == 412
    assert alice_api.send("DELETE", path, None).status_code == 428
    taken(alice_api, alice_api.send("DELETE", path, None, If_Match=changed["ETag"]), 204)
    assert alice_api.get(path).status_code == 404


def test_its_state_has_moves(alice_api: Api) -> None:
    taken(alice_api, alice_api.post("outcomes/ONE-O1/agree/"), 200)
    refused = taken(alice_api, alice_api.post("outcomes/ONE-O1/realise/"), 409)
    assert refused["code"] == "closing_note_missing"
    assert refused["errors"][0]["field"] == "closing_note"
    for move, body in (("realise", {"closing_note": "Enough"}), ("reopen", {"reason": "Not yet"}), ("miss", None)):
        taken(alice_api, alice_api.post(f"outcomes/ONE-O1/{move}/", body), 200)
    assert taken(alice_api, alice_api.post("outcomes/ONE-O1/begin/"), 409)["legal_moves"] == ["reopen"]


def test_a_measure_is_added_changed_and_stays_once_read(alice_api: Api, roles: dict[Role, User]) -> None:
    made = alice_api.post("measures/", MEASURE)
    shown = taken(alice_api, made, 201)
    assert (shown["code"], shown["steps"]) == ("ONE-M2", [{"on": "2026-12-31", "value": "22.5"}])
    assert (shown["attainment"], shown["expected"], shown["freshness"]) == (None, None, "stale")
    changed = alice_api.patch("measures/ONE-M2/", {**shown, "target": "12"}, If_Match=made["ETag"])
    assert taken(alice_api, changed, 200)["target"] == "12"
    refused = alice_api.patch("measures/ONE-M2/", {"target": 99}, If_Match="*")
    assert taken(alice_api, refused, 409)["errors"][0]["detail"] == str(TargetNotInDirection.sentence)
    read = alice_api.get("measures/ONE-M1/")
    assert alice_api.send("DELETE", "measures/ONE-M1/", None, If_Match=read["ETag"]).status_code == 409
    taken(alice_api, alice_api.send("DELETE", "measures/ONE-M2/", None, If_Match="*"), 204)


def test_measures_tell_where_they_stand(alice_api: Api) -> None:
    Measure.objects.update(baseline_on=TODAY - 100 * DAY)
    Phase.objects.update(baseline_start_on=TODAY - 10 * DAY)
    (measure,) = taken(alice_api, alice_api.get("measures/?fields=code,attainment,expected,variance,freshness"), 200)[
        "results"
    ]
    assert measure == {"code": "ONE-M1", "attainment": 0.1, "expected": 0.1, "variance": 0.0, "freshness": "fresh"}


def test_a_reading_is_recorded_and_corrected_once(bob_api: Api) -> None:
    body = {"measure": "ONE-M1", "value": "18", "measured_on": TODAY.isoformat()}
    wrong = taken(bob_api, bob_api.post("measurements/", body), 201)
    correction = {"value": 81.5, "measured_on": TODAY.isoformat(), "note": "Typed wrong"}
    right = taken(bob_api, bob_api.post(f"measurements/{wrong['id']}/correct/", correction), 201)
    assert (right["value"], right["supersedes_id"]) == ("81.5", wrong["id"])
    again = taken(bob_api, bob_api.post(f"measurements/{wrong['id']}/correct/", correction), 409)
    assert again["code"] == "reading_corrected"
    assert bob_api.get("measures/ONE-M1/").json()["latest"]["value"] == "81.5"


def test_a_reading_is_neither_of_tomorrow_nor_changed(bob_api: Api) -> None:
    body = {"measure": "ONE-M1", "value": "81", "measured_on": (TODAY + DAY).isoformat()}
    refused = taken(bob_api, bob_api.post("measurements/", body), 409)
    assert refused["errors"][0]["detail"] == str(ReadingInTheFuture.sentence)
    reading = Measurement.objects.get().pk
    for method, change in (("PATCH", {"value": "81"}), ("DELETE", None)):
        answer = bob_api.send(method, f"measurements/{reading}/", change, If_Match="*")
        assert taken(bob_api, answer, 409)["detail"] == str(ReadingIsFinal.sentence)
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize("named", ["M1", "HID-M1", "TWO-M1", 999])
def test_what_the_sender_does_not_know_of_is_not_there(bob_api: Api, named: Any) -> None:
    body = {"measure": named, "value": "81", "measured_on": TODAY.isoformat()}
    assert taken(bob_api, bob_api.post("measurements/", body), 404)["code"] == "nothing_of_that_name"


@pytest.mark.parametrize("value", ["1,5", "NaN", "1e3", True, None, [1], 10**11, "12345678901"])
def test_a_value_is_a_number(bob_api: Api, value: Any) -> None:
    body = {"measure": "ONE-M1", "value": value, "measured_on": TODAY.isoformat()}
    assert bob_api.post("measurements/", body).status_code == 400


def test_who_may_not_is_told_who_may(bob_api: Api, charlie: User, api_of: ApiOf) -> None:
    answer = bob_api.post("measures/", MEASURE)
    assert (answer.status_code, answer.json()["detail"]) == (403, "Only a manager may do this.")
    assert bob_api.post("outcomes/ONE-O1/agree/").status_code == 403
    assert api_of(charlie).post("outcomes/ONE-O1/agree/").status_code == 404
    assert Outcome.objects.get().status == "proposed"
