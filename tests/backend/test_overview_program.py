"""The page of a program: its sentence, what it asks, its outcomes, figures, lanes and news; its lists and reminders."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client

from core.accounts.models import User
from core.audit import services as audit
from programs.choices import ProgramStatus, Role
from programs.models import Measure, Membership, Outcome, Program
from tests.conftest import Clock
from tests.support import big_program
from tests.support.big_program import NOW, SMALL, TODAY, Size
from tests.support.pages import text
from workstreams.choices import MilestoneState
from workstreams.models import ActionItem, Dependency, GateReview, Milestone, RaidEntry

BARE = Size(phases=2, milestones=0, dependencies=0, actions=0, outcomes=1)
LISTS = ("milestones", "actions", "gates", "raid", "people", "reminders", "lanes", "figures", "confidence")
STAMP: dict[str, Any] = {"created_at": NOW, "updated_at": NOW}


@pytest.fixture(autouse=True)
def _november(clock: Clock) -> None:
    clock.move_to(NOW)


@pytest.fixture
def one(alice: User) -> Program:
    """A program of Alice's in which nothing is due yet."""
    return big_program.make(alice, key="ONE", size=BARE)


def _read(client: Client, person: User, address: str = "/programs/ONE/") -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return text(response)


def _milestone(program: Program, code: str, *, baseline: int, due: int, **more: Any) -> Milestone:
    """Make a milestone with its baseline and its due date so many days from today."""
    return Milestone.objects.create(
        program=program,
        workstream=program.workstreams.get(code=more.pop("stream", "W1")),
        phase=program.phases.get(code="PH2"),
        code=code,
        name=more.pop("name", f"Milestone {code}"),
        baseline_on=TODAY + dt.timedelta(days=baseline),
        due_on=TODAY + dt.timedelta(days=due),
        **more,
        **STAMP,
    )


def _action(program: Program, performer: User, code: str = "A1", **more: Any) -> ActionItem:
    return ActionItem.objects.create(
        program=program,
        workstream=program.workstreams.get(code="W1"),
        phase=program.phases.get(code="PH2"),
        code=code,
        title=more.pop("title", "Agree consent wording"),
        requester=more.pop("requester", performer),
        performer=performer,
        requested_for=more.get("promised_for") or TODAY + dt.timedelta(days=7),
        **more,
        **STAMP,
    )


def test_the_sentence_names_what_is_late_by_how_much_and_what_comes_next(
    client: Client, alice: User, one: Program
) -> None:
    _milestone(one, "S4", baseline=-7, due=28, name="Write-back live")
    _milestone(one, "S5", baseline=98, due=126, name="Wave 1 live")
    _milestone(one, "C4", baseline=-7, due=7, name="Ten rules removed", stream="W2")
    page = _read(client, alice)
    assert (
        "<strong>Write-back live</strong> moved 35 days, now 18 December, <strong>Wave 1 live</strong> now 26 March. "
        in page
    )
    assert "One more is overdue or moved." in page
    assert "Next: Ten rules removed, 27 November." in page
    assert "lead--amber" in page


def test_a_day_that_passed_is_told_and_the_mark_is_that_of_the_word(client: Client, alice: User, one: Program) -> None:
    _milestone(one, "S4", baseline=-5, due=-5, name="Write-back live")
    page = _read(client, alice)
    assert "<strong>Write-back live</strong> is 5 days overdue, due on 15 November." in page
    assert ">Red</a>. " in page and "lead--red" in page and "lead--amber" not in page


def test_nothing_late_says_so_and_names_the_next_gate(client: Client, alice: User, one: Program) -> None:
    GateReview.objects.filter(code="G2").update(planned_on=dt.date(2027, 1, 14))
    page = _read(client, alice)
    assert ">Red</a>. Nothing is late. One measure is behind. Next: gate G2, 14 January." in page
    assert "lead--red" in page
    Outcome.objects.update(status="realised")
    page = _read(client, alice)
    assert "Nothing is late. Next: gate G2, 14 January." in page and "lead--" not in page


