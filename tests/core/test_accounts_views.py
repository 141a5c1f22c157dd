"""Pages of the accounts: sign-in link, profile, tokens, people; and the sign-in library as it is set up."""

import datetime as dt
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from core import clock
from core.accounts import services
from core.accounts.models import ApiToken, SignInLink, User
from core.audit.models import Entry
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"


@pytest.fixture
def as_alice(alice: User) -> Client:
    client = Client()
    client.force_login(alice)
    return client


def address_of_link(person: User) -> str:
    _link, secret = services.make_signin_link(person=person, at=clock.now(), by=None)
    return reverse("signin_link", args=[secret])


class TestSignInLink:
    def test_opening_it_changes_nothing_pressing_the_button_signs_in(self, alice: User, client: Client) -> None:
        address = address_of_link(alice)
        page = client.get(address)
        assert page.status_code == 200 and "no-store" in page["Cache-Control"]
        assert "_auth_user_id" not in client.session and SignInLink.objects.get().used_at is None
        response = client.post(address)
        assert (response.status_code, response["Location"]) == (302, "/")
        assert client.session["_auth_user_id"] == str(alice.pk)

    def test_a_second_time_it_says_that_it_does_not_work(self, alice: User, client: Client) -> None:
        address = address_of_link(alice)
        Client().post(address)
        response = client.post(address)
        assert response.status_code == 410 and b"does not work" in response.content
        assert "_auth_user_id" not in client.session

    def test_it_needs_the_csrf_token(self, alice: User) -> None:
        assert Client(enforce_csrf_checks=True).post(address_of_link(alice)).status_code == 403


class TestTimeZone:
    def test_a_first_sign_in_takes_that_of_the_browser(self, client: Client, db: None) -> None:
        person = services.add_person(email="dana@example.org", time_zone="Europe/Berlin", by=None, at=clock.now())
        assert "data-browser-zone" in client.get(address_of_link(person)).content.decode()
        client.post(address_of_link(person), {"time_zone": "Asia/Shanghai"})
        person.refresh_from_db()
        assert person.time_zone == "Asia/Shanghai"
        client.post(address_of_link(person), {"time_zone": "Asia/Tokyo"})
        person.refresh_from_db()
        assert person.time_zone == "Asia/Shanghai"

    def test_by_password_too(self, alice: User, client: Client) -> None:
        User.objects.filter(pk=alice.pk).update(last_login=None, time_zone="UTC")
        assert "data-browser-zone" in client.get(LOGIN).content.decode()
        client.post(LOGIN, {"login": alice.email, "password": PASSWORD, "time_zone": "Europe/Berlin"})
        alice.refresh_from_db()
        assert alice.time_zone == "Europe/Berlin"

    @pytest.mark.parametrize("sent", ["", "Mars/Olympus", "../etc/passwd", "x" * 5000, "\x00"])
    def test_what_is_no_time_zone_changes_nothing(self, sent: str, client: Client, db: None) -> None:
        person = services.add_person(email="dana@example.org", time_zone="Europe/Berlin", by=None, at=clock.now())
        response = client.post(address_of_link(person), {"time_zone": sent})
        person.refresh_from_db()
        assert (response.status_code, person.time_zone) == (302, "Europe/Berlin")

    def test_who_has_chosen_one_keeps_it(self, alice: User, client: Client) -> None:
        client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
        client.post("/accounts/profile/", {"name": "Alice", "time_zone": "Europe/London", "language": "en"})
        Client().post(LOGIN, {"login": alice.email, "password": PASSWORD, "time_zone": "Asia/Tokyo"})
        alice.refresh_from_db()
        assert alice.time_zone == "Europe/London"


