"""The engine's pages: the inbox in place and without JavaScript, preferences, the outbox, the links in mails."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.accounts.models import User
from notifications import services
from notifications.choices import DeliveryState
from notifications.models import Delivery, KeptMail, Preference, Reminder
from notifications.queries import links
from tests.conftest import Clock
from tests.notifications.conftest import MONDAY, MakeThing, at, rounds
from tests.notifications.things import Thing

DAY = dt.timedelta(days=1)
NINE = at(MONDAY, 9)
INBOX = "/inbox/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _monday(clock: Clock) -> None:
    clock.move_to(NINE + dt.timedelta(minutes=5))


@pytest.fixture
def reminded(make_thing: MakeThing, client: Client, alice: User) -> Reminder:
    """One reminder that Alice, who is signed in, was sent."""
    make_thing(MONDAY + 7 * DAY)
    rounds(NINE)
    client.force_login(alice)
    return Reminder.objects.get()


def test_the_inbox_says_what_where_and_why(client: Client, reminded: Reminder) -> None:
    page = client.get(INBOX).content.decode()

    assert "1 unread." in page
    assert "Ship it" in page and f"/things/{reminded.subject_id}/" in page
    assert "Due in 7 days, Mon 30 Nov 2026" in page
    assert "You are told as its owner: the rule reminds 7 days before it is due." in page


def test_an_inbox_shows_a_reminder_as_soon_as_its_day_begins(
    client: Client, make_thing: MakeThing, alice: User, clock: Clock
) -> None:
    make_thing(MONDAY + 8 * DAY)
    services.sweep(at=NINE)
    client.force_login(alice)
    assert "Ship it" not in client.get(INBOX).content.decode()

    clock.move_to(at(MONDAY + DAY, 0, 1))
    assert "Ship it" in client.get(INBOX).content.decode()
    assert mail.outbox == []


def test_nobody_reads_or_marks_the_inbox_of_another(client: Client, reminded: Reminder, charlie: User) -> None:
    client.force_login(charlie)

    assert "Ship it" not in client.get(INBOX).content.decode()
    assert client.post(f"/inbox/{reminded.pk}/read/").status_code == 404
    client.logout()
    assert client.get(INBOX).status_code == 302


def test_marking_as_read_in_place_and_without_javascript(client: Client, reminded: Reminder) -> None:
    address = f"/inbox/{reminded.pk}/read/"
    fragment = client.post(address, {"is_read": "1"}, headers=HTMX).content.decode()
    assert "<html" not in fragment and f'id="message-{reminded.pk}"' in fragment and "Mark as unread" in fragment

    assert client.post(address, {"is_read": "0"}).headers["Location"] == INBOX
    assert "1 unread." in client.get(INBOX).content.decode()

    client.post("/inbox/read/")
    assert "Nothing new." in client.get(INBOX).content.decode()


def test_the_inbox_is_bounded_and_its_queries_are_few(
    client: Client, reminded: Reminder, django_assert_max_num_queries: object, alice: User
) -> None:
    for number in range(45):
        services.notify(
            kind="thing_asked",
            recipient_ids=[alice.pk],
            subject_id=reminded.subject_id,
            by=None,
            at=NINE,
            params={"who": "Bob", "title": f"No. {number}", "asked_on": "2026-12-01"},
        )
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        page = client.get(INBOX).content.decode()

    assert page.count('id="message-') == 30
    assert "Bob asks for “No. 44” by Tue 1 Dec 2026" in page
    older = page.split("?before=")[1].split('"')[0]
    assert client.get(f"{INBOX}?before={older}").content.decode().count('id="message-') == 16
    assert client.get(f"{INBOX}?before=nonsense").status_code == 400


def test_a_secret_that_a_reader_may_no_longer_see_is_not_shown(client: Client, reminded: Reminder) -> None:
    Thing.objects.update(is_secret=True)

    assert "Ship it" not in client.get(INBOX).content.decode()


def test_preferences_are_shown_kept_and_refused(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert 'value="9" selected' in client.get("/preferences/").content.decode()

    chosen = {"hour": "7", "weekdays": ["1", "64"], "paused_until": "2026-12-24", "wanted": []}
    assert client.post("/preferences/", chosen).status_code == 302
    kept = Preference.objects.get(person=alice)
    assert (kept.hour, kept.weekdays, kept.paused_until, kept.muted) == (7, 65, dt.date(2026, 12, 24), ["email"])

    assert client.post("/preferences/", chosen | {"hour": "25"}).status_code == 422
    assert client.post("/preferences/", chosen | {"weekdays": []}).status_code == 422


def test_the_outbox_is_for_the_staff(client: Client, alice: User, bob: User) -> None:
    client.force_login(bob)
    assert client.get("/outbox/").status_code == 403

    User.objects.filter(pk=alice.pk).update(is_staff=True)
    client.force_login(alice)
    page = client.get("/outbox/").content.decode()
    assert "No reminder sweep has run yet" in page


def test_a_dead_letter_is_shown_and_replayed(client: Client, reminded: Reminder, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    Delivery.objects.update(state=DeliveryState.DEAD, reason="550 no such user")
    assert "550 no such user" in client.get("/outbox/").content.decode()

    delivery = Delivery.objects.get()
    assert client.post(f"/outbox/{delivery.pk}/replay/").status_code == 302
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.PENDING
    assert client.post(f"/outbox/{delivery.pk}/replay/").status_code == 409


def test_mail_without_a_server_is_kept_and_shown(
    client: Client, make_thing: MakeThing, alice: User, settings: object
) -> None:
    settings.EMAIL_BACKEND = "notifications.channels.email.kept.KeptBackend"  # type: ignore[attr-defined]
    make_thing(MONDAY + 7 * DAY)
    services.run_once(at=NINE)
    kept = KeptMail.objects.get()
    assert kept.to == alice.email and "Message-ID" in kept.headers and "Ship it" in kept.html

    User.objects.filter(pk=alice.pk).update(is_staff=True)
    client.force_login(alice)
    assert kept.subject in client.get("/outbox/").content.decode()
    assert "Ship it" in client.get(f"/outbox/mail/{kept.pk}/").content.decode()


def test_a_link_in_a_mail_asks_before_it_changes_anything(client: Client, reminded: Reminder) -> None:
    client.logout()
    address = next(part for part in mail.outbox[0].body.split() if "/reminders/act/" in part)
    path = address.removeprefix(address.split("/reminders/")[0])

    assert "Finish it" in client.get(path).content.decode()
    assert Thing.objects.get().is_open
    assert "Done" in client.post(path, {"move": "finish"}).content.decode()
    assert not Thing.objects.get().is_open
    assert client.post(path, {"move": "finish"}).status_code == 404
    assert client.get(path[:-5] + "xxxx/").status_code == 404


def test_a_mail_program_unsubscribes_in_one_click_and_a_person_is_asked(client: Client, alice: User) -> None:
    path = "/reminders/" + links.unsubscribe(alice.pk, "email").split("/reminders/")[1]
    strict = Client(enforce_csrf_checks=True)

    assert "Switch it off" in strict.get(path).content.decode()
    assert not Preference.objects.exists()
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preference.objects.get(person=alice).muted == ["email"]
    assert strict.post(path.replace(path[13:16], "xxx"), {}).status_code == 404


def test_readiness_needs_a_fresh_sweep(client: Client, scope: int, clock: Clock) -> None:
    address = reverse("health_ready")
    assert client.get(address).status_code == 503

    services.sweep(at=clock.now())
    assert client.get(address).status_code == 200

    clock.advance(dt.timedelta(seconds=125))
    assert client.get(address).status_code == 503
    assert client.get(reverse("health_live")).status_code == 200