def test_a_gate_that_was_not_decided_is_said(client: Client, alice: User, one: Program) -> None:
    GateReview.objects.filter(code="G2").update(planned_on=TODAY - dt.timedelta(days=3))
    assert "Gate G2 was planned for 17 November and is not decided." in _read(client, alice)


def test_what_is_reached_late_is_not_late_any_more(client: Client, alice: User, one: Program) -> None:
    _milestone(one, "S1", baseline=-60, due=-50, state=MilestoneState.ACHIEVED, actual_on=TODAY - dt.timedelta(days=50))
    assert "Nothing is late." in _read(client, alice)


def test_the_managers_note_stands_under_it_with_its_day(client: Client, alice: User, one: Program) -> None:
    Program.objects.update(manager_note="Compliance agreed yesterday.", manager_note_on=TODAY)
    page = _read(client, alice)
    assert "Compliance agreed yesterday." in page
    assert 'datetime="2026-11-20"' in page


def test_each_reader_is_asked_their_own(client: Client, alice: User, bob: User, one: Program) -> None:
    Membership.objects.create(program=one, person=bob, role=Role.MEMBER)
    _action(one, bob)
    _milestone(one, "S4", baseline=6, due=6, name="Write-back live", owner=bob)
    RaidEntry.objects.create(
        program=one, code="R1", kind="risk", title="Reviewers leave", probability=3, impact=4, owner=bob,
        review_on=TODAY, **STAMP,
    )  # fmt: skip
    page = _read(client, bob)
    for words in ("Promise or decline", "Reach", "Review", "/actions/ONE-A1/", "/milestones/ONE-S4/", "/raid/#R1"):
        assert words in page
    assert "Nothing is asked of you here." in _read(client, alice)


def test_more_than_a_few_asks_are_left_to_my_work(client: Client, alice: User, one: Program) -> None:
    for n in range(4):
        _action(one, alice, f"A{n}")
    assert "And more, in My work" not in _read(client, alice)
    _action(one, alice, "A9")
    assert "And more, in My work" in _read(client, alice)


def test_the_sponsor_is_asked_to_decide_a_gate(client: Client, alice: User, bob: User, one: Program) -> None:
    Membership.objects.create(program=one, person=bob, role=Role.SPONSOR)
    gate = GateReview.objects.filter(code="G2")
    gate.update(planned_on=TODAY + dt.timedelta(days=6))
    assert "Decide the gate" in _read(client, bob)
    assert "Hold the gate review" in _read(client, alice)
    gate.update(planned_on=TODAY + dt.timedelta(days=7))
    assert "Decide the gate" not in _read(client, bob)
    page = _read(client, alice)
    assert "Nothing is asked of you here." in page
    assert f"Next: Gate review of “{gate.get().phase.name}”, Fri 27 Nov." in page


def test_the_requester_is_asked_to_accept(client: Client, alice: User, bob: User, one: Program) -> None:
    Membership.objects.create(program=one, person=bob, role=Role.MEMBER)
    _action(one, bob, requester=alice, state="committed", promised_for=TODAY, done_on=TODAY, needs_acceptance=True)
    assert "Accept" in _read(client, alice)
    assert "Nothing is asked of you here." in _read(client, bob)


def test_outcomes_show_readings_in_their_own_unit_and_where_none_is(client: Client, alice: User) -> None:
    big_program.make(alice, key="ONE", size=Size(phases=2, milestones=0, dependencies=0, actions=0, outcomes=4))
    page = _read(client, alice)
    assert '<span title="Baseline">31</span>' in page
    assert "<strong>25</strong>" in page
    assert "no reading" in page
    # O1 and O4 are measured by what customers do; O3 belongs to the first phase, O2 to the second.
    places = [page.index(f'id="{code}"') for code in ("O1", "O4", "O3", "O2")]
    assert places == sorted(places)


