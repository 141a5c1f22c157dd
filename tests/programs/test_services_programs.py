"""A program is changed, paused, closed, stopped and reopened; nobody does what another role decides."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from notifications.models import Scope
from programs import exceptions, services
from programs.choices import PROGRAM_MOVES, ProgramStatus, Role
from programs.models import Phase, Program
from tests.cast import MONDAY

TODAY = MONDAY.date()
STAMPS = {"created_at": MONDAY, "updated_at": MONDAY}


@pytest.fixture
def active(program: Program, roles: dict[Role, User]) -> Program:
    """Alice's program, active, with a sponsor and Bob as the deputy."""
    services.tell_engine(program, holidays=())
    facts: dict[str, Any] = {"status": ProgramStatus.ACTIVE, "case_for_change": "Customers repeat themselves"}
    Program.objects.filter(pk=program.pk).update(
        **facts, sponsor=roles[Role.SPONSOR], deputy_sponsor=roles[Role.MEMBER]
    )
    program.refresh_from_db()
    return program


def test_the_manager_changes_everything_but_the_key(active: Program, alice: User) -> None:
    changes = {
        "name": "One voice", "organisation": "Archer", "vision": "No repeats", "cost_of_inaction": "2 m a year",
        "start_on": TODAY, "end_on": TODAY + dt.timedelta(days=700), "time_zone": "Asia/Shanghai", "currency": "GBP",
        "budget": Decimal("1000"), "spent": Decimal("10.5"), "staffing_planned": Decimal(4),
        "staffing_actual": Decimal("3.5"), "holidays": [dt.date(2026, 12, 25)], "manager_note": "Begun.",
        "reassess_every_months": 6,
    }  # fmt: skip
    edited = services.edit_program(program=active, changes=changes, by=alice, at=MONDAY)

    edited.refresh_from_db()
    assert (edited.name, edited.spent, edited.manager_note_on, edited.version) == (
        "One voice", Decimal("10.5"), TODAY, 2,
    )  # fmt: skip
    scope = Scope.objects.get(pk=active.pk)
    assert (scope.time_zone, scope.label, scope.holidays) == ("Asia/Shanghai", "ONE One voice", ["2026-12-25"])
    told = Entry.objects.get(verb="edit_program").changes
    assert told["spent"] == [None, "10.5"]
    assert told["holidays"] == [[], ["2026-12-25"]]
    with pytest.raises(core_exceptions.InvalidInput):
        services.edit_program(program=active, changes={"key": "TWO"}, by=alice, at=MONDAY)


def test_an_edit_that_changes_nothing_leaves_no_trace(active: Program, alice: User) -> None:
    services.edit_program(program=active, changes={"name": active.name, "holidays": []}, by=alice, at=MONDAY)
    assert not Entry.objects.filter(verb="edit_program").exists()


def test_an_empty_note_has_no_day(active: Program, alice: User) -> None:
    for note, day in (("Begun.", TODAY), ("", None)):
        services.edit_program(program=active, changes={"manager_note": note}, by=alice, at=MONDAY)
        active.refresh_from_db()
        assert active.manager_note_on == day


