"""A whole product and two writers at once: one wins, the other is told."""

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from tests.faults.product import Product, installed
from tests.support import databases

BEN = "ben.okoro@harbourvale.example"
JOAN = "joan.ellery@harbourvale.example"
TOGETHER = 4


@dataclass(frozen=True)
class Answer:
    """What a request came to."""

    status: int
    body: Any
    etag: str


class Running:
    """A product with the sample, reached over HTTP with people's tokens."""

    def __init__(self, product: Product) -> None:
        self.url = f"http://127.0.0.1:{product.port}/api/v1/"
        self.tokens = {person: _token(product, person) for person in (BEN, JOAN)}

    def ask(self, person: str, method: str, path: str, body: Any = None, etag: str = "", key: str = "") -> Answer:
        """Send one request over a connection of its own."""
        said = {"If-Match": etag, "Idempotency-Key": key}
        headers = {
            "Authorization": f"Bearer {self.tokens[person]}",
            **{name: text for name, text in said.items() if text},
        }
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            answer = urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return Answer(answer.status, json.loads(answer.read()), answer.headers.get("ETag", ""))

    def at_once(
        self, person: str, method: str, path: str, bodies: list[Any], etag: str = "", key: str = ""
    ) -> list[Answer]:
        """Send several requests in the same moment."""
        barrier = Barrier(len(bodies))

        def send(body: Any) -> Answer:
            barrier.wait()
            return self.ask(person, method, path, body, etag, key)

        with ThreadPoolExecutor(len(bodies)) as pool:
            return list(pool.map(send, bodies))


def _token(product: Product, person: str) -> str:
    made = product.run("token", person, "--scope", "write")
    assert made.returncode == 0, made.stderr
    return made.stdout.split()[-1]


@pytest.fixture(scope="module", params=[databases.VENDOR])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, database_template: None
) -> Iterator[Running]:
    """The product on the run's database."""
    folder: Path = tmp_path_factory.mktemp(f"writers-{request.param}")
    with databases.installed(folder) as url, installed(folder, DATABASE_URL=url) as product:
        product.start("--sample")
        yield Running(product)


def test_of_two_changes_of_one_version_one_is_made(running: Running) -> None:
    path = "action-items/ONE-A6/"
    read = running.ask(JOAN, "GET", path)
    answers = running.at_once(JOAN, "PATCH", path, [{"title": f"Title {n}"} for n in range(TOGETHER)], read.etag)
    assert sorted(answer.status for answer in answers) == [200] + [412] * (TOGETHER - 1)
    (made,) = (answer for answer in answers if answer.status == 200)
    after = running.ask(JOAN, "GET", path)
    assert after.body["title"] == made.body["title"]
    assert {answer.body["etag"] for answer in answers if answer.status == 412} == {after.etag}


def test_an_external_id_is_taken_by_one(running: Running) -> None:
    body = {
        "program": "ONE", "workstream": "W1", "phase": "PH3", "title": "Once", "performer": BEN,
        "requested_for": "2100-01-01", "external_source": "jira", "external_id": "CRM-1",
    }  # fmt: skip
    answers = running.at_once(JOAN, "POST", "action-items/", [body] * TOGETHER)
    assert sorted(answer.status for answer in answers) == [201] + [409] * (TOGETHER - 1)
    (made,) = (answer.body["id"] for answer in answers if answer.status == 201)
    assert {answer.body["existing_id"] for answer in answers if answer.status == 409} == {made}


def test_codes_are_given_once(running: Running) -> None:
    body = {
        "program": "ONE", "workstream": "W1", "phase": "PH3", "title": "Many", "performer": BEN,
        "requested_for": "2100-01-01",
    }  # fmt: skip
    answers = running.at_once(JOAN, "POST", "action-items/", [body] * TOGETHER)
    assert [answer.status for answer in answers] == [201] * TOGETHER
    assert len({answer.body["code"] for answer in answers}) == TOGETHER


def test_what_comes_with_one_key_is_done_once(running: Running) -> None:
    body = {
        "program": "ONE", "workstream": "W1", "phase": "PH3", "title": "Sent again", "performer": BEN,
        "requested_for": "2100-01-01",
    }  # fmt: skip
    answers = running.at_once(JOAN, "POST", "action-items/", [body] * TOGETHER, key="sent-again")
    assert [answer.status for answer in answers] == [201] * TOGETHER
    assert len({answer.body["code"] for answer in answers}) == 1


def test_a_promise_is_kept_once(running: Running) -> None:
    answers = running.at_once(BEN, "POST", "action-items/ONE-A5/keep/", [None] * TOGETHER)
    assert sorted(answer.status for answer in answers) == [200] + [409] * (TOGETHER - 1)
    assert {tuple(answer.body["legal_moves"]) for answer in answers if answer.status == 409} == {("reopen",)}
    history = running.ask(BEN, "GET", "action-items/ONE-A5/").body["history"]
    assert [said["move"] for said in history].count("keep") == 1


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_a_promise_is_kept_in_one_line(running: Running) -> None:
    asked = {"program": "ONE", "workstream": "W2", "phase": "PH3", "title": "By curl", "performer": "me"}
    item = running.ask(BEN, "POST", "action-items/", {**asked, "requested_for": "2100-01-01"}).body
    running.ask(BEN, "POST", f"action-items/{item['code']}/promise/", {"promised_for": "2100-01-01"})
    address = f"{running.url}action-items/{item['code']}/keep/"
    bearer = f"Authorization: Bearer {running.tokens[BEN]}"
    command = ["curl", "-sS", "--noproxy", "*", "-X", "POST", "-H", bearer, address]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["state"] == "kept"
