"""Idempotency-Key: a request that is sent again is answered as before and done once."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from core.accounts.models import User
from core.models import KeptAnswer
from tests.conftest import Clock
from tests.core.conftest import TokenClient
from tests.core.notes import Note, some_notes

pytestmark = pytest.mark.usefixtures("notes")
LIST = "/api/v1/notes/"
NOTE = {"code": "N1", "text": "Once"}
KEY = "5f0c-1"


def post(client: Client, body: Any, key: str = KEY, path: str = LIST) -> Any:
    """Send a POST with a key."""
    return client.post(path, json.dumps(body), content_type="application/json", headers={"Idempotency-Key": key})


@pytest.fixture
def alices(alice: User, client_of: TokenClient) -> Client:
    return client_of(alice)


def test_sent_again_it_is_answered_as_before_and_done_once(alices: Client) -> None:
    first, again = post(alices, NOTE), post(alices, NOTE)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again["ETag"], again["Location"]) == (first.content, first["ETag"], first["Location"])
    assert Note._default_manager.count() == 1


def test_a_move_is_made_once(alices: Client, alice: User) -> None:
    some_notes(alice, 1)
    path = f"{LIST}N1/close/"
    first, again = (post(alices, {"reason": "Done"}, path=path) for _each in range(2))
    assert (first.status_code, again.content) == (200, first.content)
    assert post(alices, {"reason": "Done"}, key="another", path=path).status_code == 409


def test_the_same_key_with_another_request_is_refused(alices: Client, alice: User) -> None:
    post(alices, NOTE)
    for body, path in ((NOTE | {"text": "Twice"}, LIST), ({"reason": "Done"}, f"{LIST}N1/close/")):
        answer = post(alices, body, path=path)
        assert (answer.status_code, answer.json()["code"]) == (422, "key_of_another_request")
    assert Note._default_manager.get().text == "Once"


def test_a_refusal_is_not_kept(alices: Client) -> None:
    assert post(alices, {"code": "N1"}).status_code == 400
    assert not KeptAnswer.objects.exists()
    assert post(alices, NOTE).status_code == 201


def test_what_fails_half_way_leaves_neither_key_nor_deed(alices: Client, alice: User) -> None:
    some_notes(alice, 1)
    assert post(alices, {"reason": "none"}, path=f"{LIST}N1/close/").status_code == 400
    assert not KeptAnswer.objects.exists()
    assert Note._default_manager.get().state == "open"


def test_a_key_is_its_persons_own(alices: Client, bob: User, client_of: TokenClient) -> None:
    assert post(alices, NOTE).status_code == 201
    assert post(client_of(bob), NOTE | {"text": "Bob's"}).status_code == 201


def test_an_answer_is_kept_for_a_day(alice: User, client_of: TokenClient, clock: Clock) -> None:
    start = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    clock.move_to(start)
    post(client_of(alice), NOTE)
    clock.move_to(start + dt.timedelta(hours=23, minutes=59))
    assert post(client_of(alice), NOTE | {"code": "N2"}).status_code == 422
    clock.move_to(start + dt.timedelta(hours=24, minutes=1))
    assert post(client_of(alice), NOTE | {"code": "N2"}).status_code == 201
    assert KeptAnswer.objects.get().kept_at > start + dt.timedelta(hours=24)


def test_nobodys_answer_lies_here_for_longer(alice: User, bob: User, client_of: TokenClient, clock: Clock) -> None:
    start = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    clock.move_to(start)
    post(client_of(alice), NOTE)
    clock.move_to(start + dt.timedelta(hours=24, minutes=1))
    post(client_of(bob), NOTE)
    assert [kept.person for kept in KeptAnswer.objects.all()] == [bob]


@pytest.mark.parametrize("key", ["", "two words", "x" * 201])
def test_what_is_no_key_is_refused(alices: Client, key: str) -> None:
    answer = post(alices, NOTE, key=key)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "Idempotency-Key")
    assert not Note._default_manager.exists()


def test_numbers_of_any_size_are_the_handlers_to_refuse(alices: Client) -> None:
    assert post(alices, NOTE | {"due_on": 2**80}).status_code == 400


def test_a_reader_is_asked_for_no_key(alices: Client) -> None:
    assert alices.get(LIST, headers={"Idempotency-Key": KEY}).status_code == 200
    assert not KeptAnswer.objects.exists()
