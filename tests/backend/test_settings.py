"""The environment: what each variable may hold, and what is said when it holds something else."""

import stat
from pathlib import Path

import pytest

from backend.settings import databases, environment, mail, values


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("REMINDER_HOUR", "25"),
        ("REMINDER_HOUR", "nine"),
        ("REMINDER_WEEKDAYS", "8"),
        ("REMINDER_WEEKDAYS", "5-1"),
        ("REMINDER_WEEKDAYS", "1-"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRACKER_CLOCK_OFFSET", "1 day"),
        ("AMBIGUOUS_EMAIL", "maybe"),
        ("MAIL_FROM", "nobody"),
        ("PUBLIC_URL", "tracker.example.org"),
        ("PUBLIC_URL", "https://example.org/tracker"),
        ("DATABASE_URL", "mysql://root@localhost/tracker"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("DATABASE_URL", "postgresql://localhost:port/tracker"),
        ("REDIS_URL", "localhost:6379"),
        ("EMAIL_URL", "mail.example.org"),
        ("SECRET_KEY", "short"),
    ],
)
def test_a_bad_value_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(name, text)
    (line,) = environment.problems()
    assert line.startswith(name)
    assert "\n" not in line


def test_every_default_is_a_good_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in environment.CATALOGUE:
        monkeypatch.delenv(variable.name, raising=False)
    assert environment.problems() == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("REMINDER_WEEKDAYS", "1-4,6"),
        ("DATABASE_URL", "postgresql://tracker:secret@db:5432/tracker"),
        ("DATABASE_URL", "sqlite:////srv/tracker.sqlite3"),
        ("REDIS_URL", "rediss://:secret@broker:6380/1"),
        ("EMAIL_URL", "smtps://user:secret@mail.example.org"),
        ("PUBLIC_URL", "https://tracker.example.org/"),
        ("MAIL_FROM", "tracker@example.org"),
    ],
)
def test_a_good_value_is_no_problem(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(name, text)
    assert environment.problems() == []


def test_the_problem_with_a_secret_does_not_tell_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://root:hunter2@localhost/tracker")
    assert "hunter2" not in " ".join(environment.problems())


def test_weekdays_are_days_and_spans() -> None:
    assert values.weekdays("1-3,7") == {1, 2, 3, 7}


def test_a_misspelt_variable_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DATE", "/srv")
    assert environment.unknown() == ["TRACKER_DATE"]


def test_the_signing_key_is_made_once_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path)
    assert environment.secret_key(tmp_path) == first
    assert len(first) >= values.SECRET_KEY_LENGTH
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_the_broker_is_the_named_one_else_the_embedded_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert environment.redis_url(tmp_path) == ""
    file = environment.embedded_broker_file(tmp_path)
    file.parent.mkdir()
    file.write_text("redis://127.0.0.1:5/0\n")
    assert environment.redis_url(tmp_path) == "redis://127.0.0.1:5/0"
    monkeypatch.setenv("REDIS_URL", "redis://broker/0")
    assert environment.redis_url(tmp_path) == "redis://broker/0"


def test_sqlite_is_the_default_and_queues_its_writers(tmp_path: Path) -> None:
    config = databases.database("", tmp_path)
    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"] == str(tmp_path / "tracker.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_keeps_connections_and_prepares_statements(tmp_path: Path) -> None:
    config = databases.database("postgresql://me:secret@db:5433/tracker", tmp_path)
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db", 5433, "tracker")
    assert config["CONN_MAX_AGE"] is None
    assert config["CONN_HEALTH_CHECKS"]
    assert config["OPTIONS"]["prepare_threshold"]


@pytest.mark.parametrize(
    ("url", "port", "is_starttls", "is_tls"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://me:secret@mail.example.org", 587, True, False),
        ("smtps://me:secret@mail.example.org", 465, False, True),
        ("smtps://me:secret@mail.example.org:587", 587, True, False),
        ("smtp+ssl://me:secret@mail.example.org:4465", 4465, False, True),
    ],
)
def test_mail_is_encrypted_as_its_url_says(url: str, port: int, is_starttls: bool, is_tls: bool) -> None:
    settings = mail.mail_settings(url)
    assert (settings.host, settings.port) == ("mail.example.org", port)
    assert (settings.is_starttls, settings.is_tls) == (is_starttls, is_tls)


def test_a_password_with_special_characters_arrives_whole() -> None:
    assert mail.mail_settings("smtps://me%40example.org:p%40ss%2Fword@mail.example.org").password == "p@ss/word"


def test_without_a_url_mail_is_kept() -> None:
    assert mail.mail_settings("").backend == mail.KEPT
