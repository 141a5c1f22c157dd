"""Programs: which of them need somebody; and making one."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backend.overview.queries import asks
from backend.overview.queries.programs import PAGE, portfolio
from core.accounts.models import User
from core.audit.models import Entry
from programs.choices import ProgramStatus, Role
from programs.indicators import Share
from programs.models import Measure, Membership, Program
from tests.conftest import Clock
from tests.support import big_program
from tests.support.big_program import NOW, SMALL, TODAY, Size
from workstreams.models import Dependency, Milestone, Workstream

QUIET = Size(phases=2, milestones=0, dependencies=0, actions=0, outcomes=1)


@pytest.fixture(autouse=True)
def _november(clock: Clock) -> None:
    clock.move_to(NOW)


def _read(client: Client, person: User, address: str = "/programs/") -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def _late(program: Program, **facts: Any) -> None:
    values: dict[str, Any] = {
        "code": "S1",
        "baseline_on": TODAY - dt.timedelta(days=7),
        "due_on": TODAY + dt.timedelta(days=28),
    }
    Milestone.objects.create(
        program=program,
        workstream=program.workstreams.get(code="W1"),
        phase=program.phases.get(code="PH1"),
        name="Write-back live",
        created_at=NOW,
        updated_at=NOW,
        **(values | facts),
    )


def test_a_program_with_something_late_needs_somebody(client: Client, alice: User) -> None:
    calm, late = (big_program.make(alice, key=key, size=QUIET) for key in ("CALM", "LATE"))
    _late(late)
    page = _read(client, alice)
    assert f"<strong>{late.name}</strong> needs somebody." in page
    assert page.index(f"/programs/{late.key}/") < page.index(f"/programs/{calm.key}/")
    assert "1 milestone" in page


def test_what_others_push_beyond_its_baseline_needs_somebody_too(client: Client, alice: User) -> None:
    """Neither milestone is late by what is said of it; the row and the order of the rows tell the same."""
    calm, pushed = (big_program.make(alice, key=key, size=QUIET) for key in ("CALM", "PUSH"))
    for program in (calm, pushed):
        for code, days in (("S1", 20), ("S2", 22)):
            _late(
                program, code=code, baseline_on=TODAY + dt.timedelta(days=days), due_on=TODAY + dt.timedelta(days=days)
            )
    before, after = Milestone.objects.filter(program=pushed).order_by("code")
    Dependency.objects.create(
        program=pushed, predecessor=before, successor=after, lag_days=10, created_at=NOW, updated_at=NOW
    )
    found = portfolio(alice, NOW)
    assert [(card.program["key"], card.late) for card in found.cards] == [("PUSH", 1), ("CALM", 0)]
    assert [card.program["key"] for card in found.needing] == ["PUSH"]
    assert f"<strong>{pushed.name}</strong> needs somebody." in _read(client, alice)


def test_nobody_is_needed_where_nothing_is_late_or_asked(client: Client, alice: User) -> None:
    big_program.make(alice, key="CALM", size=QUIET)
    assert "No program needs anybody now." in _read(client, alice)


def test_two_needing_programs_are_counted_and_named(client: Client, alice: User) -> None:
    for key in ("ONE", "TWO", "CALM"):
        program = big_program.make(alice, key=key, size=QUIET)
        if key != "CALM":
            _late(program)
    page = _read(client, alice)
    assert "2 of 3 programs need somebody:" in page
    assert "<strong>Program ONE</strong>" in page


def test_a_closed_program_needs_nobody(client: Client, alice: User) -> None:
    program = big_program.make(alice, key="PAST", size=QUIET)
    _late(program)
    Program.objects.update(status=ProgramStatus.CLOSED)
    assert "No program needs anybody now." in _read(client, alice)


def test_a_closed_program_needs_who_owes_a_reading(client: Client, alice: User) -> None:
    big_program.make(alice, key="PAST", size=QUIET)
    Measure.objects.update(cadence="weekly")
    Program.objects.update(status=ProgramStatus.CLOSED)
    assert "<strong>Program PAST</strong> needs somebody." in _read(client, alice)


def test_what_is_asked_is_counted_for_its_reader_alone(alice: User, bob: User) -> None:
    program = big_program.make(alice, key="BUSY", size=SMALL)
    Membership.objects.create(program=program, person=bob, role=Role.MEMBER)
    mine = asks.asks(asks.tasks(asks.scope(alice, NOW)))
    assert mine
    assert portfolio(alice, NOW).cards[0].asks == len(mine)
    assert portfolio(bob, NOW).cards[0].asks == 0


def test_the_row_tells_phase_confidence_outcomes_and_the_next_gate(alice: User) -> None:
    big_program.make(alice, key="ONE", size=QUIET)
    card = portfolio(alice, NOW).cards[0]
    assert [phase["code"] for phase in card.phases] == ["PH2"]
    assert card.on_track == Share(0, 1)
    assert card.confidence is not None and (card.confidence.rating, card.rating_label) == ("red", "Red")
    assert card.next_gate is not None and card.next_gate["code"] == "G2"


def test_today_is_the_day_of_each_program(alice: User) -> None:
    for key, zone in (("EAST", "Pacific/Auckland"), ("WEST", "America/New_York")):
        program = big_program.make(alice, key=key, size=QUIET)
        _late(program)
        Program.objects.filter(pk=program.pk).update(time_zone=zone)
        Milestone.objects.filter(program=program).update(baseline_on=TODAY, due_on=TODAY)
    after_midnight_in_auckland = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    found = {card.program["key"]: card.late for card in portfolio(alice, after_midnight_in_auckland).cards}
    assert found == {"EAST": 1, "WEST": 0}


def test_a_stranger_sees_no_program_and_whom_to_ask(client: Client, alice: User, charlie: User) -> None:
    big_program.make(alice, key="ONE", size=QUIET)
    page = _read(client, charlie)
    assert "Program ONE" not in page
    assert "Ask the manager of your program to add you" in page
    assert "/programs/new/" not in page


def test_who_may_create_is_led_to_the_first_program(client: Client, alice: User) -> None:
    page = _read(client, alice)
    assert "Begin with your first program." in page
    assert "/programs/new/" in page


def test_programs_are_paged(client: Client, alice: User) -> None:
    for n in range(PAGE + 1):
        big_program.make(alice, key=f"P{n}", size=Size(1, 0, 0, 0, 0, 0))
    assert "?page=2" in _read(client, alice)
    last = portfolio(alice, NOW, 2)
    assert (len(last.cards), last.has_next, last.total) == (1, False, PAGE + 1)
    assert len(_read(client, alice, "/programs/?page=9999999")) > 0


def test_queries_do_not_grow_with_the_programs(alice: User) -> None:
    big_program.make(alice, key="ONE", size=SMALL)
    with CaptureQueriesContext(connection) as few:
        portfolio(alice, NOW)
    for key in ("TWO", "THREE", "FOUR"):
        big_program.make(alice, key=key, size=Size(milestones=40, dependencies=10))
    with CaptureQueriesContext(connection) as many:
        portfolio(alice, NOW)
    assert len(many) == len(few) == 31
    big_program.make(alice, key="CALM", size=QUIET)
    with CaptureQueriesContext(connection) as calm:
        portfolio(alice, NOW)
    assert len(calm) == 33


NEW = {"key": "ONE", "name": "One Customer", "case_for_change": "They repeat themselves.", "time_zone": "Europe/London"}


def test_a_program_is_made_as_a_draft_of_its_maker(client: Client, alice: User) -> None:
    client.force_login(alice)
    response = client.post(
        "/programs/new/", NEW | {"start_on": "2027-01-04", "end_on": "2027-12-17", "currency": "GBP"}
    )
    assert response.status_code == 302 and response.headers["Location"] == "/programs/ONE/"
    program = Program.objects.get(key="ONE")
    assert (program.status, program.manager, program.end_on) == ("draft", alice, dt.date(2027, 12, 17))
    assert Workstream.objects.filter(program=program).count() == 2
    assert Entry.objects.filter(verb="create_program", by=alice).count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"key": "1"}, "2 to 10 capital letters"),
        ({"name": ""}, "This field is required."),
        ({"currency": "pounds"}, "at most 3 characters"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"start_on": "2027-02-30"}, "Enter a valid date"),
        ({"start_on": "2027-05-01", "end_on": "2027-04-01"}, "ends on or after the day it starts"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    client: Client, alice: User, changed: dict[str, str], sentence: str
) -> None:
    client.force_login(alice)
    response = client.post("/programs/new/", NEW | changed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Program.objects.exists()


def test_a_key_that_is_taken_is_the_domain_s_refusal_on_the_form(client: Client, alice: User) -> None:
    big_program.make(alice, key="ONE", size=QUIET)
    client.force_login(alice)
    response = client.post("/programs/new/", NEW)
    assert response.status_code == 422
    assert "There is a program with the key ONE already." in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_create_is_told_who_may(client: Client, bob: User, method: str) -> None:
    client.force_login(bob)
    response = getattr(client, method)("/programs/new/", NEW)
    assert response.status_code == 403
    assert "whom the staff let create programs" in response.content.decode()


def test_who_did_not_sign_in_is_sent_to(client: Client, db: None) -> None:
    assert client.get("/programs/").headers["Location"].startswith("/accounts/login/")
