"""`tracker doctor`: every setting with its source, secrets hidden, and a line for each thing that is wrong."""

import pytest
from pytest_django import Settings

from backend import cli
from backend.cli import checks
from backend.settings import environment
from tests.support.postgres import free_port

pytestmark = pytest.mark.django_db


def finding(name: str) -> checks.Finding:
    """Run the checks and return one of their findings."""
    return next(found for found in checks.all_findings() if found.name == name)


def test_every_setting_is_listed_with_its_source_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EMAIL_URL", f"smtp://user:hunter2@127.0.0.1:{free_port()}")
    monkeypatch.setenv("REMINDER_HOUR", "7")
    cli.main(["doctor"])
    listed = capsys.readouterr().out
    assert "hunter2" not in listed
    for variable in environment.CATALOGUE:
        assert f"  {variable.name} " in listed
    assert "REMINDER_HOUR        environment 7\n" in listed
    assert "PORT                 default     8000\n" in listed


def test_a_bad_value_and_a_misspelt_name_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REMINDER_WEEKDAYS", "8")
    monkeypatch.setenv("TRACKER_DATE", "/srv")
    assert cli.main(["doctor"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("tracker: REMINDER_WEEKDAYS=8 names no days of the week")
    assert second == "tracker: TRACKER_DATE is no variable of this product: correct its name, or remove it."


def test_a_database_that_is_up_to_date_is_well() -> None:
    assert finding("database").remedy == ""
    assert finding("tables").remedy == ""
    assert finding("clock").remedy == ""


def test_a_mail_server_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    port = free_port()
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{port}")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    assert finding("mail").words.startswith(f"127.0.0.1 port {port} does not take mail")
    assert finding("mail").remedy == "Start the mail server, or correct EMAIL_URL."


def test_a_broker_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    monkeypatch.setenv("REDIS_URL", settings.REDIS_URL)
    assert finding("broker").remedy == "Start the broker, or correct REDIS_URL."


@pytest.mark.parametrize(
    ("facts", "remedy"),
    [
        ({"aof_enabled": 1, "maxmemory_policy": "noeviction"}, ""),
        ({"aof_enabled": 0, "maxmemory_policy": "noeviction"}, "Set `appendonly yes`"),
        ({"aof_enabled": 1, "maxmemory_policy": "allkeys-lru"}, "Set `maxmemory-policy noeviction`"),
    ],
)
def test_a_broker_that_loses_messages_is_wrong(facts: dict[str, object], remedy: str) -> None:
    found = checks.judge_broker(facts).remedy
    assert found.startswith(remedy)
    assert bool(found) is bool(remedy)