def test_a_forecast_at_completion_is_dated_and_goes_with_its_reason(active: Program, alice: User) -> None:
    def edit(**changes: Any) -> None:
        services.edit_program(program=active, changes=changes, by=alice, at=MONDAY)
        active.refresh_from_db()

    edit(forecast_at_completion=Decimal(1200), forecast_at_completion_reason="The vendor asks for more")
    assert active.forecast_at_completion_on == TODAY
    assert Entry.objects.get(verb="edit_program").changes["forecast_at_completion"] == [None, "1200"]
    Program.objects.filter(pk=active.pk).update(forecast_at_completion_on=TODAY - dt.timedelta(days=9))
    edit(name="Another name")
    assert active.forecast_at_completion_on == TODAY - dt.timedelta(days=9)
    edit(forecast_at_completion=Decimal(1300))
    assert (active.forecast_at_completion_on, active.forecast_at_completion_reason) == (
        TODAY, "The vendor asks for more",
    )  # fmt: skip
    edit(forecast_at_completion=None)
    taken_away = Program.objects.get(pk=active.pk)
    assert (taken_away.forecast_at_completion_on, taken_away.forecast_at_completion_reason) == (None, "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"forecast_at_completion": Decimal(5)}, "forecast_at_completion_reason"),
        ({"forecast_at_completion_reason": "More"}, "forecast_at_completion"),
        ({"forecast_at_completion": Decimal(5), "forecast_at_completion_reason": " "}, "forecast_at_completion_reason"),
    ],
)
def test_a_forecast_is_a_number_with_its_reason(
    active: Program, alice: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(exceptions.ForecastNeedsReason) as refused:
        services.edit_program(program=active, changes=changes, by=alice, at=MONDAY)
    assert list(refused.value.fields) == [field]
    active.refresh_from_db()
    assert (active.forecast_at_completion, active.forecast_at_completion_reason) == (None, "")


def test_an_edit_of_an_old_version_is_refused(active: Program, alice: User) -> None:
    services.edit_program(program=active, changes={"name": "Two"}, by=alice, at=MONDAY, expected_version=1)
    with pytest.raises(core_exceptions.Stale):
        services.edit_program(program=active, changes={"name": "Three"}, by=alice, at=MONDAY, expected_version=1)


def test_an_active_program_keeps_its_case_for_change(active: Program, alice: User) -> None:
    with pytest.raises(exceptions.CaseForChangeNeeded):
        services.edit_program(program=active, changes={"case_for_change": " "}, by=alice, at=MONDAY)


def test_it_does_not_end_before_it_starts(active: Program, alice: User) -> None:
    changes = {"start_on": TODAY, "end_on": TODAY - dt.timedelta(days=1)}
    with pytest.raises(exceptions.EndsBeforeItStarts):
        services.edit_program(program=active, changes=changes, by=alice, at=MONDAY)


MOVES: dict[str, tuple[Callable[..., Program], dict[str, str], set[Role]]] = {
    "deactivate": (services.deactivate_program, {"reason": "Too soon"}, {Role.MANAGER}),
    "pause": (services.pause_program, {}, {Role.MANAGER}),
    "resume": (services.resume_program, {}, {Role.MANAGER}),
    "close": (services.close_program, {}, {Role.SPONSOR, Role.MEMBER}),
    "stop": (services.stop_program, {"reason": "No money"}, {Role.SPONSOR, Role.MEMBER}),
    "reopen": (services.reopen_program, {"reason": "Too soon"}, {Role.SPONSOR, Role.MEMBER}),
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("role", Role)
def test_who_makes_which_move(name: str, role: Role, active: Program, roles: dict[Role, User]) -> None:
    """The member of this story is the deputy."""
    move, words, may = MOVES[name]
    state = sorted(PROGRAM_MOVES.moves[name].sources)[0]
    Program.objects.filter(pk=active.pk).update(status=state)
    if role not in may:
        with pytest.raises(core_exceptions.NotAllowed):
            move(program=active, **words, by=roles[role], at=MONDAY)
        return
    moved = move(program=active, **words, by=roles[role], at=MONDAY)
    assert moved.status == PROGRAM_MOVES.moves[name].target
    entry = Entry.objects.get(verb=f"{name}_program")
    assert (entry.changes["status"], entry.reason) == ([state, moved.status], words.get("reason", ""))


@pytest.mark.parametrize("name", MOVES)
def test_a_move_that_the_state_does_not_allow_names_those_that_it_does(
    name: str, active: Program, roles: dict[Role, User]
) -> None:
    move, words, may = MOVES[name]
    illegal = next(state for state in ProgramStatus if state not in PROGRAM_MOVES.moves[name].sources)
    Program.objects.filter(pk=active.pk).update(status=illegal)
    with pytest.raises(core_exceptions.IllegalMove) as refused:
        move(program=active, **words, by=roles[sorted(may)[0]], at=MONDAY)
    assert refused.value.params["legal"] == PROGRAM_MOVES.legal(illegal)


@pytest.mark.parametrize("name", ["deactivate", "stop", "reopen"])
def test_what_ends_or_undoes_says_why(name: str, active: Program, roles: dict[Role, User]) -> None:
    move, _words, may = MOVES[name]
    Program.objects.filter(pk=active.pk).update(status=sorted(PROGRAM_MOVES.moves[name].sources)[0])
    with pytest.raises(exceptions.ReasonMissing):
        move(program=active, reason=" ", by=roles[sorted(may)[0]], at=MONDAY)


def test_what_has_begun_is_no_draft_any_more(active: Program, alice: User) -> None:
    Phase.objects.create(program=active, code="PH1", position=1, name="One", actual_start_on=TODAY, **STAMPS)
    with pytest.raises(exceptions.PhasesAreRunning, match="PH1"):
        services.deactivate_program(program=active, reason="Too soon", by=alice, at=MONDAY)


def test_strangers_do_not_know_of_it(active: Program, charlie: User) -> None:
    with pytest.raises(core_exceptions.NotFound):
        services.pause_program(program=active, by=charlie, at=MONDAY)
