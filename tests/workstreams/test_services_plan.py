"""A plan is made and remade: milestones come and go, wait for one another, move together, and say what they push."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from notifications.models import Reminder
from programs.choices import Role
from programs.models import Holiday, Phase, Program
from tests.cast import MONDAY
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams import exceptions, services
from workstreams.models import ActionItem, Dependency, Milestone
from workstreams.queries import network as networks
from workstreams.services import MilestoneDetails, Replan

DAY = dt.timedelta(days=1)
People = dict[Role, User]
More = Callable[..., Milestone]


@pytest.fixture
def more(program: Program, milestone: Milestone) -> More:
    """Make another milestone of the project, a week of days after Friday each."""

    def make(number: int, **facts: Any) -> Milestone:
        day = FRIDAY + 7 * (number - 1) * DAY
        place = {"phase": milestone.phase, "workstream": milestone.workstream, "baseline_on": day, "due_on": day}
        return Milestone.objects.create(
            program=program, code=f"S{number}", name=f"Step {number}", **{**place, **facts}, **STAMPS
        )

    return make


def details(milestone: Milestone, **facts: Any) -> MilestoneDetails:
    """Return what a milestone beside another one is made of."""
    place = {"workstream": milestone.workstream, "phase": milestone.phase, "baseline_on": FRIDAY}
    return MilestoneDetails(**{"name": "Wave 1 live", **place, **facts})


# Milestones come and go.


def test_a_lead_adds_a_milestone_with_the_next_code_of_its_discipline(milestone: Milestone, roles: People) -> None:
    milestone.delete()
    added = services.add_milestone(
        program=milestone.program, details=details(milestone, owner=roles[Role.MEMBER]), by=roles[Role.LEAD], at=MONDAY
    )
    assert (added.code, added.due_on, added.baseline_frozen_at) == ("S1", FRIDAY, None)
    assert Entry.objects.filter(verb="add_milestone", subject=f"milestone:{added.pk}").exists()


def test_a_code_of_ones_own_is_followed_by_the_next_number(milestone: Milestone, alice: User, program: Program) -> None:
    services.add_milestone(program=program, details=details(milestone, code="S7"), by=alice, at=MONDAY)
    following = services.add_milestone(program=program, details=details(milestone), by=alice, at=MONDAY)
    assert following.code == "S8"
    with pytest.raises(exceptions.CodeTaken, match="S7"):
        services.add_milestone(program=program, details=details(milestone, code="S7"), by=alice, at=MONDAY)


def test_what_is_added_to_a_phase_under_way_is_frozen_at_once(milestone: Milestone, alice: User) -> None:
    Phase.objects.filter(pk=milestone.phase_id).update(actual_start_on=TODAY)
    details_of_it = details(milestone, code="S2")
    added = services.add_milestone(program=milestone.program, details=details_of_it, by=alice, at=MONDAY)
    assert added.baseline_frozen_at == MONDAY
    with pytest.raises(exceptions.BaselineFrozen):
        services.edit_milestone(milestone=added, changes={"baseline_on": FRIDAY + DAY}, by=alice, at=MONDAY)


def test_who_may_change_a_plan(milestone: Milestone, more: More, roles: People, charlie: User) -> None:
    other, program = more(2), milestone.program
    writes: list[Callable[[User], Any]] = [
        lambda by: services.add_milestone(program=program, details=details(milestone, code="S5"), by=by, at=MONDAY),
        lambda by: services.edit_milestone(milestone=milestone, changes={"name": "New"}, by=by, at=MONDAY),
        lambda by: services.delete_milestone(milestone=other, by=by, at=MONDAY),
        lambda by: services.add_dependency(predecessor=milestone, successor=other, by=by, at=MONDAY),
    ]
    for write in writes:
        for role in (Role.VIEWER, Role.MEMBER, Role.SPONSOR):
            with pytest.raises(core_exceptions.NotAllowed, match="lead of the workstream or a manager"):
                write(roles[role])
        with pytest.raises(core_exceptions.NotFound):
            write(charlie)


def test_a_baseline_is_edited_until_its_phase_starts(milestone: Milestone, alice: User) -> None:
    edited = services.edit_milestone(milestone=milestone, changes={"baseline_on": FRIDAY + DAY}, by=alice, at=MONDAY)
    assert (edited.baseline_on, edited.due_on) == (FRIDAY + DAY, FRIDAY + DAY)
    Milestone.objects.filter(pk=milestone.pk).update(baseline_frozen_at=MONDAY)
    with pytest.raises(exceptions.BaselineFrozen) as refused:
        services.edit_milestone(milestone=milestone, changes={"baseline_on": FRIDAY}, by=alice, at=MONDAY)
    assert list(refused.value.fields) == ["baseline_on"]


def test_only_what_nothing_hangs_on_is_deleted(milestone: Milestone, more: More, item: ActionItem, alice: User) -> None:
    waiting = more(2)
    Dependency.objects.create(program=milestone.program, predecessor=milestone, successor=waiting, **STAMPS)
    ActionItem.objects.update(milestone=milestone)
    with pytest.raises(exceptions.MilestoneInUse, match="1 action item serves it, 1 milestone waits for it"):
        services.delete_milestone(milestone=milestone, by=alice, at=MONDAY)
    services.delete_milestone(milestone=waiting, by=alice, at=MONDAY)
    assert not Milestone.objects.filter(pk=waiting.pk).exists()
    assert not Dependency.objects.exists()


# The sponsor moves a frozen baseline.


def test_the_sponsor_moves_a_frozen_baseline_on_record(milestone: Milestone, roles: People) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(baseline_frozen_at=MONDAY)
    say: dict[str, Any] = {"milestone": milestone, "baseline_on": FRIDAY + DAY, "at": MONDAY}
    for role in (Role.MANAGER, Role.LEAD, Role.MEMBER):
        with pytest.raises(core_exceptions.NotAllowed, match="sponsor"):
            services.rebaseline_milestone(**say, reason="New scope", by=roles[role])
    with pytest.raises(exceptions.ReasonMissing):
        services.rebaseline_milestone(**say, reason=" ", by=roles[Role.SPONSOR])
    services.rebaseline_milestone(**say, reason="New scope", by=roles[Role.SPONSOR])

    milestone.refresh_from_db()
    (decision,) = milestone.rebaselinings.all()
    assert (milestone.baseline_on, milestone.due_on, milestone.rebaselining) == (FRIDAY + DAY, FRIDAY + DAY, decision)
    assert (decision.old_on, decision.decided_by, decision.reason) == (FRIDAY, roles[Role.SPONSOR], "New scope")


def test_a_baseline_that_is_not_frozen_is_not_rebaselined(milestone: Milestone, roles: People) -> None:
    with pytest.raises(exceptions.BaselineNotFrozen):
        services.rebaseline_milestone(
            milestone=milestone, baseline_on=FRIDAY + DAY, reason="So", by=roles[Role.SPONSOR], at=MONDAY
        )


# What waits for what.


def test_a_ring_is_refused_by_its_codes(milestone: Milestone, more: More, alice: User) -> None:
    second, third = more(2), more(3)
    services.add_dependency(predecessor=milestone, successor=second, by=alice, at=MONDAY)
    services.add_dependency(predecessor=second, successor=third, by=alice, at=MONDAY)
    with pytest.raises(exceptions.WouldWaitForItself, match="S1 → S2 → S3 → S1"):
        services.add_dependency(predecessor=third, successor=milestone, by=alice, at=MONDAY)
    with pytest.raises(exceptions.WouldWaitForItself, match="S1 → S1"):
        services.add_dependency(predecessor=milestone, successor=milestone, by=alice, at=MONDAY)
    with pytest.raises(exceptions.DependencyExists):
        services.add_dependency(predecessor=second, successor=third, by=alice, at=MONDAY)
    assert Dependency.objects.count() == 2


def test_a_lag_is_edited_and_a_dependency_removed(milestone: Milestone, more: More, alice: User) -> None:
    link = services.add_dependency(predecessor=milestone, successor=more(2), lag_days=2, by=alice, at=MONDAY)
    edited = services.edit_dependency(dependency=link, lag_days=6, by=alice, at=MONDAY)
    assert (edited.lag_days, edited.version) == (6, 2)
    with pytest.raises(exceptions.LagOutOfRange):
        services.edit_dependency(dependency=link, lag_days=-1, by=alice, at=MONDAY)
    services.remove_dependency(dependency=link, by=alice, at=MONDAY)
    assert not Dependency.objects.exists()


# What does this push?


@pytest.fixture
def chain(milestone: Milestone, more: More, roles: People, alice: User) -> list[Milestone]:
    """S1 on Friday; a week later S2, three working days after S1; a week later S3, after S2. The lead owns both."""
    rest = [more(number, owner=roles[Role.LEAD]) for number in (2, 3)]
    services.add_dependency(predecessor=milestone, successor=rest[0], lag_days=3, by=alice, at=MONDAY)
    services.add_dependency(predecessor=rest[0], successor=rest[1], by=alice, at=MONDAY)
    return [milestone, *rest]


def test_nothing_is_pushed_beyond_the_days_of_a_program(chain: list[Milestone], more: More, alice: User) -> None:
    first, _second, third = chain
    last_day, reason = dt.date(2199, 12, 31), "A slip of the hand"
    with pytest.raises(exceptions.PushedTooFar):
        services.forecast_milestone(milestone=first, forecast_on=last_day, reason=reason, by=alice, at=MONDAY)
    services.forecast_milestone(milestone=third, forecast_on=last_day, reason=reason, by=alice, at=MONDAY)
    fourth = more(4)
    with pytest.raises(exceptions.PushedTooFar):
        services.add_dependency(predecessor=third, successor=fourth, lag_days=1, by=alice, at=MONDAY)
    services.add_dependency(predecessor=third, successor=fourth, by=alice, at=MONDAY)
    link = Dependency.objects.get(successor=fourth)
    with pytest.raises(exceptions.PushedTooFar):
        services.edit_dependency(dependency=link, lag_days=260, by=alice, at=MONDAY)
    first.refresh_from_db()
    link.refresh_from_db()
    assert (first.due_on, link.lag_days) == (FRIDAY, 0)


def test_a_slip_pushes_over_weekends_and_holidays(chain: list[Milestone]) -> None:
    program, first, third = chain[0].program, chain[0], chain[2]
    # Friday 4 December and three working days: Wednesday the 9th, or Thursday where Monday the 7th is a holiday.
    proposed = {first.pk: FRIDAY + 7 * DAY}
    (pushed,) = networks.what_is_pushed(program.pk, proposed, TODAY)
    assert (pushed["code"], pushed["before"], pushed["after"], pushed["days"]) == (
        "S2", FRIDAY + 7 * DAY, dt.date(2026, 12, 9), 5,
    )  # fmt: skip
    Holiday.objects.create(program=program, on=dt.date(2026, 12, 7))
    (pushed,) = networks.what_is_pushed(program.pk, proposed, TODAY)
    assert pushed["after"] == dt.date(2026, 12, 10)
    assert [row["code"] for row in networks.what_is_pushed(program.pk, {first.pk: FRIDAY + 14 * DAY}, TODAY)] == [
        "S2", "S3",
    ]  # fmt: skip
    assert networks.what_is_pushed(program.pk, {third.pk: FRIDAY + 90 * DAY}, TODAY) == []


def test_the_owners_of_what_is_pushed_are_told_once(chain: list[Milestone], roles: People, bob: User) -> None:
    services.forecast_milestone(milestone=chain[0], forecast_on=FRIDAY + 14 * DAY, reason="Vendor", by=bob, at=MONDAY)
    (told,) = Reminder.objects.filter(kind__contains="pushed")
    assert (told.kind, told.recipient, told.subject_id) == ("milestones_pushed", roles[Role.LEAD], chain[1].pk)
    assert told.params == {
        "by": "Bob Baker", "cause": "ONE-S1 Rules approved", "more": 1, "was_on": "2026-12-04", "now_on": "2026-12-16",
    }  # fmt: skip
    chain[1].refresh_from_db()
    assert chain[1].due_on == FRIDAY + 7 * DAY, "nobody's own forecast changes"


# Many move at once.


def test_many_move_for_one_reason_or_none_does(chain: list[Milestone], more: More, alice: User) -> None:
    program, reached = chain[0].program, more(4, state="achieved", actual_on=TODAY)
    moves = {row.pk: row.due_on + 7 * DAY for row in chain}
    with pytest.raises(exceptions.MovesRefused) as refused:
        services.move_milestones(
            program=program, moves={**moves, chain[0].pk: FRIDAY, reached.pk: FRIDAY}, reason="So", by=alice, at=MONDAY
        )
    assert [str(words)[:3] for words in refused.value.fields["moves"]] == ["S1:", "S4:"]
    assert not chain[1].forecasts.exists()

    services.move_milestones(program=program, moves=moves, reason="Freeze of the branch systems", by=alice, at=MONDAY)
    for row in chain:
        row.refresh_from_db()
        assert (row.due_on, row.version) == (moves[row.pk], 2)
        assert row.forecasts.get().reason == "Freeze of the branch systems"
    assert Entry.objects.filter(verb="forecast_milestone").count() == 3


def test_moving_many_costs_as_much_as_moving_one(
    program: Program, more: More, alice: User, milestone: Milestone
) -> None:
    rows = [more(number) for number in range(2, 42)]

    def cost(moved: list[Milestone], days: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            moves = {row.pk: FRIDAY + (400 + days) * DAY for row in moved}
            services.move_milestones(program=program, moves=moves, reason="So", by=alice, at=MONDAY)
        return len(captured)

    assert cost(rows[:1], 1) == cost(rows, 2)


def test_who_may_not_move_one_moves_none(chain: list[Milestone], roles: People, bob: User, charlie: User) -> None:
    moves = {row.pk: row.due_on + DAY for row in chain}
    for by, refusal in ((bob, core_exceptions.NotAllowed), (charlie, core_exceptions.NotFound)):
        with pytest.raises(refusal):
            services.move_milestones(program=chain[0].program, moves=moves, reason="So", by=by, at=MONDAY)
    with pytest.raises(exceptions.ReasonMissing):
        services.move_milestones(program=chain[0].program, moves=moves, reason="", by=roles[Role.LEAD], at=MONDAY)
    with pytest.raises(exceptions.NothingToMove):
        services.move_milestones(program=chain[0].program, moves={}, reason="So", by=roles[Role.LEAD], at=MONDAY)


# A row of the plan is edited whole.


def test_a_row_is_replanned_whole_or_not_at_all(chain: list[Milestone], alice: User) -> None:
    third = chain[2]
    replan = Replan(
        changes={"name": "Wave 1 live"}, waits_for={"S1": 0, "S2": 4}, forecast_on=FRIDAY + 60 * DAY, reason="So"
    )
    services.replan_milestone(milestone=third, replan=replan, by=alice, at=MONDAY)
    third.refresh_from_db()
    assert (third.name, third.due_on) == ("Wave 1 live", FRIDAY + 60 * DAY)
    assert dict(third.predecessor_links.values_list("predecessor__code", "lag_days")) == {"S1": 0, "S2": 4}

    with pytest.raises(exceptions.NotInThisProgram) as refused:
        services.replan_milestone(
            milestone=third, replan=Replan(changes={"name": "Other"}, waits_for={"S99": 0}), by=alice, at=MONDAY
        )
    assert "S99" in str(refused.value.fields["waits_for"])
    third.refresh_from_db()
    assert third.name == "Wave 1 live"
