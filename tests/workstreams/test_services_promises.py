"""A promise is made, kept, missed, moved and taken back by those who may, and every word of it is on record."""

import datetime as dt
from typing import Any

import pytest

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.audit.models import Entry
from notifications.models import Reminder
from programs.choices import Role
from programs.models import Program
from tests.cast import MONDAY
from tests.work import FRIDAY, TODAY
from workstreams import exceptions, services
from workstreams.choices import ActionSource, ActionState, MissReason
from workstreams.models import ActionItem
from workstreams.services import ActionRequest

DAY = dt.timedelta(days=1)
SATURDAY_MORNING = MONDAY + 5 * DAY
NEXT_WEEK = FRIDAY + 7 * DAY


def test_the_performer_gives_the_day_that_was_asked(item: ActionItem, bob: User) -> None:
    kept = services.promise_action(item=item, promised_for=FRIDAY, by=bob, at=MONDAY)

    assert (kept.state, kept.promised_for, kept.version) == (ActionState.COMMITTED, FRIDAY, 2)
    assert list(item.events.order_by("pk").values_list("move", "by__name")) == [
        ("request", "Sue Sponsor"),
        ("promise", "Bob Baker"),
    ]


def test_another_day_is_a_counter_offer_that_needs_no_second_consent(item: ActionItem, bob: User) -> None:
    services.promise_action(item=item, promised_for=NEXT_WEEK, by=bob, at=MONDAY)

    item.refresh_from_db()
    assert (item.state, item.due_on, item.requested_for) == (ActionState.COMMITTED, NEXT_WEEK, FRIDAY)
    assert Reminder.objects.get(kind="action_countered").recipient == item.requester


def test_nobody_promises_for_another(item: ActionItem, roles: dict[Role, User]) -> None:
    for role in (Role.SPONSOR, Role.MANAGER, Role.LEAD, Role.VIEWER):
        with pytest.raises(core_exceptions.NotAllowed, match="the performer"):
            services.promise_action(item=item, promised_for=FRIDAY, by=roles[role], at=MONDAY)
    item.refresh_from_db()
    assert item.state == ActionState.REQUESTED


def test_a_stranger_does_not_learn_that_the_item_is_there(item: ActionItem, charlie: User) -> None:
    with pytest.raises(core_exceptions.NotFound):
        services.promise_action(item=item, promised_for=FRIDAY, by=charlie, at=MONDAY)


def test_a_promise_is_never_for_a_day_that_is_gone(item: ActionItem, bob: User) -> None:
    with pytest.raises(exceptions.PromisedInThePast) as refused:
        services.promise_action(item=item, promised_for=TODAY - DAY, by=bob, at=MONDAY)
    assert list(refused.value.fields) == ["promised_for"]


def test_today_is_the_programs_today(item: ActionItem, bob: User, program: Program) -> None:
    """At 22:00 UTC on Monday it is Tuesday in Auckland: a promise for Monday is for a day that is gone."""
    item.program.time_zone = "Pacific/Auckland"
    item.program.save(update_fields=["time_zone"])
    late_monday = MONDAY.replace(hour=22)
    with pytest.raises(exceptions.PromisedInThePast):
        services.promise_action(item=item, promised_for=TODAY, by=bob, at=late_monday)


def test_declining_says_why(item: ActionItem, bob: User) -> None:
    with pytest.raises(exceptions.ReasonMissing):
        services.decline_action(item=item, note="  ", by=bob, at=MONDAY)

    declined = services.decline_action(item=item, note="No capacity before January", by=bob, at=MONDAY)

    assert (declined.state, declined.note) == (ActionState.DECLINED, "No capacity before January")
    notice = Reminder.objects.get(kind="action_declined")
    assert notice.recipient == item.requester
    assert notice.params is not None
    assert notice.params["note"] == "No capacity before January"


def test_a_promise_done_by_its_day_is_kept(promise: ActionItem, bob: User) -> None:
    kept = services.keep_action(item=promise, by=bob, at=MONDAY + DAY)

    assert (kept.state, kept.done_on) == (ActionState.KEPT, TODAY + DAY)


