"""How a message leaves: claimed once, looked at again, fenced, sent, tried again, given up; nothing doubled or lost."""

import datetime as dt
import smtplib
import uuid
from collections.abc import Callable

import pytest
from django.core import mail
from pytest_django import Settings

from core.accounts.models import User
from notifications import channels, services
from notifications.channels.base import Channel, Message, TransportError
from notifications.choices import DeliveryState, ReminderState
from notifications.exceptions import NothingToReplay
from notifications.models import Attempt, Delivery, DeliveryReminder, Reminder
from notifications.queries.preferences import Preferences
from tests.notifications.conftest import MONDAY, MakeThing, at, rounds
from tests.notifications.things import Thing

DAY = dt.timedelta(days=1)
NINE = at(MONDAY, 9)


class Transport:
    """A channel in place of the mail: it fails as it is told, and remembers what it was given."""

    def __init__(self) -> None:
        self.failures: list[TransportError] = []
        self.given: list[Message] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def send(self, message: Message) -> None:
        self.given.append(message)
        self.meanwhile()
        if self.failures:
            raise self.failures.pop(0)


@pytest.fixture
def transport(monkeypatch: pytest.MonkeyPatch) -> Transport:
    """The one channel, in a test's hands."""
    found = Transport()
    channel = Channel(kind="email", label="E-mail", send=found.send, is_sent_again=channels.EMAIL.is_sent_again)
    monkeypatch.setattr(channels, "CHANNELS", {"email": channel, "inbox": channels.INBOX})
    return found


@pytest.fixture
def message(make_thing: MakeThing) -> Delivery:
    """One message that waits to be sent at nine."""
    make_thing(MONDAY + 7 * DAY)
    services.sweep(at=NINE)
    return Delivery.objects.get()


def states(delivery: Delivery) -> list[str]:
    return list(Attempt.objects.filter(delivery=delivery).order_by("id").values_list("state", flat=True))


def test_all_that_is_due_to_a_person_is_one_message(make_thing: MakeThing, alice: User, bob: User) -> None:
    for number in range(5):
        make_thing(MONDAY + 7 * DAY, title=f"Thing {number}")
    make_thing(MONDAY + 7 * DAY, title="Bob's", owner_id=bob.pk)
    User.objects.filter(pk=bob.pk).update(time_zone="Europe/London")

    mails = rounds(NINE)

    assert [one.to for one in mails] == [[alice.email], [bob.email]]
    assert "Thing 0" in mails[0].subject and "4 more" in mails[0].subject
    assert ".," not in mails[0].subject
    assert all(f"Thing {number}" in mails[0].body for number in range(5))
    assert "Bob's" in mails[1].body and "Thing" not in mails[1].body
    assert DeliveryReminder.objects.count() == 6


def test_a_message_is_handed_over_once_and_every_step_is_on_record(message: Delivery) -> None:
    assert services.deliver(at=NINE, worker="w1") == 1
    assert services.deliver(at=NINE, worker="w2") == 0

    message.refresh_from_db()
    assert (message.state, message.tries) == (DeliveryState.SENT, 1)
    assert states(message) == ["handoff", "sent"]


def test_a_lease_keeps_others_away_until_it_runs_out(message: Delivery) -> None:
    assert [one.pk for one in services.claim(at=NINE)] == [message.pk]
    assert services.claim(at=NINE + dt.timedelta(seconds=119)) == []
    assert [one.pk for one in services.claim(at=NINE + dt.timedelta(seconds=120))] == [message.pk]


def test_who_lost_the_lease_sends_nothing(
    message: Delivery, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mine,) = services.claim(at=NINE)
    services.claim(at=NINE + dt.timedelta(seconds=121))

    # The first worker wakes up with a token that is no longer the message's.
    monkeypatch.setattr("notifications.services.deliveries.claim", _once([mine]))
    assert services.deliver(at=NINE + dt.timedelta(seconds=122)) == 0
    assert transport.given == []


def test_an_expired_lease_is_no_leave_to_send(
    message: Delivery, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mine,) = services.claim(at=NINE)
    monkeypatch.setattr("notifications.services.deliveries.claim", _once([mine]))

    assert services.deliver(at=NINE + dt.timedelta(seconds=120)) == 0
    assert transport.given == []


def _once(found: list[Delivery]) -> Callable[..., list[Delivery]]:
    answers = [found, []]
    return lambda *, at: answers.pop(0)


