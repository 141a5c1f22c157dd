"""The shell's own pages without a browser: front door, switches, health, what is said when there is no answer."""

import datetime as dt
import re
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, RequestFactory
from pytest_django import Settings

from backend.settings.languages import has_catalogue
from core import health, views
from core.accounts.models import User
from tests.support import pages


@pytest.mark.django_db
def test_an_empty_system_tells_how_to_make_the_first_person(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == HTTPStatus.OK
    assert "tracker user add" in page.text
    assert "tracker signin-link" in page.text


def test_a_stranger_is_led_to_the_sign_in(client: Client, alice: User) -> None:
    page = client.get("/")
    assert page.status_code == HTTPStatus.OK
    assert 'href="/accounts/login/"' in page.text
    assert "tracker user add" not in page.text


@pytest.mark.parametrize("chosen", ["light", "dark"])
@pytest.mark.django_db
def test_a_chosen_theme_is_written_into_the_page(client: Client, chosen: str) -> None:
    answer = client.post("/theme/", {"theme": chosen, "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    assert f'data-theme="{chosen}"' in client.get("/").text
    client.post("/theme/", {"theme": "system"})
    assert "data-theme" not in client.get("/").text


@pytest.mark.django_db
def test_an_unknown_theme_is_not_kept(client: Client) -> None:
    client.post("/theme/", {"theme": '"><b>'})
    assert "data-theme" not in client.get("/").text


@pytest.mark.django_db
def test_a_language_is_shown_only_once_it_has_a_catalogue(client: Client) -> None:
    assert [code for code, _name in django_settings.LANGUAGES] == ["en"]
    client.post("/language/", {"language": "zh-hant"})
    page = client.get("/", headers={"Accept-Language": "zh-hans"}).text
    assert '<html lang="en"' in page
    assert "/language/" not in page


def test_a_catalogue_is_found_where_it_is_compiled(tmp_path: Path) -> None:
    assert not has_catalogue(tmp_path, "zh-hans")
    folder = tmp_path / "zh_Hans/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text("")
    assert not has_catalogue(tmp_path, "zh-hans")
    (folder / "django.mo").write_bytes(b"")
    assert has_catalogue(tmp_path, "zh-hans")


@pytest.mark.django_db
def test_a_chosen_language_is_kept(client: Client, settings: Settings) -> None:
    settings.LANGUAGES = settings.WISHED_LANGUAGES
    client.post("/language/", {"language": "zh-hant"})
    assert '<html lang="zh-hant"' in client.get("/").text
    client.post("/language/", {"language": "tlh"})
    assert '<html lang="zh-hant"' in client.get("/").text


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
@pytest.mark.parametrize("switch", ["/theme/", "/language/"])
@pytest.mark.django_db
def test_a_switch_never_leads_to_another_site(client: Client, switch: str, target: str) -> None:
    assert client.post(switch, {"next": target})["Location"] == "/"


@pytest.mark.django_db
def test_a_switch_is_no_link(client: Client) -> None:
    assert client.get("/theme/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_the_style_guide_is_for_staff(client: Client, alice: User) -> None:
    assert client.get("/styleguide/").status_code == HTTPStatus.FOUND
    client.force_login(alice)
    assert client.get("/styleguide/").status_code == HTTPStatus.FORBIDDEN
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    page = client.get("/styleguide/")
    assert page.status_code == HTTPStatus.OK
    assert 'aria-describedby="id_title_helptext id_title_error"' in page.text


def test_live_asks_nothing(client: Client) -> None:
    # No database mark: a query would fail this test.
    assert client.get("/health/live/").json() == {"status": "live"}


@pytest.mark.django_db
def test_ready_names_a_database_of_another_version(client: Client) -> None:
    MigrationRecorder(connection).record_applied("programs", "0099_of_a_version_to_come")
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert "another version of the tracker (programs.0099" in answer.json()["checks"]["migrations"]


@pytest.mark.django_db
def test_ready_names_a_migration_that_is_missing(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("accounts", "0001_initial")
    answer = client.get("/health/ready/")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "not applied" in answer.json()["checks"]["migrations"]


@pytest.mark.django_db
def test_ready_asks_every_registered_check(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dt.datetime] = []

    def check(at: dt.datetime) -> str:
        asked.append(at)
        return "" if len(asked) == 1 else "No heartbeat for 121 seconds."

    monkeypatch.setattr(health, "_checks", {})
    health.register_check("heartbeat", check)
    well, ill = client.get("/health/ready/"), client.get("/health/ready/")
    assert (well.status_code, well.json()["checks"]["heartbeat"]) == (HTTPStatus.OK, "ok")
    assert (ill.status_code, ill.json()["checks"]["heartbeat"]) == (503, "No heartbeat for 121 seconds.")


@pytest.mark.django_db
def test_a_missing_page_is_a_page(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "There is no such page" in answer.text


@pytest.mark.django_db
def test_a_form_without_its_token_is_answered_by_a_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "open for too long" in answer.text


@pytest.mark.django_db
def test_a_wrong_host_is_answered_by_a_page(client: Client) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "cannot be read" in answer.text


def test_a_fault_is_answered_without_the_database(rf: RequestFactory) -> None:
    # No database mark: a query would fail this test.
    answer = views.server_error(rf.get("/"))
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Something went wrong here" in answer.text


def test_a_refusal_says_which_roles_may(rf: RequestFactory, alice: User) -> None:
    request = rf.get("/")
    request.user = alice
    answer = views.forbidden(request, PermissionDenied("Only sponsors may do this."))
    assert "Only sponsors may do this." in answer.text


def test_a_message_offers_its_undo_once(client: Client, alice: User, settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.core.shell_urls"
    client.post("/say/")
    first, second = pages.text(client.get("/read/")), client.get("/read/").text
    assert re.search(r'<form method="post" action="/undo/7/">.*Undo', first)
    assert "Kept." not in second


def test_an_htmx_request_brings_its_messages_along(client: Client, settings: Settings, db: None) -> None:
    settings.ROOT_URLCONF = "tests.core.shell_urls"
    answer = client.post("/say/", headers={"hx-request": "true"})
    assert answer.text.startswith("<p>fragment</p>")
    assert 'id="messages" role="status" aria-live="polite" hx-swap-oob="beforeend"' in answer.text
    assert "Kept." in answer.text
    assert "Kept." not in client.get("/read/").text


def test_a_message_waits_where_htmx_swaps_nothing(client: Client, settings: Settings, db: None) -> None:
    settings.ROOT_URLCONF = "tests.core.shell_urls"
    client.post("/move/", headers={"hx-request": "true"})
    assert "Kept." in client.get("/read/").text


def test_who_signed_in_starts_at_the_first_page_of_the_navigation(client: Client, alice: User) -> None:
    client.force_login(alice)
    answer = client.get("/", follow=True)
    assert answer.status_code == HTTPStatus.OK
    assert 'aria-current="page">My work' in pages.text(answer)


def test_who_signed_in_keeps_the_language_in_the_profile(client: Client, alice: User, settings: Settings) -> None:
    settings.LANGUAGES = settings.WISHED_LANGUAGES
    client.force_login(alice)
    client.post("/language/", {"language": "zh-hans"})
    alice.refresh_from_db()
    assert alice.language == "zh-hans"
    assert client.cookies["django_language"].value == "zh-hans"