def test_figures_are_counted_from_rows_and_link_to_them(client: Client, alice: User, one: Program) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    _action(one, alice, "A1", state="kept", promised_for=TODAY, done_on=TODAY)
    _action(one, alice, "A2", state="missed", promised_for=yesterday, miss_reason="competing_priority")
    _action(one, alice, "A3", state="committed", promised_for=yesterday)
    _action(one, alice, "A4", state="committed", promised_for=TODAY)
    reached = {"state": MilestoneState.ACHIEVED, "actual_on": TODAY}
    _milestone(one, "S1", baseline=-3, due=-3, **reached)
    _milestone(one, "S2", baseline=-3, due=3)
    _milestone(one, "C1", baseline=0, due=0, stream="W2", **reached)
    _milestone(one, "C2", baseline=1, due=1, stream="W2")
    page = _read(client, alice)
    for figure in ("1 of 3", "1 of 1", "42 %"):
        assert f"<dd>{figure}</dd>" in page
    for note in ("1 is past its day", "project: 1 of 2", "50 % of the time over"):
        assert f">{note}</dd>" in page
    listed = _read(client, alice, "/programs/ONE/actions/?state=due")
    assert [code in listed for code in ("ONE-A1", "ONE-A2", "ONE-A3", "ONE-A4")] == [True, True, True, False]
    due = _read(client, alice, "/programs/ONE/milestones/?state=due&discipline=project")
    assert [code in due for code in ("ONE-S1", "ONE-S2", "ONE-C1")] == [True, True, False]


def test_the_lanes_carry_a_title_a_text_and_a_table(client: Client, alice: User, one: Program) -> None:
    _milestone(one, "S4", baseline=-7, due=28, name="Write-back live")
    page = _read(client, alice)
    assert "The lanes of Program ONE" in page
    assert "2 workstreams over 2 phases: 1 milestones, 1 of them overdue or moved." in page
    assert "S4 Write-back live: moved 35 days, 18 Dec" in page
    assert 'class="lanes__days">+35 d' in page
    assert "style=" not in page
    assert "/programs/ONE/lanes/#facts" in page
    table = _read(client, alice, "/programs/ONE/lanes/")
    assert "/milestones/ONE-S4/" in table
    assert "+35" in table


def test_a_chosen_milestone_shows_its_arrows_without_script_and_with_htmx(
    client: Client, alice: User, one: Program
) -> None:
    first = _milestone(one, "S1", baseline=5, due=5, name="Rules approved")
    second = _milestone(one, "S2", baseline=40, due=40, name="Record readable")
    Dependency.objects.create(program=one, predecessor=first, successor=second, **STAMP)
    assert "lanes__arrows" not in _read(client, alice)
    page = _read(client, alice, "/programs/ONE/?selected=S2")
    assert page.count('marker-end="url(#lanes-tip)"') == 1
    assert "Waits for:" in page and "Nothing waits for it." in page
    response = client.get("/programs/ONE/lanes/?selected=S1", headers={"HX-Request": "true"})
    fragment = response.content.decode()
    assert "<html" not in fragment
    assert "Waiting for it:" in fragment
    assert "lanes__arrows" not in _read(client, alice, "/programs/ONE/?selected=S99")


def test_the_critical_chain_is_marked(client: Client, alice: User, one: Program) -> None:
    before = _milestone(one, "S1", baseline=40, due=40)
    after = _milestone(one, "S2", baseline=45, due=45)
    link = Dependency.objects.create(program=one, predecessor=before, successor=after, **STAMP)
    assert _read(client, alice).partition("legend")[0].count("lanes__mark--critical") == 1
    Dependency.objects.filter(pk=link.pk).update(lag_days=3)
    assert _read(client, alice).partition("legend")[0].count("lanes__mark--critical") == 2