def test_a_worker_that_dies_while_handing_over_leaves_a_doubt_and_the_same_mail_goes_again(
    message: Delivery, transport: Transport
) -> None:
    transport.meanwhile = _die
    with pytest.raises(KeyboardInterrupt):
        services.deliver(at=NINE)
    transport.meanwhile = lambda: None

    assert services.deliver(at=NINE + dt.timedelta(seconds=149)) == 0
    assert services.deliver(at=NINE + dt.timedelta(seconds=151)) == 1
    assert [one.id for one in transport.given] == [message.pk, message.pk]
    assert states(message) == ["handoff", "unknown", "handoff", "sent"]


def _die() -> None:
    raise KeyboardInterrupt


def test_a_doubtful_mail_is_held_where_that_was_chosen(
    message: Delivery, transport: Transport, settings: Settings, alice: User
) -> None:
    settings.AMBIGUOUS_EMAIL = "hold"
    transport.failures = [TransportError("the line broke", is_ambiguous=True)]
    services.deliver(at=NINE)

    assert services.deliver(at=NINE + DAY) == 0
    services.replay(delivery_id=message.pk, by=alice, at=NINE + DAY)
    assert services.deliver(at=NINE + DAY) == 1


def test_five_doubts_are_the_end_and_the_staff_may_send_it_again(
    message: Delivery, transport: Transport, alice: User
) -> None:
    transport.failures = [TransportError("the line broke", is_ambiguous=True) for _ in range(5)]
    for number in range(7):
        services.deliver(at=NINE + number * dt.timedelta(minutes=3))
    message.refresh_from_db()
    assert message.state == DeliveryState.DEAD
    assert states(message).count("unknown") == 4
    assert len(transport.given) == 5

    services.replay(delivery_id=message.pk, by=alice, at=NINE + 3 * DAY)
    assert services.deliver(at=NINE + 3 * DAY) == 1
    with pytest.raises(NothingToReplay):
        services.replay(delivery_id=message.pk, by=alice, at=NINE + 3 * DAY)


def test_a_refusal_for_now_is_tried_again_ever_later_and_in_the_end_given_up(
    message: Delivery, transport: Transport
) -> None:
    transport.failures = [TransportError("421 later") for _ in range(8)]
    now, waits = NINE, []
    for _ in range(8):
        services.deliver(at=now)
        message.refresh_from_db()
        if message.claimable_at is None:
            break
        waits.append((message.claimable_at - now).total_seconds())
        assert services.deliver(at=message.claimable_at - dt.timedelta(seconds=1)) == 0
        now = message.claimable_at

    wanted = (60, 300, 1_800, 7_200, 21_600, 43_200, 86_400)
    assert len(waits) == len(wanted)
    assert all(0.8 * plan <= wait <= 1.2 * plan + 2 for plan, wait in zip(wanted, waits, strict=True))
    assert message.state == DeliveryState.DEAD
    assert "421" in message.reason


def test_a_server_that_names_a_time_is_heeded(message: Delivery, transport: Transport) -> None:
    transport.failures = [TransportError("busy", retry_after=dt.timedelta(hours=3))]
    services.deliver(at=NINE)
    message.refresh_from_db()
    assert message.claimable_at is not None
    assert message.claimable_at >= NINE + dt.timedelta(hours=3)


def test_a_refusal_for_good_is_the_end_at_once(message: Delivery, transport: Transport) -> None:
    transport.failures = [TransportError("550 no such user", permanent=True)]
    services.deliver(at=NINE)

    message.refresh_from_db()
    assert (message.state, message.reason) == (DeliveryState.DEAD, "550 no such user")
    assert states(message) == ["handoff", "dead"]


@pytest.mark.parametrize(
    ("change", "state", "reminder_state"),
    [
        ({"is_open": False}, DeliveryState.CANCELLED, ReminderState.CANCELLED),
        ({"owner_id": 0}, DeliveryState.CANCELLED, ReminderState.CANCELLED),
        ({"due_on": MONDAY + 9 * DAY}, DeliveryState.SUPERSEDED, ReminderState.SUPERSEDED),
        ({"is_secret": True}, DeliveryState.CANCELLED, ReminderState.COLLECTED),
    ],
)
def test_what_is_no_longer_true_is_not_sent(
    message: Delivery, transport: Transport, change: dict[str, object], state: str, reminder_state: str
) -> None:
    Thing.objects.update(**change)

    assert services.deliver(at=NINE) == 0
    message.refresh_from_db()
    assert message.state == state
    assert Reminder.objects.get().state == reminder_state
    assert transport.given == []


