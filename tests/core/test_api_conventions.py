"""The API's conventions, shown on the notes resource: errors, pages, ETags, strict input, tokens and throttles."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from core.accounts import services
from core.accounts.models import ApiToken, User
from tests.core.conftest import TokenClient
from tests.core.notes import Note, some_notes

pytestmark = pytest.mark.usefixtures("notes")
LIST = "/api/v1/notes/"


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """Return the problem document of a response, of this status and code."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    document: dict[str, Any] = json.loads(response.content)
    assert (document["status"], document["code"]) == (status, code)
    assert document["type"].endswith(f":{code}") and document["title"] and document["detail"]
    return document


def fields_of(document: dict[str, Any]) -> dict[str, str]:
    """Return the code of what is wrong with each field."""
    return {error["field"]: error["code"] for error in document["errors"]}


def send(client: Client, method: str, path: str, body: Any, **headers: str) -> Any:
    """Send JSON."""
    return client.generic(method, path, json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def alices(alice: User, client_of: TokenClient) -> Client:
    return client_of(alice)


class TestProblems:
    def test_a_stranger_gets_401_and_is_told_how_to_sign_in(self, client: Client) -> None:
        response = client.get(LIST)
        problem(response, 401, "not_authenticated")
        assert response["WWW-Authenticate"] == "Bearer"

    @pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/nothing", "/api/", "/api/v1/notes"])
    def test_an_unknown_address_is_a_problem_too(self, client: Client, path: str) -> None:
        problem(client.get(path), 404, "not_found")
        problem(send(client, "POST", path, {}), 404, "not_found")

    def test_wrong_method_type_and_json(self, alices: Client) -> None:
        response = alices.delete(LIST)
        problem(response, 405, "method_not_allowed")
        assert "POST" in response["Allow"]
        problem(alices.post(LIST, {"text": "a form"}), 415, "unsupported_media_type")
        problem(alices.post(LIST, "{half", content_type="application/json"), 400, "parse_error")
        problem(alices.get(LIST, headers={"Accept": "text/csv"}), 406, "not_acceptable")

    @pytest.mark.parametrize(
        "body",
        [b"[" * 100_000, b'{"a":' * 5000, b'{"\\ud800": 1}', b'{"text": "\\ud800"}', b'{"text": NaN}', b'"\xff"'],
    )
    def test_what_is_no_json_is_told_so(self, alices: Client, body: bytes) -> None:
        document = problem(alices.generic("POST", LIST, body, "application/json"), 400, "parse_error")
        assert document["detail"].startswith("The body is no JSON: ")

    def test_a_body_is_bounded_and_says_so(self, alices: Client) -> None:
        large = b'{"text": "' + b"x" * 10_000_000 + b'"}'
        document = problem(alices.generic("POST", LIST, large, "application/json"), 413, "body_too_large")
        assert document["detail"] == "The body is larger than 2560 KiB. Send it in parts."

    def test_what_nobody_expected_answers_500_and_tells_no_detail(self, client: Client) -> None:
        client.raise_request_exception = False
        document = problem(client.get("/api/v1/broken/"), 500, "error")
        assert "secret" not in json.dumps(document)

    def test_a_refused_move_lists_the_legal_ones(self, alice: User, alices: Client) -> None:
        some_notes(alice, 1)
        assert send(alices, "POST", f"{LIST}N1/close/", {"reason": "done"}).status_code == 200
        document = problem(send(alices, "POST", f"{LIST}N1/close/", {"reason": "done"}), 409, "illegal_move")
        assert (document["state"], document["legal_moves"]) == ("closed", ["reopen"])

    def test_a_service_names_the_field_that_it_refuses(self, alice: User, alices: Client) -> None:
        some_notes(alice, 1)
        document = problem(send(alices, "POST", f"{LIST}N1/close/", {"reason": "none"}), 400, "invalid")
        assert document["errors"] == [{"field": "reason", "code": "invalid", "detail": "Give a real one."}]


class TestStrictInput:
    def test_create_answers_201_with_address_and_etag(self, alices: Client) -> None:
        response = send(alices, "POST", LIST, {"code": "N1", "text": "Hello", "due_on": "2026-12-01"})
        assert response.status_code == 201
        assert response["Location"].endswith("/api/v1/notes/N1/")
        assert response["ETag"] == alices.get(f"{LIST}N1/")["ETag"]
        assert response.json()["due_on"] == "2026-12-01"

    def test_all_that_is_wrong_is_named_at_once(self, alices: Client) -> None:
        response = send(alices, "POST", LIST, {"text": "x" * 201, "colour": "red", "state": "closed"})
        assert fields_of(problem(response, 400, "invalid")) == {
            "code": "required",
            "text": "max_length",
            "colour": "unknown",
            "state": "read_only",
        }

    def test_a_write_takes_what_a_read_gives(self, alice: User, alices: Client) -> None:
        some_notes(alice, 1)
        read = alices.get(f"{LIST}N1/")
        body = {**read.json(), "text": "Changed"}
        response = send(alices, "PATCH", f"{LIST}N1/", body, **{"If-Match": read["ETag"]})
        assert response.status_code == 200, response.content
        assert (response.json()["text"], response.json()["version"]) == ("Changed", 2)

    def test_a_read_only_field_is_refused_changed(self, alice: User, alices: Client) -> None:
        some_notes(alice, 1)
        read = alices.get(f"{LIST}N1/")
        body = {**read.json(), "owner_name": "Mallory"}
        response = send(alices, "PATCH", f"{LIST}N1/", body, **{"If-Match": read["ETag"]})
        assert fields_of(problem(response, 400, "invalid")) == {"owner_name": "read_only"}

    def test_a_body_of_another_shape_is_refused(self, alices: Client) -> None:
        problem(send(alices, "POST", LIST, ["a", "list"]), 400, "invalid")


class TestConcurrency:
    def test_unchanged_answers_304_without_a_body(self, alice: User, alices: Client) -> None:
        some_notes(alice, 3)
        for path in (LIST, f"{LIST}N1/", "/api/v1/"):
            etag = alices.get(path)["ETag"]
            for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
                response = alices.get(path, headers={"If-None-Match": known})
                assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
            assert alices.get(path, headers={"If-None-Match": '"other"'}).status_code == 200

    def test_a_change_needs_if_match(self, alice: User, alices: Client) -> None:
        some_notes(alice, 1)
        problem(send(alices, "PATCH", f"{LIST}N1/", {"text": "x"}), 428, "precondition_required")
        assert Note._default_manager.get().text == "Note 1"

    def test_a_stale_change_is_refused_with_the_present_etag(self, alice: User, alices: Client) -> None:
        some_notes(alice, 1)
        old = alices.get(f"{LIST}N1/")["ETag"]
        new = send(alices, "PATCH", f"{LIST}N1/", {"text": "first"}, **{"If-Match": old})["ETag"]
        response = send(alices, "PATCH", f"{LIST}N1/", {"text": "second"}, **{"If-Match": old})
        assert problem(response, 412, "stale")["etag"] == response["ETag"] == new
        assert Note._default_manager.get().text == "first"

    def test_a_neighbours_new_name_does_not_stand_in_the_way(self, alice: User, alices: Client) -> None:
        some_notes(alice, 1)
        etag = alices.get(f"{LIST}N1/")["ETag"]
        User.objects.filter(pk=alice.pk).update(name="Alice Married")
        assert alices.get(f"{LIST}N1/", headers={"If-None-Match": etag}).status_code == 200
        assert send(alices, "PATCH", f"{LIST}N1/", {"text": "x"}, **{"If-Match": etag}).status_code == 200

    def test_a_weak_etag_matches_no_change(self, alice: User, alices: Client) -> None:
        some_notes(alice, 1)
        etag = alices.get(f"{LIST}N1/")["ETag"]
        problem(send(alices, "PATCH", f"{LIST}N1/", {"text": "x"}, **{"If-Match": f"W/{etag}"}), 412, "stale")


class TestItems:
    def test_code_and_id_name_the_same(self, alice: User, alices: Client) -> None:
        note = some_notes(alice, 1)[0]
        assert alices.get(f"{LIST}N1/").json() == alices.get(f"{LIST}{note.pk}/").json()

    @pytest.mark.parametrize("ref", ["N2", "999999", "9" * 60, "%00", "a-b", "%F0%9F%90%88"])
    def test_no_such_thing(self, alice: User, alices: Client, ref: str) -> None:
        some_notes(alice, 1)
        problem(alices.get(f"{LIST}{ref}/"), 404, "not_found")

    def test_a_stranger_finds_changes_and_moves_nothing(self, alice: User, bob: User, client_of: TokenClient) -> None:
        some_notes(alice, 1)
        bobs = client_of(bob)
        assert bobs.get(LIST).json()["results"] == []
        problem(bobs.get(f"{LIST}N1/"), 404, "not_found")
        problem(send(bobs, "PATCH", f"{LIST}N1/", {"text": "x"}, **{"If-Match": "*"}), 404, "not_found")
        problem(send(bobs, "POST", f"{LIST}N1/close/", {"reason": "x"}), 404, "not_found")
        assert Note._default_manager.get().state == "open"


class TestTokensAndSessions:
    def test_one_query_signs_a_token_in(self, alices: Client) -> None:
        alices.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            alices.get(LIST)
        assert len(captured) == 2, [query["sql"] for query in captured]

    def test_last_use_is_written_once_a_minute(self, alices: Client, clock: Any) -> None:
        alices.get(LIST)
        first = ApiToken.objects.get().last_used_at
        alices.get(LIST)
        assert ApiToken.objects.get().last_used_at == first is not None
        clock.advance(dt.timedelta(seconds=61))
        alices.get(LIST)
        assert ApiToken.objects.filter(last_used_at__gt=first).exists()

    def test_expired_revoked_and_mistyped_tokens_are_refused(self, alice: User, alices: Client, clock: Any) -> None:
        for text in ("abc", "é", "a b", ""):
            assert Client(headers={"Authorization": f"Bearer {text}"}).get(LIST).status_code == 401
        clock.advance(dt.timedelta(days=2))
        problem(alices.get(LIST), 401, "token_expired")
        clock.advance(dt.timedelta(days=-2))
        assert alices.get(LIST).status_code == 200
        services.revoke_token(token=ApiToken.objects.get(), by=alice, at=clock.now())
        problem(alices.get(LIST), 401, "authentication_failed")

    def test_a_closed_account_closes_its_tokens(self, alice: User, alices: Client) -> None:
        User.objects.filter(pk=alice.pk).update(is_active=False)
        problem(alices.get(LIST), 401, "authentication_failed")

    def test_a_reading_token_writes_nothing(self, alice: User, client_of: TokenClient) -> None:
        reader = client_of(alice, scope="read")
        assert reader.get(LIST).status_code == 200
        document = problem(send(reader, "POST", LIST, {"code": "N1", "text": "x"}), 403, "scope_missing")
        assert "write" in document["detail"]

    def test_a_session_needs_the_csrf_token(self, alice: User) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(alice)
        assert browser.get(LIST).status_code == 200
        problem(send(browser, "POST", LIST, {"code": "N1", "text": "x"}), 403, "permission_denied")
        browser.cookies["csrftoken"] = "a" * 32
        body = {"code": "N1", "text": "x"}
        assert send(browser, "POST", LIST, body, **{"X-CSRFToken": "a" * 32}).status_code == 201

    def test_staff_only(self, alice: User, alices: Client) -> None:
        problem(alices.get("/api/v1/staff-only/"), 403, "permission_denied")
        User.objects.filter(pk=alice.pk).update(is_staff=True)
        assert alices.get("/api/v1/staff-only/").status_code == 200


class TestThrottles:
    def test_too_often_answers_429_with_retry_after(self, alices: Client, settings: Settings) -> None:
        settings.API_RATES = {"token": 3, "person": 100, "stranger": 100}
        answers = [alices.get(LIST).status_code for _ in range(3)]
        response = alices.get(LIST)
        assert answers == [200] * 3
        problem(response, 429, "throttled")
        assert 1 <= int(response["Retry-After"]) <= 60

    def test_a_person_is_counted_over_all_tokens(
        self, alice: User, bob: User, client_of: TokenClient, settings: Settings
    ) -> None:
        settings.API_RATES = {"token": 100, "person": 3, "stranger": 100}
        answers = [client_of(alice).get(LIST).status_code for _ in range(4)]
        assert answers == [200, 200, 200, 429]
        assert client_of(bob).get(LIST).status_code == 200

    def test_strangers_are_counted_by_address(self, client: Client, settings: Settings) -> None:
        settings.API_RATES = {"token": 100, "person": 100, "stranger": 2}
        assert [client.get("/api/v1/").status_code for _ in range(3)] == [200, 200, 429]


class TestSchema:
    def test_it_describes_problems_etags_and_both_ways_in(self, client: Client) -> None:
        schema = client.get("/api/schema/").json()
        assert schema["openapi"].startswith("3.1")
        assert {"token", "cookieAuth"} <= set(schema["components"]["securitySchemes"])
        listing = schema["paths"]["/api/v1/notes/"]["get"]
        names = {parameter["name"] for parameter in listing["parameters"]}
        assert names == {"cursor", "limit", "fields", "ordering", "state", "due_after", "due_before", "If-None-Match"}
        assert "ETag" in listing["responses"]["200"]["headers"]
        assert "application/problem+json" in listing["responses"]["400"]["content"]
        change = schema["paths"]["/api/v1/notes/{ref}/"]["patch"]
        assert {"412", "428", "409", "404"} <= set(change["responses"])
        assert any(parameter["name"] == "If-Match" and parameter["required"] for parameter in change["parameters"])
        assert set(schema["paths"]["/api/v1/notes/"]["post"]["responses"]) >= {"201", "400"}
        assert "Retry-After" in listing["responses"]["429"]["headers"]

    def test_the_index_names_every_list(self, client: Client) -> None:
        assert client.get("/api/v1/").json() == {"notes": "http://testserver/api/v1/notes/"}

    def test_the_docs_have_no_inline_script_or_style(self, client: Client) -> None:
        page = client.get("/api/docs/").content.decode()
        assert "<style" not in page and "swagger-ui-bundle.js" in page
        assert all("src=" in script for script in page.split("<script")[1:])
        script = client.get("/api/docs/?script=")
        assert script["Content-Type"].startswith("application/javascript")
