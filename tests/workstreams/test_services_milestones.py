"""A milestone is reached, said for another day, given up and reopened; its baseline stays what it was."""

import datetime as dt

import pytest

from core import exceptions as core_exceptions
from core.accounts.models import User
from notifications.models import Reminder
from programs.choices import Role
from tests.cast import MONDAY
from tests.work import FRIDAY, TODAY
from workstreams import exceptions, services
from workstreams.choices import MilestoneState
from workstreams.models import Milestone

DAY = dt.timedelta(days=1)


def test_its_owner_says_that_it_is_reached(milestone: Milestone, bob: User) -> None:
    reached = services.achieve_milestone(milestone=milestone, by=bob, at=MONDAY)

    assert (reached.state, reached.actual_on, reached.version) == (MilestoneState.ACHIEVED, TODAY, 2)


def test_nothing_is_reached_in_the_future(milestone: Milestone, bob: User) -> None:
    with pytest.raises(exceptions.DateInTheFuture):
        services.achieve_milestone(milestone=milestone, by=bob, at=MONDAY, actual_on=TODAY + DAY)


def test_a_forecast_is_appended_and_the_baseline_stays(milestone: Milestone, bob: User) -> None:
    for days, reason in ((7, "Wording not agreed"), (14, "Vendor fix")):
        services.forecast_milestone(
            milestone=milestone, forecast_on=FRIDAY + days * DAY, reason=reason, by=bob, at=MONDAY
        )

    milestone.refresh_from_db()
    assert (milestone.baseline_on, milestone.due_on) == (FRIDAY, FRIDAY + 14 * DAY)
    assert list(milestone.forecasts.order_by("pk").values_list("reason", "said_by__name")) == [
        ("Wording not agreed", "Bob Baker"),
        ("Vendor fix", "Bob Baker"),
    ]


def test_no_date_moves_without_a_reason(milestone: Milestone, bob: User) -> None:
    with pytest.raises(exceptions.ReasonMissing):
        services.forecast_milestone(milestone=milestone, forecast_on=FRIDAY + DAY, reason=" ", by=bob, at=MONDAY)
    with pytest.raises(exceptions.SameDate):
        services.forecast_milestone(milestone=milestone, forecast_on=FRIDAY, reason="So", by=bob, at=MONDAY)
    assert not milestone.forecasts.exists()


def test_who_may_move_it(milestone: Milestone, roles: dict[Role, User], charlie: User) -> None:
    for role in (Role.VIEWER, Role.SPONSOR):
        with pytest.raises(core_exceptions.NotAllowed, match="owner"):
            services.achieve_milestone(milestone=milestone, by=roles[role], at=MONDAY)
    with pytest.raises(core_exceptions.NotFound):
        services.achieve_milestone(milestone=milestone, by=charlie, at=MONDAY)
    for role in (Role.LEAD, Role.MANAGER):
        services.achieve_milestone(milestone=milestone, by=roles[role], at=MONDAY)
        services.reopen_milestone(milestone=milestone, reason="Not yet", by=roles[role], at=MONDAY)


def test_whoever_was_reminded_of_it_may_act_on_it(milestone: Milestone, roles: dict[Role, User]) -> None:
    sponsor = roles[Role.SPONSOR]
    Reminder.objects.create(
        kind="milestone",
        subject_kind="milestone",
        subject_id=milestone.pk,
        scope_id=milestone.program_id,
        due_on=FRIDAY,
        step=3,
        recipient=sponsor,
        shows_at=MONDAY,
        send_at=MONDAY,
        decided_at=MONDAY,
    )

    assert services.achieve_milestone(milestone=milestone, by=sponsor, at=MONDAY).state == MilestoneState.ACHIEVED


def test_its_owner_does_not_give_it_up(milestone: Milestone, bob: User, roles: dict[Role, User]) -> None:
    with pytest.raises(core_exceptions.NotAllowed):
        services.cancel_milestone(milestone=milestone, reason="No need", by=bob, at=MONDAY)

    given_up = services.cancel_milestone(milestone=milestone, reason="No need", by=roles[Role.LEAD], at=MONDAY)

    assert given_up.state == MilestoneState.CANCELLED


def test_what_is_reached_has_no_new_date(milestone: Milestone, bob: User) -> None:
    services.achieve_milestone(milestone=milestone, by=bob, at=MONDAY)
    with pytest.raises(core_exceptions.IllegalMove) as refused:
        services.forecast_milestone(milestone=milestone, forecast_on=FRIDAY + DAY, reason="So", by=bob, at=MONDAY)
    assert refused.value.params["legal"] == ["reopen"]


def test_reopening_takes_its_date_away(milestone: Milestone, bob: User) -> None:
    services.achieve_milestone(milestone=milestone, by=bob, at=MONDAY)
    again = services.reopen_milestone(milestone=milestone, reason="Too early", by=bob, at=MONDAY)
    assert (again.state, again.actual_on) == (MilestoneState.PLANNED, None)


def test_an_edit_of_an_old_version_is_refused(milestone: Milestone, roles: dict[Role, User]) -> None:
    lead = roles[Role.LEAD]
    services.edit_milestone(milestone=milestone, changes={"name": "First"}, by=lead, at=MONDAY, expected_version=1)
    with pytest.raises(core_exceptions.Stale):
        services.edit_milestone(milestone=milestone, changes={"name": "Second"}, by=lead, at=MONDAY, expected_version=1)
    milestone.refresh_from_db()
    assert milestone.name == "First"


def test_its_owner_belongs_to_the_program(milestone: Milestone, roles: dict[Role, User], charlie: User) -> None:
    with pytest.raises(exceptions.NotInThisProgram):
        services.edit_milestone(milestone=milestone, changes={"owner": charlie}, by=roles[Role.LEAD], at=MONDAY)
