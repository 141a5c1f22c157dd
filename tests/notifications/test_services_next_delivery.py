"""What is known of a reader's next mail: what waits for its time, and that nothing is promised where nothing does."""

import datetime as dt

from core.accounts.models import User
from notifications import services
from notifications.choices import Weekday
from notifications.models import Delivery
from notifications.queries import preferences
from notifications.queries.preferences import Preferences
from notifications.services import NextDelivery
from tests.notifications.conftest import MONDAY, MakeThing, at

DAY = dt.timedelta(days=1)
WORKING_DAYS = sum((Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY))


def test_nothing_is_said_of_mail_while_nothing_waits(alice: User) -> None:
    assert services.next_delivery(person=alice, at=at(MONDAY, 8)) == NextDelivery(None, None)


def test_what_waits_for_its_time_says_when_and_leaves_then(make_thing: MakeThing, alice: User) -> None:
    make_thing(MONDAY + 7 * DAY)
    services.sweep(at=at(MONDAY, 6))
    assert services.next_delivery(person=alice, at=at(MONDAY, 6)) == NextDelivery(at(MONDAY, 9), None)
    assert not Delivery.objects.exists()
    services.sweep(at=at(MONDAY, 9))
    assert Delivery.objects.filter(recipient=alice).exists()
    assert services.next_delivery(person=alice, at=at(MONDAY, 9)).leaves_at is None


def test_what_should_have_left_leaves_now(make_thing: MakeThing, alice: User) -> None:
    make_thing(MONDAY + 7 * DAY)
    services.sweep(at=at(MONDAY, 6))
    assert services.next_delivery(person=alice, at=at(MONDAY, 11)).leaves_at == at(MONDAY, 11)


def test_a_pause_keeps_it_and_ends_by_itself(make_thing: MakeThing, alice: User) -> None:
    make_thing(MONDAY + 7 * DAY)
    services.sweep(at=at(MONDAY, 6))
    services.pause(person=alice, until=MONDAY + 5 * DAY, at=at(MONDAY, 6))
    assert services.next_delivery(person=alice, at=at(MONDAY, 6)) == NextDelivery(None, MONDAY + 5 * DAY)
    assert services.next_delivery(person=alice, at=at(MONDAY + 5 * DAY, 6)).paused_until is None
    services.pause(person=alice, until=None, at=at(MONDAY, 6))
    assert services.next_delivery(person=alice, at=at(MONDAY, 6)).leaves_at is not None


def test_a_pause_leaves_the_other_wishes_as_they_are(alice: User) -> None:
    chosen = Preferences(hour=7, weekdays=WORKING_DAYS, paused_until=None, muted=("email",))
    services.save_preferences(person=alice, preferences=chosen, at=at(MONDAY))
    services.pause(person=alice, until=MONDAY + DAY, at=at(MONDAY))

    assert preferences.of(alice) == Preferences(7, WORKING_DAYS, MONDAY + DAY, ("email",))
    assert services.next_delivery(person=alice, at=at(MONDAY)).leaves_at is None