class TestSignIn:
    def test_by_address_in_any_spelling_and_password(self, alice: User, client: Client) -> None:
        response = client.post(LOGIN, {"login": "Alice@Example.org", "password": PASSWORD})
        assert response.status_code == 302 and client.session["_auth_user_id"] == str(alice.pk)

    def test_guessing_is_stopped(self, alice: User, client: Client) -> None:
        for _ in range(6):
            client.post(LOGIN, {"login": alice.email, "password": "wrong"})
        response = client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
        assert "_auth_user_id" not in client.session
        assert response.status_code in {200, 429}

    @pytest.mark.django_db
    def test_nobody_signs_up(self, client: Client) -> None:
        client.post("/accounts/signup/", {"email": "m@example.org", "password1": PASSWORD, "password2": PASSWORD})
        assert not User.objects.exists()

    def test_a_forgotten_password_is_set_anew(self, alice: User, client: Client, settings: Any) -> None:
        settings.PUBLIC_URL = "https://tracker.example.org"
        client.post("/accounts/password/reset/", {"email": alice.email})
        link = re.search(r"https://tracker\.example\.org(/\S+)", str(mail.outbox[0].body))
        assert link is not None
        page = client.get(link[1], follow=True)
        new = "another long enough pass phrase"
        client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
        assert User.objects.get(pk=alice.pk).check_password(new)
        assert Entry.objects.filter(verb="change_password", by=alice).exists()

    def test_a_new_address_counts_once_it_is_confirmed(self, alice: User, as_alice: Client, settings: Any) -> None:
        EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
        as_alice.post("/accounts/email/", {"email": "Alice.New@example.org", "action_add": ""})
        assert User.objects.get(pk=alice.pk).email == "alice@example.org"
        sent = next(message for message in mail.outbox if message.to == ["alice.new@example.org"])
        link = re.search(rf"{re.escape(settings.PUBLIC_URL)}(/\S+)", str(sent.body))
        assert link is not None
        as_alice.get(link[1])
        assert User.objects.get(pk=alice.pk).email == "alice@example.org"
        as_alice.post(link[1])
        assert User.objects.get(pk=alice.pk).email == "alice.new@example.org"
        assert [*EmailAddress.objects.values_list("email", "primary", "verified")] == [
            ("alice.new@example.org", True, True)
        ]

    def test_signing_out_everywhere_ends_the_other_sessions(self, alice: User) -> None:
        here, there = Client(), Client()
        for client in (here, there):
            client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
            assert client.get("/accounts/profile/").status_code == 200
        here.post("/accounts/sessions/")
        assert here.get("/accounts/profile/").status_code == 200
        assert there.get("/accounts/profile/").status_code == 302

    def test_two_factor_pages_are_there(self, as_alice: Client) -> None:
        assert as_alice.get("/accounts/2fa/").status_code == 200


class TestProfile:
    def test_it_is_shown_and_changed(self, alice: User, as_alice: Client) -> None:
        assert b"alice@example.org" in as_alice.get("/accounts/profile/").content
        form = {"name": "Alice A", "time_zone": "Pacific/Auckland", "language": "en"}
        assert as_alice.post("/accounts/profile/", form).status_code == 302
        alice.refresh_from_db()
        assert (alice.name, alice.time_zone, alice.language) == ("Alice A", "Pacific/Auckland", "en")

    def test_a_language_without_a_catalogue_is_not_chosen(self, alice: User, as_alice: Client) -> None:
        form = {"name": "Alice A", "time_zone": "Europe/London", "language": "zh-hans"}
        assert as_alice.post("/accounts/profile/", form).status_code == 422
        alice.refresh_from_db()
        assert alice.language == "en"

    def test_a_wish_is_kept_and_read_wholly_in_english_until_then(self, alice: User, as_alice: Client) -> None:
        User.objects.filter(pk=alice.pk).update(language="zh-hans")
        page = as_alice.get("/accounts/profile/")
        assert page["Content-Language"] == "en"
        shown = page.content.decode()
        assert "Simplified Chinese" in shown
        assert "Pages and mails are in English until they are translated." in shown
        form = {"name": "Alice A", "time_zone": "Europe/London", "language": "zh-hans"}
        assert as_alice.post("/accounts/profile/", form).status_code == 302
        alice.refresh_from_db()
        assert (alice.name, alice.language, alice.shown_language) == ("Alice A", "zh-hans", "en")

    def test_a_wrong_value_stands_beside_its_field(self, as_alice: Client) -> None:
        response = as_alice.post("/accounts/profile/", {"name": "", "time_zone": "Mars/Base", "language": "en"})
        assert response.status_code == 422 and b"Mars/Base" in response.content

    def test_a_stranger_is_sent_to_sign_in_and_back(self, db: None, client: Client) -> None:
        response = client.get("/accounts/profile/")
        assert response["Location"] == "/accounts/login/?next=/accounts/profile/"

    def test_a_fragments_request_moves_the_whole_page_to_the_sign_in(self, db: None, client: Client) -> None:
        headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/accounts/tokens/?x=1"}
        response = client.get("/accounts/profile/", headers=headers)
        assert response["HX-Redirect"] == "/accounts/login/?next=%2Faccounts%2Ftokens%2F%3Fx%3D1"