def test_a_promise_kept_in_time_may_be_said_later(promise: ActionItem, bob: User) -> None:
    kept = services.keep_action(item=promise, by=bob, at=SATURDAY_MORNING, done_on=FRIDAY)

    assert (kept.state, kept.done_on) == (ActionState.KEPT, FRIDAY)


def test_what_is_done_late_was_not_kept(promise: ActionItem, bob: User) -> None:
    with pytest.raises(exceptions.DoneAfterThePromise, match="missed"):
        services.keep_action(item=promise, by=bob, at=SATURDAY_MORNING)

    missed = services.miss_action(
        item=promise, reason=MissReason.WAITING_FOR_APPROVAL, done_on=FRIDAY + DAY, by=bob, at=SATURDAY_MORNING
    )

    assert (missed.state, missed.done_on) == (ActionState.MISSED, FRIDAY + DAY)


def test_nothing_is_done_in_the_future(promise: ActionItem, bob: User) -> None:
    with pytest.raises(exceptions.DateInTheFuture):
        services.keep_action(item=promise, by=bob, at=MONDAY, done_on=TODAY + DAY)
    with pytest.raises(exceptions.DateInTheFuture):
        services.miss_action(item=promise, reason=MissReason.UNCLEAR_REQUEST, by=bob, at=MONDAY, done_on=NEXT_WEEK)


def test_an_unanswered_request_is_not_kept(item: ActionItem, bob: User) -> None:
    with pytest.raises(core_exceptions.IllegalMove) as refused:
        services.keep_action(item=item, by=bob, at=MONDAY)
    assert refused.value.params["legal"] == ["promise", "decline", "withdraw"]


def test_a_promise_is_kept_once(promise: ActionItem, bob: User) -> None:
    services.keep_action(item=promise, by=bob, at=MONDAY)
    with pytest.raises(core_exceptions.IllegalMove):
        services.keep_action(item=promise, by=bob, at=MONDAY)
    assert promise.events.filter(move="keep").count() == 1


class TestAcceptance:
    """Where acceptance was asked, a promise is kept when its requester says so."""

    @pytest.fixture
    def promise(self, program: Program, request_of_bob: ActionRequest, roles: dict[Role, User]) -> ActionItem:
        request = ActionRequest(**{**vars(request_of_bob), "needs_acceptance": True})
        asked = services.request_action(program=program, request=request, by=roles[Role.SPONSOR], at=MONDAY)
        return services.promise_action(item=asked, promised_for=FRIDAY, by=roles[Role.MEMBER], at=MONDAY)

    def test_it_waits_for_its_requester(self, promise: ActionItem, bob: User, roles: dict[Role, User]) -> None:
        done = services.keep_action(item=promise, by=bob, at=MONDAY)
        assert (done.state, done.done_on, done.awaits_acceptance) == (ActionState.COMMITTED, TODAY, True)

        kept = services.accept_action(item=done, by=roles[Role.SPONSOR], at=SATURDAY_MORNING)

        assert (kept.state, kept.done_on, kept.accepted_on) == (ActionState.KEPT, TODAY, FRIDAY + DAY)

    def test_only_its_requester_accepts(self, promise: ActionItem, bob: User, roles: dict[Role, User]) -> None:
        services.keep_action(item=promise, by=bob, at=MONDAY)
        for person in (bob, roles[Role.MANAGER], roles[Role.LEAD]):
            with pytest.raises(core_exceptions.NotAllowed):
                services.accept_action(item=promise, by=person, at=MONDAY)

    def test_it_is_said_done_once(self, promise: ActionItem, bob: User) -> None:
        services.keep_action(item=promise, by=bob, at=MONDAY)
        with pytest.raises(exceptions.AwaitsAcceptance, match="Sue Sponsor"):
            services.keep_action(item=promise, by=bob, at=MONDAY)

    def test_nothing_undone_is_accepted(self, promise: ActionItem, roles: dict[Role, User]) -> None:
        with pytest.raises(exceptions.NothingToAccept):
            services.accept_action(item=promise, by=roles[Role.SPONSOR], at=MONDAY)


