"""Phases over the API: added, changed, ordered, deleted, moved; each refused in the service's own words."""

import pytest

from core.accounts.models import User
from programs.choices import Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.support.api import ApiOf
from tests.work import STAMPS
from workstreams import exceptions as refusals
from workstreams import services as work

pytestmark = pytest.mark.usefixtures("monday")


def test_phases_are_added_changed_ordered_and_deleted(
    program: Program, alice: User, roles: dict[Role, User], api_of: ApiOf
) -> None:
    api = api_of(alice)
    for name in ("Mobilise", "Foundation"):
        made = api.post("phases/", {"program": "ONE", "name": name, "owner": "me", "baseline_start_on": "2027-01-04"})
        assert made.status_code == 201, made.content
    assert (made.json()["code"], made.json()["position"], made.json()["owner"]["name"]) == (
        "ONE-PH2",
        2,
        "Alice Archer",
    )
    changed = api.patch("phases/ONE-PH2/", {"name": "Base", "owner": "bob@example.org"}, If_Match=made["ETag"])
    assert (changed.json()["name"], changed.json()["owner"]["name"]) == ("Base", "Bob Baker")
    ordered = api.post("phases/order/", {"program": "ONE", "phases": ["PH2", "ONE-PH1"]})
    assert [one["code"] for one in ordered.json()["results"]] == ["ONE-PH2", "ONE-PH1"]
    short = api.post("phases/order/", {"program": "ONE", "phases": ["PH2"]})
    assert (short.status_code, short.json()["code"]) == (409, "order_incomplete")
    assert api.send("DELETE", "phases/ONE-PH1/", None).status_code == 428
    assert api.send("DELETE", "phases/ONE-PH1/", None, If_Match="*").status_code == 204
    assert api.codes("phases/?program=ONE") == ["ONE-PH2"]


def test_a_date_of_a_started_phase_moves_with_a_reason(measured: Phase, alice: User, api_of: ApiOf) -> None:
    api = api_of(alice)
    started = api.post("phases/ONE-PH1/start/", {"started_on": "2026-11-20"})
    assert (started.status_code, started.json()["actual_start_on"]) == (200, "2026-11-20"), started.content
    assert len(api.queries) <= 12, "\n".join(api.queries)
    silent = api.patch("phases/ONE-PH1/", {"forecast_end_on": "2027-03-01"}, If_Match=started["ETag"])
    assert (silent.status_code, silent.json()["errors"][0]["field"]) == (409, "reason")
    said = {"forecast_end_on": "2027-03-01", "reason": "Vendor"}
    assert api.patch("phases/ONE-PH1/", said, If_Match=started["ETag"]).status_code == 200
    frozen = api.patch("phases/ONE-PH1/", {"baseline_end_on": "2027-03-01"}, If_Match="*")
    assert (frozen.status_code, frozen.json()["code"]) == (409, "phase_baseline_frozen")


def test_a_refusal_says_the_service_s_words(phase: Phase, alice: User, api_of: ApiOf) -> None:
    with pytest.raises(refusals.PhaseHasNoMeasuredOutcome) as refusal:
        work.start_phase(phase=phase, by=alice, at=MONDAY)
    answer = api_of(alice).post("phases/ONE-PH1/start/")
    assert answer.status_code == 409
    assert (answer.json()["detail"], answer.json()["code"]) == (refusal.value.message, "phase_has_no_measured_outcome")
    assert answer.json()["gaps"] == ["It has no outcome."]


def test_a_phase_through_all_its_moves(program: Program, measured: Phase, alice: User, api_of: ApiOf) -> None:
    Phase.objects.create(program=program, code="PH0", position=0, name="Before", **STAMPS)
    api = api_of(alice)
    closed = api.post("phases/ONE-PH1/start/")
    assert (closed.status_code, closed.json()["code"]) == (409, "gate_before_is_closed")
    steps: list[tuple[str, dict[str, str], str]] = [
        ("override", {"reason": "No time"}, "active"), ("undo-start", {"reason": "Too soon"}, "planned"),
        ("override", {"reason": "No time"}, "active"), ("review", {}, "in_review"),
        ("rework", {"reason": "More"}, "active"), ("close", {}, "closed"), ("reopen", {"reason": "More"}, "active"),
        ("stop", {"reason": "Enough"}, "stopped"),
    ]  # fmt: skip
    for move, body, status in steps:
        answer = api.post(f"phases/ONE-PH1/{move}/", body)
        assert (answer.status_code, answer.json()["status"]) == (200, status), (move, answer.content)
    assert answer.json()["override_reason"] == "No time"
