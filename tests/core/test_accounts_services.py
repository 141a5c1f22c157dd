"""Services about people: adding, profile, program right, tokens, sign-in links."""

import datetime as dt
import threading
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction

from core import clock
from core.accounts import queries, services
from core.accounts.exceptions import LinkDoesNotWork, PersonExists
from core.accounts.models import ApiToken, SignInLink, User
from core.accounts.services.people import Profile
from core.audit.models import Entry
from core.exceptions import InvalidInput

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


@pytest.mark.django_db
class TestAddPerson:
    def test_they_can_sign_in_with_an_address_that_counts_as_confirmed(self) -> None:
        person = services.add_person(email=" Dana@Example.ORG ", name=" Dana ", by=None, at=NOW)
        assert (person.email, person.name, person.date_joined) == ("dana@example.org", "Dana", NOW)
        assert not person.has_usable_password() and not person.may_create_programs
        address = EmailAddress.objects.get(user=person)
        assert (address.email, address.primary, address.verified) == ("dana@example.org", True, True)
        assert verbs() == ["add_person"]

    def test_staff_may_create_programs(self) -> None:
        assert services.add_person(email="d@example.org", is_staff=True, by=None, at=NOW).may_create_programs

    def test_an_address_is_taken_in_any_spelling(self, alice: User) -> None:
        with pytest.raises(PersonExists) as refusal:
            services.add_person(email="ALICE@example.org", by=None, at=NOW)
        assert "email" in refusal.value.fields and refusal.value.status == 400

    @pytest.mark.parametrize("email", ["", "dana", "dana@", "a b@example.org"])
    def test_no_address_no_person(self, email: str) -> None:
        with pytest.raises(InvalidInput) as refusal:
            services.add_person(email=email, by=None, at=NOW)
        assert list(refusal.value.fields) == ["email"]

    def test_a_weak_password_is_refused_and_nobody_added(self) -> None:
        with pytest.raises(InvalidInput):
            services.add_person(email="d@example.org", password="password", by=None, at=NOW)
        assert not User.objects.exists()

    def test_the_database_keeps_addresses_in_lower_case(self, alice: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=alice.pk).update(email="Alice@example.org")


class TestProfile:
    def test_a_change_is_kept_and_on_record(self, alice: User) -> None:
        profile = Profile(name="Alice Adler", time_zone="Asia/Shanghai", language="zh-hans")
        services.change_profile(person=alice, profile=profile, by=alice, at=NOW)
        assert Profile.of(User.objects.get(pk=alice.pk)) == profile
        assert Entry.objects.get().changes["time_zone"] == ["Europe/London", "Asia/Shanghai"]

    def test_nothing_changed_nothing_recorded(self, alice: User) -> None:
        services.change_profile(person=alice, profile=Profile.of(alice), by=alice, at=NOW)
        assert verbs() == []

    def test_all_that_is_wrong_is_named(self, alice: User) -> None:
        profile = Profile(name="x" * 201, time_zone="Mars/Base", language="tlh")
        with pytest.raises(InvalidInput) as refusal:
            services.change_profile(person=alice, profile=profile, by=alice, at=NOW)
        assert set(refusal.value.fields) == {"name", "time_zone", "language"}


def test_the_program_right_is_granted_and_revoked_once(alice: User, bob: User) -> None:
    services.grant_programs(person=bob, by=alice, at=NOW)
    services.grant_programs(person=bob, by=alice, at=NOW)
    assert User.objects.get(pk=bob.pk).may_create_programs
    services.revoke_programs(person=bob, by=alice, at=NOW)
    assert not User.objects.get(pk=bob.pk).may_create_programs
    assert verbs() == ["grant_programs", "revoke_programs"]


class TestTokens:
    def make(self, person: User, **changes: Any) -> tuple[ApiToken, str]:
        told = {"name": "curl", "scope": "read", "days": 30, "at": NOW, "by": person, **changes}
        return services.create_token(person=person, **told)

    def test_only_the_hash_is_kept(self, alice: User) -> None:
        token, text = self.make(alice)
        assert token.expiry == NOW + dt.timedelta(days=30)
        stored = ApiToken.objects.values().get()
        assert len(text) >= 64 and text not in str(stored)
        assert text not in str(list(Entry.objects.values()))

    def test_what_is_wrong_is_named(self, alice: User) -> None:
        with pytest.raises(InvalidInput) as refusal:
            self.make(alice, name=" ", scope="admin", days=0)
        assert set(refusal.value.fields) == {"name", "scope", "days"}

    def test_a_revoked_token_is_gone_and_on_record(self, alice: User) -> None:
        token, _text = self.make(alice)
        services.revoke_token(token=token, by=alice, at=NOW)
        assert not queries.tokens_of(alice).exists()
        assert verbs() == ["create_token", "revoke_token"]

    @pytest.mark.parametrize("change", [{"scope": "admin"}, {"expiry": None}])
    def test_the_database_knows_scopes_and_that_tokens_expire(self, alice: User, change: dict[str, Any]) -> None:
        self.make(alice)
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.update(**change)


class TestSignInLinks:
    def test_it_works_once(self, alice: User) -> None:
        link, secret = services.make_signin_link(person=alice, at=NOW, by=None)
        assert secret not in str(SignInLink.objects.values().get())
        assert services.redeem(secret=secret, at=NOW + dt.timedelta(minutes=14)) == alice
        with pytest.raises(LinkDoesNotWork):
            services.redeem(secret=secret, at=NOW + dt.timedelta(minutes=14))
        link.refresh_from_db()
        assert link.used_at == NOW + dt.timedelta(minutes=14)
        assert verbs() == ["make_signin_link", "sign_in_by_link"]

    def test_it_does_not_outlive_its_time(self, alice: User) -> None:
        _link, secret = services.make_signin_link(person=alice, at=NOW, by=None)
        with pytest.raises(LinkDoesNotWork):
            services.redeem(secret=secret, at=NOW + dt.timedelta(minutes=15))

    def test_its_time_can_be_given(self, alice: User) -> None:
        _link, secret = services.make_signin_link(person=alice, at=NOW, by=None, lifetime=dt.timedelta(days=1))
        assert services.redeem(secret=secret, at=NOW + dt.timedelta(hours=23)) == alice

    def test_another_secret_or_a_closed_account_opens_nothing(self, alice: User) -> None:
        _link, secret = services.make_signin_link(person=alice, at=NOW, by=None)
        with pytest.raises(LinkDoesNotWork):
            services.redeem(secret=secret + "x", at=NOW)
        User.objects.filter(pk=alice.pk).update(is_active=False)
        with pytest.raises(LinkDoesNotWork):
            services.redeem(secret=secret, at=NOW)

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_once_one_gets_in(self) -> None:
        person = services.add_person(email="d@example.org", by=None, at=NOW)
        at = clock.now()
        _link, secret = services.make_signin_link(person=person, at=at, by=None)
        start = threading.Barrier(4)
        outcomes: list[int | None] = []

        def come() -> None:
            start.wait()
            try:
                outcomes.append(services.redeem(secret=secret, at=at).pk)
            except LinkDoesNotWork:
                outcomes.append(None)
            finally:
                connection.close()

        threads = [threading.Thread(target=come) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes, key=str) == [person.pk, None, None, None]
