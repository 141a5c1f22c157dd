"""The API as a person's program sees it: a client that holds a token, speaks JSON and counts its queries."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from core.accounts import services
from core.accounts.models import ApiToken, User

V1 = "/api/v1/"


class Api:
    """One person's client: paths are relative to /api/v1/, bodies are JSON."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.queries: list[str] = []
        self._client = Client(headers={"Authorization": f"Bearer {token}"})

    def get(self, path: str, **headers: str) -> Any:
        """Return the answer to GET; headers are written `If_None_Match="..."`."""
        return self.send("GET", path, None, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Return the answer to POST, with no body at all by default."""
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """Return the answer to PATCH."""
        return self.send("PATCH", path, body, **headers)

    def send(self, method: str, path: str, body: Any, **headers: str) -> Any:
        """Send a request and remember its queries, without the savepoints that a test's transaction adds."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        address = path if path[0] == "/" else V1 + path
        content = b"" if body is None else orjson.dumps(body)
        with CaptureQueriesContext(connection) as captured:
            response = self._client.generic(method, address, content, "application/json", headers=told)
        self.queries = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        return response

    def codes(self, path: str) -> list[Any]:
        """Return the codes, or else the numbers, in a list."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.content
        return [row.get("code", row.get("key", row["id"])) for row in answer.json()["results"]]


ApiOf = Callable[..., Api]


@pytest.fixture
def api_of() -> Iterator[ApiOf]:
    """Return a person's API client; no throttle remembers the test before."""
    cache.clear()

    def make(person: User, scope: str = "write") -> Api:
        at = clock.now()
        token, text = services.create_token(person=person, name="test", scope=scope, days=1, by=person, at=at)
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)  # writing that down costs the first use a query
        return Api(text)

    yield make
    cache.clear()
