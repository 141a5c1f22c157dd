"""Lists of the API: filters, orderings, columns and pages that stay true while rows come and go."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from tests.core.conftest import TokenClient
from tests.core.notes import Note, some_notes
from tests.core.test_api_conventions import LIST, fields_of, problem

pytestmark = pytest.mark.usefixtures("notes")
ORDERINGS = ("id", "-id", "due_on", "-due_on", "text", "owner_name,-due_on", "-owner_name")


@pytest.fixture
def alices(alice: User, client_of: TokenClient) -> Client:
    return client_of(alice)


def walk(client: Client, url: str | None, link: str = "next") -> list[list[str]]:
    """Return the codes of page after page."""
    pages = []
    while url:
        answer = client.get(url).json()
        pages.append([row["code"] for row in answer["results"]])
        url = answer[link]
    return pages


def expected(ordering: str) -> list[str]:
    """Return all codes in an ordering, worked out in Python: empty values last."""
    notes = sorted(Note._default_manager.select_related("owner"), key=lambda note: note.pk)
    for part in reversed(ordering.split(",")):
        name = part.removeprefix("-")
        values: dict[int, Any] = {n.pk: n.owner.name if name == "owner_name" else getattr(n, name) for n in notes}
        full = [note for note in notes if values[note.pk] is not None]
        full.sort(key=lambda note: values[note.pk], reverse=False)
        if part.startswith("-"):  # stable, so that equals keep their order
            full.sort(key=lambda note: values[note.pk], reverse=True)
        notes = full + [note for note in notes if values[note.pk] is None]
    return [note.code for note in notes]


class TestPages:
    @pytest.mark.parametrize("ordering", ORDERINGS)
    def test_every_row_once_in_order_there_and_back(self, alice: User, alices: Client, ordering: str) -> None:
        some_notes(alice, 23)
        there = walk(alices, f"{LIST}?limit=4&ordering={ordering}")
        assert [len(page) for page in there] == [4, 4, 4, 4, 4, 3]
        assert [code for page in there for code in page] == expected(ordering)
        last = f"{LIST}?limit=4&ordering={ordering}"
        while following := alices.get(last).json()["next"]:
            last = following
        assert walk(alices, last, "previous") == there[::-1]

    def test_first_page_has_no_previous_and_last_no_next(self, alice: User, alices: Client) -> None:
        some_notes(alice, 4)
        first = alices.get(f"{LIST}?limit=2").json()
        last = alices.get(first["next"]).json()
        assert (first["previous"], last["next"]) == (None, None)
        assert alices.get(last["previous"]).json()["results"] == first["results"]

    def test_rows_that_come_between_pages_push_none_out(self, alice: User, alices: Client) -> None:
        some_notes(alice, 6)
        first = alices.get(f"{LIST}?limit=3&ordering=text").json()
        Note._default_manager.create(code="A", text="A note before all", owner=alice)
        Note._default_manager.filter(code="N1").delete()
        rest = alices.get(first["next"]).json()
        codes = [row["code"] for row in first["results"] + rest["results"]]
        assert codes == ["N1", "N2", "N3", "N4", "N5", "N6"]

    def test_a_list_is_two_queries_at_any_size(self, alice: User, alices: Client) -> None:
        some_notes(alice, 220)
        alices.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            assert len(alices.get(f"{LIST}?limit=200").json()["results"]) == 200
        assert len(captured) == 2  # the token, the rows

    def test_the_default_is_50_rows(self, alice: User, alices: Client) -> None:
        some_notes(alice, 60)
        assert len(alices.get(LIST).json()["results"]) == 50

    @pytest.mark.parametrize("limit", ["0", "201", "-1", "ten", "", "9999999999999", "٣"])
    def test_a_wrong_limit_is_named(self, alices: Client, limit: str) -> None:
        assert fields_of(problem(alices.get(LIST, {"limit": limit}), 400, "invalid")) == {"limit": "invalid"}

    @pytest.mark.parametrize("cursor", ["", "garbage", "eyJhIjoxfQ", "\x00", "a:b:c"])
    def test_a_garbage_cursor_is_named(self, alices: Client, cursor: str) -> None:
        problem(alices.get(LIST, {"cursor": cursor}), 404, "no_such_page")

    def test_a_cursor_of_another_ordering_is_refused(self, alice: User, alices: Client) -> None:
        some_notes(alice, 5)
        following = alices.get(f"{LIST}?limit=2&ordering=text").json()["next"]
        problem(alices.get(following.replace("=text", "=id")), 404, "no_such_page")


class TestParameters:
    def test_filters_narrow(self, alice: User, alices: Client) -> None:
        some_notes(alice, 6)
        Note._default_manager.filter(code="N1").update(state="closed")
        assert [row["code"] for row in alices.get(f"{LIST}?state=closed").json()["results"]] == ["N1"]
        late = alices.get(f"{LIST}?due_after=2026-12-02&due_before=2026-12-02&fields=code,due_on").json()["results"]
        assert late == [{"code": "N1", "due_on": "2026-12-02"}, {"code": "N5", "due_on": "2026-12-02"}]

    def test_a_wrong_filter_names_itself(self, alices: Client) -> None:
        response = alices.get(f"{LIST}?state=lost")
        assert fields_of(problem(response, 400, "invalid")) == {"state": "invalid_choice"}

    def test_unknown_parameters_columns_and_orderings_are_named(self, alices: Client) -> None:
        response = alices.get(f"{LIST}?sate=open&page=2")
        assert set(fields_of(problem(response, 400, "invalid"))) == {"sate", "page"}
        for name in ("fields", "ordering"):
            response = alices.get(LIST, {name: "id,password"})
            assert fields_of(problem(response, 400, "invalid")) == {name: "invalid"}
        assert set(fields_of(problem(alices.get(f"{LIST}1/?x=1"), 400, "invalid"))) == {"x"}

    def test_columns_come_in_the_order_asked_for(self, alice: User, alices: Client) -> None:
        some_notes(alice, 1)
        content = json.loads(alices.get(f"{LIST}?fields=text,id").content)
        assert list(content["results"][0]) == ["text", "id"]

    def test_days_are_days(self, alice: User, alices: Client) -> None:
        Note._default_manager.create(code="D", text="x", due_on=dt.date(2026, 2, 28), owner=alice)
        assert alices.get(LIST).json()["results"][0]["due_on"] == "2026-02-28"
