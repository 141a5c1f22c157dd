"""The pages of planning: phases with their doors, a program and its moves, people in and out."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.accounts.models import SignInLink, User
from programs import services
from programs.choices import Direction, MeasureKind, OutcomeArea, PhaseStatus, ProgramStatus, Role
from programs.models import Measure, Membership, Outcome, Phase, Program, ProgramTemplate
from tests.cast import MONDAY
from tests.work import STAMPS, TODAY
from workstreams import exceptions as refusals
from workstreams import services as work
from workstreams.models import ActionItem, GateReview, Milestone

pytestmark = pytest.mark.usefixtures("monday")

PHASE = "/programs/ONE/phases/PH1/"


@pytest.fixture
def manager(client: Client, alice: User) -> Client:
    """Alice's browser."""
    client.force_login(alice)
    return client


@pytest.fixture
def measured(phase: Phase, bob: User) -> Phase:
    """The first phase with an outcome that is completely measured."""
    outcome = Outcome.objects.create(
        program=phase.program, phase=phase, code="O1", statement="Customers stay", area=OutcomeArea.CUSTOMER, **STAMPS
    )
    Measure.objects.create(
        program=phase.program, outcome=outcome, code="M1", name="Retention", unit="%", owner=bob,
        kind=MeasureKind.CUSTOMER_BEHAVIOUR, direction=Direction.UP, baseline=Decimal(80), target=Decimal(90),
        baseline_on=TODAY, target_on=TODAY + dt.timedelta(days=90), **STAMPS,
    )  # fmt: skip
    return phase


def read(client: Client, address: str, status: int = 200) -> str:
    """Return the text of a page, its blanks made one."""
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def sent(client: Client, address: str, status: int = 302, /, **values: Any) -> str:
    """Send a form and return what the page says."""
    answer = client.post(address, values)
    assert answer.status_code == status, answer.content.decode()
    return " ".join(answer.content.decode().split())


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


def test_a_program_is_changed_with_its_money_and_note(manager: Client, program: Program) -> None:
    services.tell_engine(program, holidays=())
    body = {
        "name": "One", "time_zone": "Europe/London", "manager_note": "Begun.", "budget": "100", "spent": "130",
        "staffing_planned": "4", "staffing_actual": "3", "holidays": "2026-12-25\n2026-12-28", "version": 1,
        "start_on": "2026-11-13", "end_on": "2026-12-03", "currency": "GBP",
    }  # fmt: skip
    sent(manager, "/programs/ONE/edit/", **body)
    page = read(manager, "/programs/ONE/")
    assert "Begun." in page
    assert "130 %; 50 % of the time is over" in page
    assert "Staffing: 3 of 4 full-time equivalents" in page
    assert program.holidays.count() == 2
    wrong = sent(manager, "/programs/ONE/edit/", 422, **{**body, "holidays": "Christmas", "version": 2})
    assert "“Christmas” is no day." in wrong


def test_a_draft_leads_to_what_it_lacks(manager: Client, program: Program) -> None:
    page = read(manager, "/programs/ONE/")
    for address in ("people/", "edit/", "workstreams/", "phases/"):
        assert f'<a href="/programs/ONE/{address}">' in page
    refused = sent(manager, "/programs/ONE/moves/activate/", 422)
    assert "The program cannot be active yet. It lacks: a sponsor; a case for change;" in refused


def test_a_program_is_paused_stopped_and_reopened(
    manager: Client, program: Program, phase: Phase, roles: dict[Role, User]
) -> None:
    Program.objects.update(sponsor=roles[Role.SPONSOR], case_for_change="So")
    assert "Make it active" in read(manager, "/programs/ONE/")
    for move, status in (("activate", "active"), ("pause", "paused"), ("resume", "active")):
        assert "?" in read(manager, f"/programs/ONE/moves/{move}/")
        sent(manager, f"/programs/ONE/moves/{move}/")
        program.refresh_from_db()
        assert program.status == status
    assert manager.get("/programs/ONE/moves/stop/").status_code == 403
    manager.force_login(roles[Role.SPONSOR])
    sent(manager, "/programs/ONE/moves/stop/", reason="No money")
    sent(manager, "/programs/ONE/moves/reopen/", reason="Money")
    program.refresh_from_db()
    assert program.status == ProgramStatus.ACTIVE


def test_a_new_program_begins_with_a_template_or_another_program(manager: Client, program: Program) -> None:
    page = read(manager, "/programs/new/")
    assert '<option value="template:crm">CRM program in five phases</option>' in page
    assert '<option value="copy:ONE">One Customer</option>' in page
    body = {"name": "New", "key": "NEW", "time_zone": "Europe/London", "begin_with": "template:crm"}
    assert "Give the day it starts" in sent(manager, "/programs/new/", 422, **body)
    sent(manager, "/programs/new/", **body, start_on="2027-01-04")
    assert Program.objects.get(key="NEW").milestones.count() == 29
    copied = {**body, "key": "two", "begin_with": "copy:NEW", "start_on": "2028-01-03"}
    sent(manager, "/programs/new/", **copied)
    assert Program.objects.get(key="TWO").phases.count() == 5
    assert "Saved before" not in read(manager, "/programs/NEW/template/")
    sent(manager, "/programs/NEW/template/", name="Ours")
    assert ">Ours</option>" in read(manager, "/programs/new/")