def test_what_waits_is_shown_where_it_is_pushed(client: Client, alice: User, one: Program) -> None:
    before = _milestone(one, "S1", baseline=40, due=61, name="Write-back live")
    after = _milestone(one, "S2", baseline=45, due=45, name="Wave 1 live")
    Dependency.objects.create(program=one, predecessor=before, successor=after, lag_days=5, **STAMP)
    page = _read(client, alice)
    # S2 itself says 4 January; S1 on 20 January and five working days push it to 27 January.
    assert (
        "<strong>Wave 1 live</strong> moved 23 days, now 27 January, <strong>Write-back live</strong> now 20 January. "
        in page
    )
    assert "S2 Wave 1 live: moved 23 days, 27 Jan" in page


def test_a_stale_measure_is_said_with_its_month(client: Client, alice: User) -> None:
    big_program.make(alice, key="ONE", size=BARE)
    Measure.objects.update(cadence="weekly")
    page = _read(client, alice)
    assert "<strong>Contacts repeated within 7 days per 100 requests</strong> unmeasured since October. " in page


def test_the_manager_is_told_whom_to_ask_about_what_is_late(
    client: Client, alice: User, bob: User, one: Program
) -> None:
    Membership.objects.create(program=one, person=bob, role=Role.MEMBER)
    _milestone(one, "S4", baseline=-7, due=-1, owner=bob)
    assert "Overdue: ask Bob Baker" in _read(client, alice)
    assert "Overdue: ask" not in _read(client, bob)


def test_what_only_moved_is_asked_of_nobody(client: Client, alice: User, bob: User, one: Program) -> None:
    _milestone(one, "S4", baseline=-7, due=40, owner=bob)
    assert "Nothing is asked of you here." in _read(client, alice)


def test_a_milestone_that_goes_live_unprepared_is_pointed_out(client: Client, alice: User, one: Program) -> None:
    _milestone(one, "S4", baseline=30, due=30, name="Write-back live", goes_live=True)
    page = " ".join(_read(client, alice).split())
    assert "no change milestone comes before it in PH2." in page
    _milestone(one, "C4", baseline=20, due=20, stream="W2")
    assert "no change milestone comes before it" not in _read(client, alice)


def test_news_are_what_others_did_since_the_last_visit(
    client: Client, alice: User, bob: User, one: Program, clock: Clock
) -> None:
    scope = f"program:{one.pk}"
    item = _action(one, bob)
    _read(client, alice)
    clock.advance(dt.timedelta(hours=2))
    for by, verb in ((bob, "keep_action"), (alice, "edit_action"), (None, "load_program_file")):
        audit.record(
            by=by, at=clock.now(), verb=verb, scope=scope, subject=f"action_item:{item.pk}", label="ONE-A1 Wording"
        )
    page = _read(client, alice)
    assert "Since your last visit" in page
    assert "Bob Baker kept ONE-A1 Wording" in page
    assert "The product loaded" in page
    assert "Alice Archer edited" not in page
    clock.advance(dt.timedelta(hours=2))
    assert "Nobody else changed anything." in _read(client, alice)


def test_a_draft_says_what_it_lacks(client: Client, alice: User) -> None:
    program = Program.objects.create(key="ONE", name="One Customer", manager=alice, **STAMP)
    Membership.objects.create(program=program, person=alice, role=Role.MANAGER)
    page = _read(client, alice)
    assert "A draft. Before it becomes active it needs a sponsor, a case for change" in " ".join(page.split())
    assert "There is nothing to draw yet." in page
    assert "No outcome yet." in page
    assert "none yet" not in page
    assert "/programs/ONE/outcomes/new/" in page and "/programs/ONE/phases/new/" in page


def test_a_paused_program_says_so(client: Client, alice: User, one: Program) -> None:
    Program.objects.update(status=ProgramStatus.PAUSED)
    page = " ".join(_read(client, alice).split())
    assert "Paused. Nothing is late." in page