def test_a_miss_says_why(promise: ActionItem, bob: User) -> None:
    with pytest.raises(exceptions.ReasonMissing) as refused:
        services.miss_action(item=promise, reason="", by=bob, at=SATURDAY_MORNING)
    assert list(refused.value.fields) == ["reason"]
    with pytest.raises(exceptions.ReasonMissing) as refused:
        services.miss_action(item=promise, reason=MissReason.OTHER, by=bob, at=SATURDAY_MORNING)
    assert list(refused.value.fields) == ["note"]


def test_another_day_is_agreed_before_the_promised_one(promise: ActionItem, bob: User) -> None:
    moved = services.renegotiate_action(item=promise, promised_for=NEXT_WEEK, by=bob, at=MONDAY, note="Legal asks")

    assert (moved.state, moved.promised_for) == (ActionState.COMMITTED, NEXT_WEEK)
    event = promise.events.get(move="renegotiate")
    assert (event.due_before, event.due_after, event.note) == (FRIDAY, NEXT_WEEK, "Legal asks")


@pytest.mark.parametrize("days", [4, 5])
def test_from_its_day_on_a_promise_is_not_moved(promise: ActionItem, bob: User, days: int) -> None:
    with pytest.raises(exceptions.PromiseDayHasCome):
        services.renegotiate_action(item=promise, promised_for=NEXT_WEEK, by=bob, at=MONDAY + days * DAY)


def test_a_promise_moved_to_its_own_day_is_refused(promise: ActionItem, bob: User) -> None:
    with pytest.raises(exceptions.SameDate):
        services.renegotiate_action(item=promise, promised_for=FRIDAY, by=bob, at=MONDAY)


def test_the_requester_takes_a_request_back(promise: ActionItem, bob: User, roles: dict[Role, User]) -> None:
    with pytest.raises(core_exceptions.NotAllowed):
        services.withdraw_action(item=promise, by=bob, at=MONDAY)

    taken = services.withdraw_action(item=promise, by=roles[Role.SPONSOR], at=MONDAY)

    assert taken.state == ActionState.WITHDRAWN
    assert Reminder.objects.get(kind="action_withdrawn").recipient == bob


class TestRenewal:
    """A missed promise is renewed as a new item."""

    @pytest.fixture
    def missed(self, promise: ActionItem, bob: User) -> ActionItem:
        return services.miss_action(item=promise, reason=MissReason.COMPETING_PRIORITY, by=bob, at=SATURDAY_MORNING)

    def test_by_its_performer_it_is_a_promise(self, missed: ActionItem, bob: User) -> None:
        renewed = services.renew_action(item=missed, promised_for=NEXT_WEEK, by=bob, at=SATURDAY_MORNING)

        assert (renewed.state, renewed.promised_for) == (ActionState.COMMITTED, NEXT_WEEK)
        assert (renewed.source, renewed.renewal_of) == (ActionSource.RENEWAL, missed)
        assert renewed.code != missed.code
        missed.refresh_from_db()
        assert missed.state == ActionState.MISSED

    def test_by_others_it_is_asked_for(self, missed: ActionItem, roles: dict[Role, User]) -> None:
        renewed = services.renew_action(
            item=missed, requested_for=NEXT_WEEK, by=roles[Role.MANAGER], at=SATURDAY_MORNING
        )

        assert (renewed.state, renewed.requester) == (ActionState.REQUESTED, roles[Role.MANAGER])

    def test_others_do_not_promise_it(self, missed: ActionItem, roles: dict[Role, User]) -> None:
        with pytest.raises(core_exceptions.NotAllowed):
            services.renew_action(item=missed, promised_for=NEXT_WEEK, by=roles[Role.MANAGER], at=SATURDAY_MORNING)

    def test_it_happens_once(self, missed: ActionItem, bob: User) -> None:
        renewed = services.renew_action(item=missed, promised_for=NEXT_WEEK, by=bob, at=SATURDAY_MORNING)
        with pytest.raises(exceptions.AlreadyRenewed, match=renewed.code):
            services.renew_action(item=missed, promised_for=NEXT_WEEK, by=bob, at=SATURDAY_MORNING)

    def test_it_needs_a_day(self, missed: ActionItem, bob: User) -> None:
        with pytest.raises(exceptions.DayMissing):
            services.renew_action(item=missed, by=bob, at=SATURDAY_MORNING)


