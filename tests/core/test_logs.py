"""Logs: one line a request, with its id and without its secrets."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import redis
import structlog
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from backend.settings import logs
from core import clock
from core.accounts import services
from core.accounts.models import User
from core.cache import ForgivingRedisCache


def handler_to(stream: io.StringIO, *, is_terminal: bool) -> logging.Handler:
    """Return a handler that writes as the product does, elsewhere than to stderr."""
    handler = logging.StreamHandler(stream)
    form = logs.configure(is_terminal=is_terminal)["formatters"]["event"]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(**{k: v for k, v in form.items() if k != "()"}))
    return handler


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What would be written to stderr, as JSON."""
    stream = io.StringIO()
    handler = handler_to(stream, is_terminal=False)
    root = logging.getLogger()
    level, kept = root.level, root.handlers[:]
    root.handlers, root.level = [handler], logging.INFO
    yield stream
    root.handlers, root.level = kept, level


def events(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_one_line_with_an_id_and_no_query_string(db: None, client: Client, lines: io.StringIO) -> None:
    client.get("/accounts/login/?next=/secret-plan/")
    [event] = events(lines)
    assert (event["event"], event["request"], event["code"]) == ("request_finished", "GET /accounts/login/", 200)
    assert len(event["request_id"]) == 36 and "secret-plan" not in lines.getvalue()


def test_a_sign_in_link_is_told_by_its_route(alice: User, client: Client, lines: io.StringIO) -> None:
    _link, secret = services.make_signin_link(person=alice, at=clock.now(), by=None)
    address = f"/accounts/sign-in/{secret}/"
    client.get(address)
    client.post(address)
    client.post(address)
    assert [event["code"] for event in events(lines)] == [200, 302, 410]
    assert {event["request"].split(" ", 1)[1] for event in events(lines)} == {"/accounts/sign-in/<str:secret>/"}
    assert secret not in lines.getvalue()


def test_tokens_and_reset_keys_stay_out(alice: User, client: Client, lines: io.StringIO) -> None:
    client.get("/api/v1/", headers={"Authorization": "Bearer very-secret-token"})
    client.get("/accounts/password/reset/key/1-very-secret-key/")
    assert len(events(lines)) == 2 and "very-secret" not in lines.getvalue()


def test_values_named_secret_are_starred(lines: io.StringIO) -> None:
    structlog.get_logger("test").warning("made", token="abc", Password="def", person=7)
    logging.getLogger("elsewhere").warning("plain %s", "words")
    first, second = events(lines)
    assert (first["token"], first["Password"], first["person"]) == ("********", "********", 7)
    assert second["event"] == "plain words"


def test_probes_that_are_answered_well_are_left_out(db: None, client: Client, lines: io.StringIO) -> None:
    assert client.get("/health/live/").status_code == 200
    assert lines.getvalue() == ""


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_traceback_shows_no_local_variables(*, is_terminal: bool) -> None:
    stream, _local = io.StringIO(), "a value that stays inside"
    logger = logging.getLogger("tracebacks")
    logger.propagate, logger.handlers = False, [handler_to(stream, is_terminal=is_terminal)]
    try:
        raise ValueError("seen")
    except ValueError:
        logger.exception("failed")
    assert "seen" in stream.getvalue() and "stays inside" not in stream.getvalue()


def test_a_cache_that_is_away_turns_nobody_away(settings: Settings) -> None:
    away = ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.2}})
    away.set("a", 1)
    assert (away.get("a", "default"), away.add("a", 1), away.incr("a"), away.delete("a")) == ("default", True, 1, False)
    with pytest.raises(redis.RedisError):
        away.clear()
    assert cache is not away


def test_a_probe_that_is_told_to_wait_leaves_no_line(db: None, client: Client, lines: io.StringIO) -> None:
    assert client.get("/health/ready/").status_code == 503
    assert lines.getvalue() == ""


def test_whole_addresses_are_written_nowhere(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    logging.config.dictConfig(logs.LOGGING)
    logging.getLogger("django.request").error("Not Found: /accounts/sign-in/secret/")
    assert capfd.readouterr().err == ""