def test_a_stopped_scope_and_a_closed_account_get_nothing(
    message: Delivery, transport: Transport, scope: int, alice: User
) -> None:
    services.stop_reminders(scope_id=scope, by=None, at=NINE)
    services.deliver(at=NINE)
    assert transport.given == []


def test_a_pause_and_a_muted_channel_are_on_record(make_thing: MakeThing, alice: User, transport: Transport) -> None:
    paused = Preferences(hour=9, weekdays=31, paused_until=MONDAY + DAY, muted=())
    services.save_preferences(person=alice, preferences=paused, at=at(MONDAY, 8))
    make_thing(MONDAY + 7 * DAY)
    services.run_once(at=NINE)
    assert Delivery.objects.get().state == DeliveryState.CANCELLED
    assert "paused" in Delivery.objects.get().reason

    services.mute(person=alice, channel="email", at=NINE)
    make_thing(MONDAY + 8 * DAY)
    services.run_once(at=NINE + DAY)
    assert transport.given == []
    assert "switched" in Delivery.objects.order_by("created_at").last().reason  # type: ignore[union-attr]


def test_a_first_attempt_a_day_late_is_not_made_but_a_second_one_is(message: Delivery, transport: Transport) -> None:
    transport.failures = [TransportError("421 later")]
    services.deliver(at=NINE)
    assert services.deliver(at=NINE + 2 * DAY) == 1

    Delivery.objects.update(state=DeliveryState.PENDING, tries=0, claimable_at=NINE)
    services.deliver(at=NINE + 2 * DAY)
    message.refresh_from_db()
    assert message.state == DeliveryState.EXPIRED


def test_no_send_is_started_after_45_seconds_and_the_rest_is_let_go(
    make_thing: MakeThing, bob: User, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=bob.pk).update(time_zone="Europe/London")
    make_thing(MONDAY + 7 * DAY)
    make_thing(MONDAY + 7 * DAY, owner_id=bob.pk)
    services.sweep(at=NINE)
    ticks = iter([0.0] + [1.0] * 6 + [46.0] * 50)
    monkeypatch.setattr("notifications.services.deliveries.time.monotonic", lambda: next(ticks))

    services.deliver(at=NINE)

    assert len(transport.given) == 1
    assert Delivery.objects.filter(state=DeliveryState.PENDING, token=None).count() == 1


def test_one_that_cannot_be_made_does_not_hold_up_the_others(
    make_thing: MakeThing, bob: User, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=bob.pk).update(time_zone="Europe/London")
    make_thing(MONDAY + 7 * DAY)
    make_thing(MONDAY + 7 * DAY, owner_id=bob.pk)
    services.sweep(at=NINE)
    transport.meanwhile = _die
    with pytest.raises(KeyboardInterrupt):
        services.deliver(at=NINE)
    transport.meanwhile = lambda: None

    assert services.deliver(at=NINE + dt.timedelta(seconds=1)) == 1


def test_a_mail_keeps_its_id_threads_by_subject_and_unsubscribes_in_one_click(make_thing: MakeThing) -> None:
    thing = make_thing(MONDAY + 7 * DAY)
    (one,) = rounds(NINE)
    delivery = Delivery.objects.get()

    assert delivery.pk == uuid.UUID(one.extra_headers["Message-ID"].strip("<>").split("@")[0])
    assert one.extra_headers["In-Reply-To"].startswith(f"<thing.{thing.pk}.")
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one.message()["Message-ID"] == one.extra_headers["Message-ID"]
    html = one.alternatives[0][0]  # type: ignore[attr-defined]
    assert "style=" in html and "Ship it" in html


@pytest.mark.parametrize(
    ("raised", "permanent", "is_ambiguous"),
    [
        (smtplib.SMTPRecipientsRefused({"a": (550, b"no")}), True, False),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"later")}), False, False),
        (smtplib.SMTPDataError(554, b"no"), True, False),
        (smtplib.SMTPDataError(452, b"full"), False, False),
        (smtplib.SMTPServerDisconnected("gone"), False, True),
        (TimeoutError("slow"), False, True),
    ],
)
def test_what_a_mail_server_says_is_told_apart(
    make_thing: MakeThing,
    monkeypatch: pytest.MonkeyPatch,
    raised: Exception,
    permanent: bool,
    is_ambiguous: bool,
) -> None:
    def refuse(*_args: object) -> int:
        raise raised

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    make_thing(MONDAY + 7 * DAY)
    services.run_once(at=NINE)

    state = Delivery.objects.get().state
    assert mail.outbox == []
    assert state == (
        DeliveryState.HANDOFF if is_ambiguous else DeliveryState.DEAD if permanent else DeliveryState.RETRY
    )