@pytest.mark.parametrize("page", ["", *(f"{name}/" for name in LISTS)])
def test_strangers_find_nothing(client: Client, charlie: User, one: Program, page: str) -> None:
    client.force_login(charlie)
    assert client.get(f"/programs/ONE/{page}").status_code == 404
    assert client.get(f"/programs/NONE/{page}").status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_shown_full_and_empty(client: Client, alice: User, name: str) -> None:
    big_program.make(alice, key="ONE", size=SMALL)
    empty = Program.objects.create(key="EMPTY", name="Empty", manager=alice, **STAMP)
    Membership.objects.create(program=empty, person=alice, role=Role.MANAGER)
    assert _read(client, alice, f"/programs/ONE/{name}/")
    assert _read(client, alice, f"/programs/EMPTY/{name}/")


def test_the_raid_register_shows_the_gravest_first(client: Client, alice: User, one: Program) -> None:
    for code, probability, impact in (("R1", 1, 2), ("R2", 5, 5)):
        RaidEntry.objects.create(
            program=one, code=code, kind="risk", title=f"Risk {code}", probability=probability, impact=impact,
            review_on=TODAY, **STAMP,
        )  # fmt: skip
    page = _read(client, alice, "/programs/ONE/raid/")
    assert page.index("Risk R2") < page.index("Risk R1")
    assert "Risk R1" not in _read(client, alice, "/programs/ONE/raid/?kind=issue")


def test_lists_are_paged_and_keep_their_filters(client: Client, alice: User) -> None:
    big_program.make(alice, key="ONE", size=Size(milestones=120, dependencies=0, actions=0))
    page = _read(client, alice, "/programs/ONE/milestones/?discipline=change")
    assert page.count("<tr id=") == 50
    assert "?discipline=change&amp;page=2" in page
    assert _read(client, alice, "/programs/ONE/milestones/?discipline=change&page=2").count("<tr id=") == 10


def test_an_unknown_filter_filters_nothing_and_an_empty_result_offers_all(
    client: Client, alice: User, one: Program
) -> None:
    _action(one, alice)
    assert "ONE-A1" in _read(client, alice, "/programs/ONE/actions/?state=nonsense&person=99999&page=x")
    page = _read(client, alice, "/programs/ONE/actions/?state=kept")
    assert "Nothing fits these filters." in page


def test_exports_carry_the_filtered_rows_and_no_formula(client: Client, alice: User, one: Program) -> None:
    _action(one, alice, "A1", title='=HYPERLINK("http://example.org")')
    _action(one, alice, "A2", state="committed", promised_for=TODAY)
    client.force_login(alice)
    response = client.get("/programs/ONE/actions/?state=requested&format=csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="ONE-actions.csv"'
    header, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert header[:3] == ["Code", "Title", "State"]
    assert row[:3] == ["A1", '\'=HYPERLINK("http://example.org")', "requested"]
    milestones = client.get("/programs/ONE/milestones/?format=csv")
    assert milestones.content.decode("utf-8-sig").startswith("Code,Milestone,State")


def test_the_manager_starts_and_stops_reminders(client: Client, alice: User, bob: User, one: Program) -> None:
    Membership.objects.create(program=one, person=bob, role=Role.MEMBER)
    page = _read(client, alice, "/programs/ONE/reminders/")
    assert "Reminders are off." in page and "Start reminders" in page
    assert "Start reminders" not in _read(client, bob, "/programs/ONE/reminders/")
    assert client.post("/programs/ONE/reminders/start/").status_code == 403
    client.force_login(alice)
    assert client.post("/programs/ONE/reminders/start/").status_code == 302
    page = _read(client, alice, "/programs/ONE/reminders/")
    assert "Reminders are on" in page and "Stop reminders" in page
    assert client.post("/programs/ONE/reminders/stop/").status_code == 302
    assert "Reminders are off." in _read(client, alice, "/programs/ONE/reminders/")


def test_a_stranger_starts_nothing(client: Client, charlie: User, one: Program) -> None:
    client.force_login(charlie)
    assert client.post("/programs/ONE/reminders/start/").status_code == 404