class TestReopening:
    """A mistake is undone by those who may make it, with a reason, back to where it was made."""

    def test_a_kept_promise_is_a_promise_again(self, promise: ActionItem, bob: User) -> None:
        services.keep_action(item=promise, by=bob, at=MONDAY)
        again = services.reopen_action(item=promise, reason="Wrong item", by=bob, at=MONDAY)
        assert (again.state, again.done_on, again.promised_for) == (ActionState.COMMITTED, None, FRIDAY)

    def test_a_declined_request_is_a_request_again(self, item: ActionItem, bob: User) -> None:
        services.decline_action(item=item, note="No time", by=bob, at=MONDAY)
        assert services.reopen_action(item=item, reason="Found time", by=bob, at=MONDAY).state == ActionState.REQUESTED

    def test_it_says_why(self, promise: ActionItem, bob: User) -> None:
        services.keep_action(item=promise, by=bob, at=MONDAY)
        with pytest.raises(exceptions.ReasonMissing):
            services.reopen_action(item=promise, reason="", by=bob, at=MONDAY)

    def test_its_reminders_are_back(self, promise: ActionItem, bob: User) -> None:
        services.keep_action(item=promise, by=bob, at=MONDAY)
        services.reopen_action(item=promise, reason="Not yet", by=bob, at=MONDAY)
        promise.refresh_from_db()
        assert promise.due_on == FRIDAY


MOVES: dict[str, dict[str, Any]] = {
    "promise": {"promised_for": FRIDAY},
    "decline": {"note": "No"},
    "keep": {},
    "accept": {},
    "miss": {"reason": MissReason.UNCLEAR_REQUEST},
    "renegotiate": {"promised_for": NEXT_WEEK},
    "withdraw": {},
    "reopen": {"reason": "Oops"},
    "renew": {"promised_for": NEXT_WEEK},
}


@pytest.mark.parametrize("move", sorted(MOVES))
def test_no_move_is_for_strangers(move: str, promise: ActionItem, charlie: User) -> None:
    with pytest.raises(core_exceptions.NotFound):
        getattr(services, f"{move}_action")(item=promise, by=charlie, at=MONDAY, **MOVES[move])
    assert promise.events.exclude(move__in=["request", "promise"]).count() == 0


@pytest.mark.parametrize("move", sorted(MOVES))
def test_no_move_is_for_who_only_looks(move: str, promise: ActionItem, roles: dict[Role, User]) -> None:
    with pytest.raises(core_exceptions.NotAllowed):
        getattr(services, f"{move}_action")(item=promise, by=roles[Role.VIEWER], at=MONDAY, **MOVES[move])


def test_every_move_leaves_its_line_on_the_audit_trail(promise: ActionItem, bob: User) -> None:
    services.renegotiate_action(item=promise, promised_for=NEXT_WEEK, by=bob, at=MONDAY)
    services.keep_action(item=promise, by=bob, at=MONDAY)

    trail = Entry.objects.filter(subject=f"action:{promise.pk}").order_by("pk")

    assert list(trail.values_list("verb", flat=True)) == [
        "request_action",
        "promise_action",
        "renegotiate_action",
        "keep_action",
    ]
    assert trail[2].changes == {"due_on": [FRIDAY.isoformat(), NEXT_WEEK.isoformat()]}
    assert {entry.scope for entry in trail} == {f"program:{promise.program_id}"}
