"""The pages of phases: what keeps one from starting, its moves, the form and the order."""

import pytest
from django.test import Client

from core.accounts.models import User
from programs import services
from programs.choices import PhaseStatus, Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.support.pages import read, sent
from tests.work import STAMPS, TODAY
from workstreams import exceptions as refusals
from workstreams import services as work
from workstreams.models import GateReview, Milestone

pytestmark = pytest.mark.usefixtures("monday")

PHASE = "/programs/ONE/phases/PH1/"


@pytest.fixture
def manager(client: Client, alice: User) -> Client:
    """Alice's browser."""
    client.force_login(alice)
    return client


def test_a_phase_says_whether_it_is_true_measured_and_decided(
    manager: Client, measured: Phase, milestone: Milestone
) -> None:
    page = read(manager, PHASE)
    assert (
        "Planned from Mon 23 Nov. Its outcome is not true yet. Its measures are complete. No gate review is planned."
        in page
    )
    assert "It is measured, and nothing stands in its way." in page
    assert "S1 Rules approved" in page
    assert "No milestone of change management" in page
    assert "Schedule the gate" in page


def test_a_phase_that_cannot_start_says_what_is_missing_and_leads_there(manager: Client, phase: Phase) -> None:
    page = read(manager, PHASE)
    assert "It has no outcome, so nobody can tell whether it works." in page
    assert "It starts once one outcome of it has complete measures." in page
    assert 'href="/programs/ONE/outcomes/new/?phase=PH1"' in page
    assert "Start the phase" not in page


def test_service_api_and_page_refuse_with_the_same_words(manager: Client, phase: Phase, alice: User) -> None:
    with pytest.raises(refusals.PhaseHasNoMeasuredOutcome) as refusal:
        work.start_phase(phase=phase, by=alice, at=MONDAY)
    page = sent(manager, f"{PHASE}moves/start/", 422)
    assert refusal.value.message in page
    assert "Add an outcome" in page
    answer = manager.post("/api/v1/phases/ONE-PH1/start/", content_type="application/json")
    assert answer.json()["detail"] == refusal.value.message


def test_a_phase_is_started_sent_to_review_closed_and_reopened(manager: Client, measured: Phase) -> None:
    steps: list[tuple[str, dict[str, str], str]] = [
        ("start", {}, PhaseStatus.ACTIVE), ("undo-start", {"reason": "Too soon"}, PhaseStatus.PLANNED),
        ("start", {}, PhaseStatus.ACTIVE), ("review", {}, PhaseStatus.IN_REVIEW),
        ("rework", {"reason": "More"}, PhaseStatus.ACTIVE), ("close", {"ended_on": "2026-11-23"}, PhaseStatus.CLOSED),
        ("reopen", {"reason": "More"}, PhaseStatus.ACTIVE), ("stop", {"reason": "Enough"}, PhaseStatus.STOPPED),
    ]  # fmt: skip
    for move, words, status in steps:
        sent(manager, f"{PHASE}moves/{move}/", **words)
        measured.refresh_from_db()
        assert measured.status == status
    assert "This field is required." in sent(manager, f"{PHASE}moves/reopen/", 422)


def test_a_closed_gate_offers_an_override_with_a_reason(manager: Client, program: Program, measured: Phase) -> None:
    before = Phase.objects.create(program=program, code="PH0", position=0, name="Before", **STAMPS)
    GateReview.objects.create(program=program, phase=before, code="G0", planned_on=TODAY, **STAMPS)
    page = read(manager, PHASE)
    assert "gate G0 of PH0 Before before it is not decided" in page
    assert "?move=override#move" in page
    assert "Start the phase" not in page
    assert "This field is required." in sent(manager, f"{PHASE}moves/override/", 422, reason="")
    sent(manager, f"{PHASE}moves/override/", reason="The vendor leaves in May")
    assert "Started although the gate before it was closed: The vendor leaves in May" in read(manager, PHASE)


def test_members_see_no_buttons_and_are_told_who_may(client: Client, measured: Phase, roles: dict[Role, User]) -> None:
    client.force_login(roles[Role.MEMBER])
    page = read(client, PHASE)
    assert "/moves/" not in page
    assert "/edit/" not in page
    assert "Only a manager may do this." in sent(client, f"{PHASE}moves/start/", 403)
    assert client.get(f"{PHASE}edit/").status_code == 403


def test_strangers_get_a_404(client: Client, measured: Phase, charlie: User) -> None:
    client.force_login(charlie)
    for address in (PHASE, "/programs/ONE/phases/", f"{PHASE}edit/", "/programs/ONE/edit/", "/programs/ONE/people/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{PHASE}moves/start/").status_code == 404


def test_phases_are_added_ordered_changed_and_deleted(manager: Client, program: Program, alice: User) -> None:
    services.tell_engine(program, holidays=())
    assert "No phase yet." in read(manager, "/programs/ONE/phases/")
    for name in ("Mobilise", "Foundation"):
        sent(manager, "/programs/ONE/phases/new/", name=name, owner=alice.pk, baseline_start_on="2027-01-04")
    sent(manager, "/programs/ONE/phases/", phase="PH2", to="earlier")
    assert list(program.phases.order_by("position").values_list("code", flat=True)) == ["PH2", "PH1"]
    version = program.phases.get(code="PH2").version
    body = {"name": "Base", "owner": alice.pk, "baseline_start_on": "2027-01-04", "version": version}
    sent(manager, "/programs/ONE/phases/PH2/edit/", **body)
    assert "Base" in read(manager, "/programs/ONE/phases/PH2/")
    sent(manager, "/programs/ONE/phases/PH2/delete/")
    assert list(program.phases.values_list("code", flat=True)) == ["PH1"]


def test_an_edit_of_what_somebody_changed_meanwhile_is_refused(manager: Client, phase: Phase) -> None:
    Phase.objects.update(version=5)
    page = sent(manager, f"{PHASE}edit/", 422, name="Late", version=4)
    assert "This was changed since you read it." in page


def test_after_the_start_the_form_asks_for_forecasts_and_why(manager: Client, measured: Phase, alice: User) -> None:
    work.start_phase(phase=measured, by=alice, at=MONDAY)
    page = read(manager, f"{PHASE}edit/")
    assert 'name="forecast_end_on"' in page
    assert 'name="baseline_end_on"' not in page
    version = Phase.objects.get().version
    body = {"name": "Mobilise", "actual_start_on": "2026-11-23", "forecast_end_on": "2027-03-01", "version": version}
    assert "Say why." in sent(manager, f"{PHASE}edit/", 422, **body)
    sent(manager, f"{PHASE}edit/", **body, reason="Vendor")


def test_a_phase_in_use_is_not_deleted(manager: Client, measured: Phase) -> None:
    page = sent(manager, f"{PHASE}delete/", 422)
    assert "PH1 Mobilise cannot be deleted: it holds O1." in page
