"""Whoever leaves hands over all they own; a promise, being personal, is asked of the next one again."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from notifications.models import Reminder
from programs import exceptions
from programs import services as programs
from programs.choices import Direction, MeasureKind, OutcomeArea, ProgramStatus, Role
from programs.models import Measure, Membership, Outcome, Phase, Program
from programs.queries import assignments
from tests.cast import MONDAY
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams import services
from workstreams.choices import ActionState, Discipline, RaidKind
from workstreams.models import ActionItem, Milestone, RaidEntry, Workstream

DAY = dt.timedelta(days=1)


def leave(program: Program, leaver: User, heir: User | None, by: User, at: dt.datetime = MONDAY) -> None:
    """Let somebody leave."""
    place = Membership.objects.get(program=program, person=leaver)
    programs.remove_member(membership=place, hand_over_to=heir, by=by, at=at)


@pytest.fixture
def laden(
    program: Program, phase: Phase, milestone: Milestone, promise: ActionItem,
    workstreams: dict[Discipline, Workstream], bob: User,
) -> User:  # fmt: skip
    """Bob with one of everything in hand."""
    Phase.objects.update(owner=bob)
    Workstream.objects.filter(code="W1").update(lead=bob)
    outcome = Outcome.objects.create(
        program=program, phase=phase, code="O1", statement="Stay", area=OutcomeArea.CUSTOMER, owner=bob, **STAMPS
    )
    Measure.objects.create(
        program=program, outcome=outcome, code="M1", name="Retention", owner=bob, direction=Direction.UP,
        kind=MeasureKind.CUSTOMER_BEHAVIOUR, **STAMPS,
    )  # fmt: skip
    for code, kind in (("R1", RaidKind.RISK), ("R2", RaidKind.DECISION)):
        scale = {"probability": 2, "impact": 2} if kind == RaidKind.RISK else {}
        RaidEntry.objects.create(
            program=program, code=code, kind=kind, title="Late", owner=bob, review_on=TODAY, **scale, **STAMPS
        )
    return bob


def test_nothing_stays_with_who_left(program: Program, laden: User, alice: User, roles: dict[Role, User]) -> None:
    lee = roles[Role.LEAD]
    with pytest.raises(exceptions.HandOverNeeded, match="leads 1 workstream, 1 phase, 1 outcome, 1 measure"):
        leave(program, laden, None, alice)
    leave(program, laden, lee, alice)
    assert laden.pk not in assignments.held(program.pk, is_open=False)
    assert not Membership.objects.filter(program=program, person=laden).exists()
    assert RaidEntry.objects.get(code="R2").owner == laden, "a decision keeps who made it"
    told = Entry.objects.get(verb="remove_member").changes
    assert told["handed_over_to"] == [None, "Lee Lead"]
    assert (told["milestones"], told["promises"], told["raid"]) == (["S1"], ["A1"], ["R1"])
    assert Milestone.objects.get(code="S1").version == 2
    notice = Reminder.objects.get(recipient=lee, kind="program_handed_over")
    assert notice.params is not None
    assert notice.params["leaver"] == "Bob Baker"


def test_a_promise_is_asked_of_the_next_one(
    program: Program, promise: ActionItem, bob: User, alice: User, roles: dict[Role, User]
) -> None:
    lee = roles[Role.LEAD]
    leave(program, bob, lee, alice)
    promise.refresh_from_db()
    assert (promise.state, promise.performer, promise.requested_for, promise.promised_for) == (
        ActionState.REQUESTED, lee, FRIDAY, None,
    )  # fmt: skip
    said = promise.events.order_by("pk").last()
    assert said is not None
    assert (said.move, said.note) == ("hand_over", "Bob Baker left; Lee Lead takes it over.")
    assert Reminder.objects.filter(recipient=lee, kind="action_requested").exists()
    assert services.promise_action(item=promise, promised_for=FRIDAY, by=lee, at=MONDAY).state == "committed"


def test_what_is_overdue_stays_missed_and_is_asked_anew(
    program: Program, promise: ActionItem, bob: User, alice: User, roles: dict[Role, User]
) -> None:
    later = MONDAY + 7 * DAY
    leave(program, bob, roles[Role.LEAD], alice, at=later)
    promise.refresh_from_db()
    assert (promise.state, promise.performer, promise.miss_reason) == ("missed", bob, "people_unavailable")
    again = ActionItem.objects.get(renewal_of=promise)
    assert (again.state, again.performer, again.requested_for) == ("requested", roles[Role.LEAD], later.date())
    assert again.requester == promise.requester


def test_what_is_done_waits_for_acceptance_with_the_next_one(
    program: Program, promise: ActionItem, bob: User, alice: User, roles: dict[Role, User]
) -> None:
    ActionItem.objects.update(needs_acceptance=True)
    services.keep_action(item=promise, by=bob, at=MONDAY)
    leave(program, bob, roles[Role.LEAD], alice)
    promise.refresh_from_db()
    assert (promise.state, promise.performer, promise.done_on) == ("committed", roles[Role.LEAD], TODAY)
    assert services.accept_action(item=promise, by=roles[Role.SPONSOR], at=MONDAY).state == "kept"


def test_a_kept_promise_stays_whose_it_was(
    program: Program, promise: ActionItem, bob: User, alice: User, roles: dict[Role, User]
) -> None:
    services.keep_action(item=promise, by=bob, at=MONDAY)
    leave(program, bob, None, alice)
    promise.refresh_from_db()
    assert promise.performer == bob


def test_who_asked_is_followed_as_well(
    program: Program, promise: ActionItem, alice: User, roles: dict[Role, User]
) -> None:
    leave(program, roles[Role.SPONSOR], alice, alice)
    promise.refresh_from_db()
    assert (promise.requester, promise.state) == (alice, ActionState.COMMITTED)


def test_the_sponsor_s_place_is_handed_over_too(
    program: Program, alice: User, bob: User, roles: dict[Role, User]
) -> None:
    sue, lee = roles[Role.SPONSOR], roles[Role.LEAD]
    facts = {"status": ProgramStatus.ACTIVE, "sponsor": sue, "deputy_sponsor": bob, "case_for_change": "So"}
    Program.objects.filter(pk=program.pk).update(**facts)
    with pytest.raises(exceptions.HandOverNeeded, match="the place of the sponsor"):
        leave(program, sue, None, alice)
    leave(program, sue, lee, alice)
    program.refresh_from_db()
    assert (program.sponsor, program.deputy_sponsor) == (lee, bob)
    leave(program, bob, None, alice)
    program.refresh_from_db()
    assert program.deputy_sponsor is None


def test_the_last_manager_stays(program: Program, alice: User, bob: User, roles: dict[Role, User]) -> None:
    with pytest.raises(exceptions.ManagerNeeded):
        leave(program, alice, bob, alice)
    assert Membership.objects.filter(program=program, person=alice).exists()


def test_who_takes_over_is_another_member(program: Program, laden: User, alice: User, charlie: User) -> None:
    for heir in (charlie, laden):
        with pytest.raises(exceptions.HeirUnsuitable):
            leave(program, laden, heir, alice)


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.LEAD, Role.MEMBER, Role.VIEWER])
def test_only_a_manager_lets_people_go(role: Role, program: Program, roles: dict[Role, User]) -> None:
    with pytest.raises(core_exceptions.NotAllowed):
        leave(program, roles[Role.VIEWER], None, roles[role])


def test_what_each_has_in_hand_is_counted_in_one_query(program: Program, laden: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        counts = assignments.held(program.pk, is_open=True)[laden.pk]
    assert len(asked) == 1
    assert counts == {
        "workstreams": 1, "phases": 1, "outcomes": 1, "measures": 1, "milestones": 1, "promises": 1, "raid": 1,
    }  # fmt: skip
    assert assignments.in_words({"milestones": 2, "promises": 1}) == "2 milestones, 1 action item"
