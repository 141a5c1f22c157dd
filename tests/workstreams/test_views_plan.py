"""The plan's pages: edited in place and without script, moved together, pasted, and what refuses it said in words."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.support import big_program
from tests.support.big_program import Size
from tests.work import FRIDAY
from workstreams import exceptions, services
from workstreams.choices import Discipline
from workstreams.models import ActionItem, Dependency, Milestone, Workstream

pytestmark = pytest.mark.usefixtures("monday")

HTMX = {"HX-Request": "true"}
Streams = dict[Discipline, Workstream]


@pytest.fixture
def as_alice(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def body(answer: object) -> str:
    return getattr(answer, "content", b"").decode()


def test_the_plan_says_first_what_slips(as_alice: Client, following: Milestone, milestone: Milestone) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(due_on="2026-12-04")
    page = body(as_alice.get("/programs/ONE/plan/"))
    assert "2 of 2 milestones slip, Rules approved the most, by 7 days." in page
    assert "pushed by S1" in page


@pytest.mark.parametrize(
    "path",
    [
        "/programs/ONE/plan/",
        "/programs/ONE/plan/add/",
        "/programs/ONE/plan/paste/",
        "/programs/ONE/workstreams/",
        "/workstreams/ONE-W1/",
        "/milestones/ONE-S1/row/",
        "/milestones/ONE-S1/pushes/",
    ],
)
def test_a_stranger_learns_nothing(client: Client, charlie: User, milestone: Milestone, path: str) -> None:
    client.force_login(charlie)
    assert client.get(path).status_code == 404


def test_a_row_is_edited_without_script(as_alice: Client, following: Milestone) -> None:
    opened = as_alice.get("/milestones/ONE-S2/row/")
    assert opened["Location"] == "/programs/ONE/plan/?edit=S2#S2"
    assert 'name="waits_for" value="S1"' in body(as_alice.get("/programs/ONE/plan/?edit=S2"))
    said = {
        "name": "Wave 1 is live", "workstream": following.workstream_id, "phase": following.phase_id,
        "baseline_on": "2026-11-27", "waits_for": "S1 +3", "forecast_on": "2026-12-11", "reason": "Vendor",
    }  # fmt: skip
    answer = as_alice.post("/milestones/ONE-S2/row/", said, follow=True)
    assert answer.redirect_chain == [("/programs/ONE/plan/", 302)]
    following.refresh_from_db()
    assert (following.name, str(following.due_on), following.owner) == ("Wave 1 is live", "2026-12-11", None)
    assert Dependency.objects.get().lag_days == 3


def test_what_a_date_pushes_is_shown_before_it_is_said(as_alice: Client, following: Milestone) -> None:
    said = {
        "name": "Rules approved", "workstream": following.workstream_id, "phase": following.phase_id,
        "baseline_on": "2026-11-27", "forecast_on": "2026-12-09", "reason": "", "preview": "1",
    }  # fmt: skip
    page = body(as_alice.post("/milestones/ONE-S1/row/", said))
    assert "This pushes" in page
    assert "Wave 1 live" in page and "(Alice Archer)" in page
    fragment = body(as_alice.get("/milestones/ONE-S1/pushes/?forecast_on=2026-12-09", headers=HTMX))
    assert "<html" not in fragment and "Wed 9 Dec" in fragment
    assert "This pushes nothing else." in body(as_alice.get("/milestones/ONE-S2/pushes/?forecast_on=2026-12-09"))
    assert not Milestone.objects.filter(due_on="2026-12-09").exists()


def test_what_refuses_a_row_stands_in_it(as_alice: Client, following: Milestone, milestone: Milestone) -> None:
    said = {
        "name": "Rules approved", "workstream": milestone.workstream_id, "phase": milestone.phase_id,
        "baseline_on": "2026-11-27", "waits_for": "S2", "forecast_on": "",
    }  # fmt: skip
    answer = as_alice.post("/milestones/ONE-S1/row/", said, headers=HTMX)
    assert answer.status_code == 422
    assert "These would wait for one another: S1 → S2 → S1." in body(answer)
    answer = as_alice.post("/milestones/ONE-S1/row/", {**said, "waits_for": "", "forecast_on": "2026-12-09"})
    assert "Say why." in body(answer)


def test_an_owner_says_dates_and_nothing_else(client: Client, bob: User, following: Milestone) -> None:
    client.force_login(bob)
    page = body(client.get("/programs/ONE/plan/?edit=S1"))
    assert 'name="forecast_on"' in page and 'name="name"' not in page
    assert client.get("/milestones/ONE-S2/row/").status_code == 403


def test_many_are_moved_after_a_look(as_alice: Client, following: Milestone, milestone: Milestone) -> None:
    said = {"milestone": [milestone.pk], "days": "14", "reason": "Freeze"}
    look = as_alice.post("/programs/ONE/plan/move/", said)
    assert "1 milestone moves, and pushes 1." in body(look)
    milestone.refresh_from_db()
    assert milestone.due_on == FRIDAY
    done = as_alice.post("/programs/ONE/plan/move/", {**said, "confirm": "1"}, follow=True)
    assert "1 milestone moved." in body(done)
    milestone.refresh_from_db()
    assert str(milestone.due_on) == "2026-12-11"


def test_a_milestone_is_added_and_another(
    as_alice: Client, program: Program, phase: Phase, workstreams: Streams
) -> None:
    said = {
        "name": "Pilot live", "workstream": workstreams[Discipline.PROJECT].pk, "phase": phase.pk,
        "baseline_on": "2026-12-18", "again": "1",
    }  # fmt: skip
    answer = as_alice.post("/programs/ONE/plan/add/", said)
    assert answer["Location"].startswith("/programs/ONE/plan/add/?workstream=")
    assert Milestone.objects.get().name == "Pilot live"


# Pasting.

GOOD = (
    "Pilot live\tW1\tPH1\t2026-12-18\tbob@example.org\tyes\tP1 +2\t\n"
    "Rules\tSystems and data\tMobilise\t4 Dec 2026\t\t\t\tP1\n"
)


def paste(client: Client, text: str, *, kind: str = "milestones", **said: str) -> object:
    return client.post("/programs/ONE/plan/paste/", {"kind": kind, "text": text, **said})


def test_rows_are_shown_first_and_then_added(as_alice: Client, phase: Phase, workstreams: Streams, bob: User) -> None:
    assert "2 rows, ready to be added." in body(paste(as_alice, GOOD))
    assert not Milestone.objects.exists()
    paste(as_alice, GOOD, confirm="1")
    pilot = Milestone.objects.get(name="Pilot live")
    assert (pilot.owner, pilot.goes_live, str(pilot.baseline_on)) == (bob, True, "2026-12-18")
    assert Dependency.objects.get().predecessor.code == "P1"


def test_every_bad_row_is_named_with_its_reason_and_none_is_added(
    as_alice: Client, phase: Phase, workstreams: Streams
) -> None:
    text = (
        "milestone,workstream,phase,baseline,waits for,code\n"
        "Fine,W1,PH1,2026-12-18,,P1\n"
        "No such stream,W9,PH1,2026-12-18,,P2\n"
        "No day,W1,PH1,soon,,P3\n"
        "Waits for nothing,W1,PH1,2026-12-18,P77,P4\n"
        "Twice,W1,PH1,2026-12-18,,P1\n"
    )
    answer = paste(as_alice, text, confirm="1")
    page = body(answer)
    assert getattr(answer, "status_code", 0) == 422
    assert "4 of 5 rows are wrong, so none is added." in page
    for reason in (
        "Nothing in this program is called “W9”",
        "Baseline: Enter a valid date",
        "P77: ",
        "The code P1 is taken.",
    ):
        assert reason in page
    assert not Milestone.objects.exists()


def test_a_ring_within_the_rows_is_refused(as_alice: Client, phase: Phase, workstreams: Streams) -> None:
    text = "One,W1,PH1,2026-12-18,,,B,A\nOther,W1,PH1,2026-12-18,,,A,B\n"
    assert "These would wait for one another: A → B → A." in body(paste(as_alice, text))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Pilot," + b"x" * 200_000, "Line 1 cannot be read"),
        (b"Pilot\n" * 90_000, "The file is larger than 500 kB."),
        (b"Pilot\n" * 600, "These are more than 500 rows."),
        (b"\xff\xfe", "The file is not UTF-8 text."),
        (b" \n,,\n", "There are no rows in it."),
    ],
)
def test_a_file_that_cannot_be_taken_in_says_why(
    as_alice: Client, program: Program, content: bytes, words: str
) -> None:
    file = SimpleUploadedFile("phases.csv", content)
    answer = as_alice.post("/programs/ONE/plan/paste/", {"kind": "phases", "file": file, "confirm": "1"})
    assert (answer.status_code, words in body(answer)) == (422, True)
    assert not Phase.objects.exists()


def test_lines_may_end_as_on_any_machine(as_alice: Client, program: Program) -> None:
    for end in ("\n", "\r\n", "\r"):
        answer = paste(as_alice, end.join(("Pilot,2026-09-01", "Roll-out,2027-01-04", "")), kind="phases")
        assert "2 rows, ready to be added." in body(answer)


def test_phases_come_as_a_file_with_a_header(as_alice: Client, program: Program) -> None:
    file = SimpleUploadedFile("phases.csv", b"Phase;Start;End\nPilot;2026-09-01;2026-12-18\nRoll-out;2027-01-04;\n")
    answer = as_alice.post("/programs/ONE/plan/paste/", {"kind": "phases", "file": file})
    assert "2 rows, ready to be added." in body(answer)
    paste(as_alice, "Phase;Start;End\nPilot;2026-09-01;2026-12-18\n", kind="phases", confirm="1")
    assert list(program.phases.values_list("name", flat=True)) == ["Pilot"]


def test_actions_are_asked_for_in_rows(as_alice: Client, milestone: Milestone, bob: User) -> None:
    text = "Brief the branches,Bob Baker,2026-12-04,W2,PH1,S1"
    paste(as_alice, text, kind="actions", confirm="1")
    item = ActionItem.objects.get()
    assert (item.title, item.performer, item.milestone) == ("Brief the branches", bob, milestone)


# Workstreams.


def test_the_last_of_a_discipline_is_refused_with_the_words_of_the_service(
    as_alice: Client, alice: User, workstreams: Streams
) -> None:
    with pytest.raises(exceptions.LastOfItsDiscipline) as refused:
        services.remove_workstream(workstream=workstreams[Discipline.CHANGE], by=alice, at=MONDAY)
    answer = as_alice.post("/workstreams/ONE-W2/remove/")
    assert answer.status_code == 422
    assert refused.value.message in body(answer)


def test_a_workstream_is_added_edited_and_removed(as_alice: Client, program: Program, workstreams: Streams) -> None:
    Workstream.objects.filter(program=program, code="W1").update(code="X1")
    Workstream.objects.filter(program=program, code="W2").update(code="X2")
    as_alice.post("/programs/ONE/workstreams/", {"name": "Training", "discipline": "change"})
    as_alice.post("/workstreams/ONE-W1/", {"name": "Learning", "discipline": "change"})
    assert Workstream.objects.get(code="W1").name == "Learning"
    as_alice.post("/workstreams/ONE-W1/remove/")
    assert not Workstream.objects.filter(code="W1").exists()


def test_the_plans_page_costs_the_same_at_any_size(
    client: Client, alice: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client.force_login(alice)
    counts = []
    for key, size in (("SMALL", big_program.SMALL), ("LARGE", Size(phases=12, milestones=200, dependencies=1000))):
        big_program.make(alice, key=key, size=size)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/programs/{key}/plan/").status_code == 200
        counts.append(len(captured))
    assert counts == [counts[0]] * 2
    assert counts[0] <= 10


# The milestone's own page.


def test_a_milestone_tells_what_pushes_it(as_alice: Client, following: Milestone, milestone: Milestone) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(due_on="2026-12-04")
    page = body(as_alice.get("/milestones/ONE-S2/"))
    assert "7 days after its baseline." in page
    assert 'pushed by <a href="/milestones/ONE-S1/">Rules approved</a>' in page


def test_another_date_shows_what_it_pushes_before_it_is_said(as_alice: Client, following: Milestone) -> None:
    said = {"forecast_on": "2026-12-09", "reason": "", "preview": "1"}
    page = body(as_alice.post("/milestones/ONE-S1/forecast/", said))
    assert "This pushes" in page and 'value="2026-12-09"' in page
    fragment = as_alice.post("/milestones/ONE-S1/forecast/", said, headers=HTMX)
    assert fragment["HX-Retarget"] == "#moves-ONE-S1"
    assert "<html" not in body(fragment) and "This pushes" in body(fragment)
    assert not Milestone.objects.filter(due_on="2026-12-09").exists()


def test_people_are_invited_in_rows(as_alice: Client, program: Program, bob: User) -> None:
    text = "Address,Name,Role\nbob@example.org,Bob,Lead\nnew@example.org,Nell New,\n"
    assert "is no role. There are: sponsor, manager" in body(paste(as_alice, "x@example.org,X,boss", kind="people"))
    paste(as_alice, text, kind="people", confirm="1")
    places = program.memberships.exclude(role="manager").order_by("person__email")
    assert list(places.values_list("person__email", "role")) == [
        ("bob@example.org", "lead"),
        ("new@example.org", "member"),
    ]
    assert "bob@example.org" in body(paste(as_alice, text, kind="people")) and program.memberships.count() == 3


def test_a_name_that_two_things_have_asks_for_the_code(
    as_alice: Client, program: Program, phase: Phase, workstreams: Streams
) -> None:
    Workstream.objects.filter(program=program).update(name="Delivery")

    answer = paste(as_alice, "milestone,workstream,phase,baseline\nFine,Delivery,PH1,2026-12-18\n")

    assert "More than one thing here is called “Delivery”: give its code or address." in body(answer)