class TestTokens:
    def test_it_is_shown_once_and_works(self, as_alice: Client) -> None:
        response = as_alice.post("/accounts/tokens/", {"name": "curl", "scope": "read", "days": 30})
        found = re.search(r'id="token-text">([0-9a-f]{64})<', response.content.decode())
        assert found is not None and "no-store" in response["Cache-Control"]
        page = as_alice.get("/accounts/tokens/").content.decode()
        assert "curl" in page and found[1] not in page

    def test_what_is_wrong_stands_on_the_page(self, as_alice: Client) -> None:
        response = as_alice.post("/accounts/tokens/", {"name": "curl", "scope": "read", "days": 3000})
        assert response.status_code == 422 and b"366" in response.content
        assert not ApiToken.objects.exists()

    def test_only_ones_own_are_seen_and_revoked(self, as_alice: Client, bob: User) -> None:
        at = clock.now()
        token, _text = services.create_token(person=bob, name="Bob's", scope="read", days=1, by=bob, at=at)
        address = f"/accounts/tokens/{token.token_key}/revoke/"
        assert b"Bob" not in as_alice.get("/accounts/tokens/").content
        assert [as_alice.get(address).status_code, as_alice.post(address).status_code] == [404, 404]
        as_bob = Client()
        as_bob.force_login(bob)
        assert b"Revoke" in as_bob.get(address).content and ApiToken.objects.exists()
        assert as_bob.post(address).status_code == 302 and not ApiToken.objects.exists()


class TestPeople:
    def test_it_is_for_staff(self, as_alice: Client, bob: User) -> None:
        assert as_alice.get("/accounts/people/").status_code == 403
        assert as_alice.post(f"/accounts/people/{bob.pk}/programs/", {"may": "yes"}).status_code == 403

    def test_staff_find_people_and_let_them_create_programs(self, alice: User, bob: User, as_alice: Client) -> None:
        User.objects.filter(pk=alice.pk).update(is_staff=True)
        page = as_alice.get("/accounts/people/?q=BOB").content.decode()
        assert "bob@example.org" in page
        address = f"/accounts/people/{bob.pk}/programs/"
        response = as_alice.post(address, {"may": "yes", "back": "?q=bob&page=1"})
        assert response["Location"] == "/accounts/people/?q=bob&page=1"
        assert User.objects.get(pk=bob.pk).may_create_programs
        assert as_alice.post(address, {"may": "no", "back": "//evil.example"})["Location"] == "/accounts/people/"
        assert not User.objects.get(pk=bob.pk).may_create_programs

    def test_the_list_is_bounded(self, alice: User, as_alice: Client, django_assert_max_num_queries: Any) -> None:
        User.objects.filter(pk=alice.pk).update(is_staff=True)
        joined = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        User.objects.bulk_create(User(email=f"p{n}@example.org", date_joined=joined) for n in range(120))
        with django_assert_max_num_queries(8):
            page = as_alice.get("/accounts/people/").content.decode()
        assert page.count('name="may"') == 50
