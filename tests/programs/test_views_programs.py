"""The pages of planning: a program and its moves, people in and out."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.accounts.models import SignInLink, User
from programs import services
from programs.choices import ProgramStatus, Role
from programs.models import Membership, Phase, Program, ProgramTemplate
from tests.support.pages import read, sent
from tests.work import STAMPS, TODAY
from workstreams.models import ActionItem, Milestone

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def manager(client: Client, alice: User) -> Client:
    """Alice's browser."""
    client.force_login(alice)
    return client


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
    made = manager.post("/programs/new/", {**copied, "key": "SAT", "start_on": "2028-01-08"}, follow=True)
    assert "dates moved to the next working day." in made.content.decode()
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
