"""When the next mail leaves: what waits for its time, else what a reader's hour and working days allow."""

import datetime as dt

from core.accounts.models import User
from notifications import services
from notifications.choices import Weekday
from notifications.queries import preferences
from notifications.queries.preferences import Preferences
from notifications.services import NextDelivery
from tests.notifications.conftest import MONDAY, MakeThing, at

DAY = dt.timedelta(days=1)
FRIDAY = MONDAY - 3 * DAY
WORKING_DAYS = sum((Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY))


def test_without_anything_waiting_it_is_the_next_hour_of_a_working_day(alice: User) -> None:
    assert services.next_delivery(person=alice, at=at(MONDAY, 8)) == NextDelivery(
        at(MONDAY, 9), is_known=False, paused_until=None
    )
    assert services.next_delivery(person=alice, at=at(MONDAY, 9)).leaves_at == at(MONDAY + DAY, 9)
    assert services.next_delivery(person=alice, at=at(FRIDAY, 10)).leaves_at == at(MONDAY, 9)


def test_what_waits_for_its_time_says_when(make_thing: MakeThing, alice: User) -> None:
    make_thing(MONDAY + 7 * DAY)
    services.sweep(at=at(MONDAY, 6))

    assert services.next_delivery(person=alice, at=at(MONDAY, 6)) == NextDelivery(
        at(MONDAY, 9), is_known=True, paused_until=None
    )


def test_a_pause_moves_it_and_ends_by_itself(make_thing: MakeThing, alice: User) -> None:
    make_thing(MONDAY + 7 * DAY)
    services.sweep(at=at(MONDAY, 6))
    services.pause(person=alice, until=MONDAY + 5 * DAY, at=at(MONDAY, 6))

    assert services.next_delivery(person=alice, at=at(MONDAY, 6)) == NextDelivery(
        at(MONDAY + 7 * DAY, 9), False, MONDAY + 5 * DAY
    )
    assert services.next_delivery(person=alice, at=at(MONDAY + 5 * DAY, 6)).paused_until is None

    services.pause(person=alice, until=None, at=at(MONDAY, 6))
    assert services.next_delivery(person=alice, at=at(MONDAY, 6)).is_known


def test_a_pause_leaves_the_other_wishes_as_they_are(alice: User) -> None:
    chosen = Preferences(hour=7, weekdays=WORKING_DAYS, paused_until=None, muted=("email",))
    services.save_preferences(person=alice, preferences=chosen, at=at(MONDAY))
    services.pause(person=alice, until=MONDAY + DAY, at=at(MONDAY))

    assert preferences.of(alice) == Preferences(7, WORKING_DAYS, MONDAY + DAY, ("email",))
    assert services.next_delivery(person=alice, at=at(MONDAY)).leaves_at is None