def test_somebody_is_invited_and_the_link_is_shown_once(manager: Client, program: Program) -> None:
    page = sent(manager, "/programs/ONE/people/invite/", 200, email="dora@example.org", role="lead", name="Dora")
    link = page.partition("<code>")[2].partition("</code>")[0]
    assert link.startswith("http://testserver/")
    assert SignInLink.objects.count() == 1
    place = Membership.objects.get(person__email="dora@example.org")
    assert "Make another sign-in link" in read(manager, f"/programs/ONE/people/{place.pk}/")
    assert "<code>" in sent(manager, f"/programs/ONE/people/{place.pk}/link/", 200)
    visitor = Client()
    visitor.post(link.removeprefix("http://testserver"))
    assert visitor.get("/programs/ONE/").status_code == 200
    assert "sign-in link" not in read(manager, f"/programs/ONE/people/{place.pk}/")
    again = sent(manager, "/programs/ONE/people/invite/", 422, email="dora@example.org", role="lead")
    assert "Dora belongs to the program already." in again


def test_people_change_their_places_and_leave_with_a_hand_over(
    manager: Client, program: Program, milestone: Milestone, promise: ActionItem, bob: User, roles: dict[Role, User]
) -> None:
    page = read(manager, "/programs/ONE/people/")
    assert "1 milestone, 1 action item" in page
    place = Membership.objects.get(person=bob)
    sent(manager, f"/programs/ONE/people/{place.pk}/", role="lead", title="Data", version=1)
    sent(manager, "/programs/ONE/people/deputy/", person=bob.pk)
    assert "deputy sponsor" in read(manager, "/programs/ONE/people/")
    refused = sent(manager, f"/programs/ONE/people/{place.pk}/leave/", 422)
    assert "Bob Baker has in hand: 1 milestone, 1 action item. Name who takes it over." in refused
    sent(manager, f"/programs/ONE/people/{place.pk}/leave/", hand_over_to=roles[Role.LEAD].pk)
    assert "Bob Baker is out of the program." in read(manager, "/programs/ONE/people/")
    assert "Bob Baker" not in read(manager, "/programs/ONE/people/")
    milestone.refresh_from_db()
    assert milestone.owner == roles[Role.LEAD]


def test_the_manager_who_is_shown_and_the_last_one_who_stays(
    manager: Client, program: Program, alice: User, bob: User, roles: dict[Role, User]
) -> None:
    own, other = (Membership.objects.get(person=person) for person in (alice, bob))
    refused = sent(manager, f"/programs/ONE/people/{own.pk}/", 422, role="lead", version=1)
    assert "Alice Archer is the only manager." in refused
    sent(manager, f"/programs/ONE/people/{other.pk}/manager/")
    program.refresh_from_db()
    assert program.manager == bob
    assert manager.post(f"/programs/ONE/people/{own.pk}/leave/").headers["Location"] == "/programs/"


@pytest.mark.parametrize("address", ["phases/", "phases/PH1/", "people/"])
def test_a_page_costs_the_same_whatever_is_in_the_program(
    address: str, manager: Client, program: Program, measured: Phase, milestone: Milestone, bob: User
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert manager.get(f"/programs/ONE/{address}").status_code == 200
        return len(asked)

    before = cost()
    for number in range(2, 8):
        phase = Phase.objects.create(program=program, code=f"PH{number}", position=number, name="More", **STAMPS)
        for place in (phase, measured):
            Milestone.objects.create(
                program=program, phase=place, workstream=milestone.workstream, code=f"S{place.position}{number}",
                name="More", owner=bob, baseline_on=TODAY, due_on=TODAY, **STAMPS,
            )  # fmt: skip
        Membership.objects.create(program=program, person=User.objects.create_user(f"more{number}@example.org"))
    assert cost() == before <= 22


def test_a_saved_template_is_deleted(manager: Client, program: Program, bob: User, client: Client) -> None:
    sent(manager, "/programs/ONE/template/", name="Ours", description="As we do it.")
    saved = ProgramTemplate.objects.get()
    address = f"/programs/ONE/template/{saved.pk}/delete/"
    assert f'href="{address}"' in read(manager, "/programs/ONE/template/")
    assert "Delete the template “Ours”?" in read(manager, address)
    sent(manager, address)
    assert not ProgramTemplate.objects.exists()
    read(manager, address, 404)
