"""What browsers are told with every answer, and whose address the client's is."""

import os
import subprocess
import sys
from http import HTTPStatus

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from core.accounts.models import User
from core.middleware import ClientAddressMiddleware

ADDRESSES = ["/", "/health/live/", "/no-such-page/", "/accounts/login/", "/admin/", "/styleguide/", "/static/none.css"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_answer_allows_anything_unsafe(client: Client, alice: User, address: str) -> None:
    for answer in (client.get(address), client.get(address, headers={"hx-request": "true"})):
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client_address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),  # nobody is believed
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),  # what the client wrote itself stands further left
        (2, "198.51.100.7, 203.0.113.9, 192.0.2.4", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),  # fewer hops than proxies: somebody came around them
        (1, "", "10.0.0.1"),
    ],
)
def test_the_client_is_whom_the_outermost_trusted_proxy_saw(
    rf: RequestFactory, settings: Settings, proxies: int, forwarded: str, client_address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    seen: list[HttpRequest] = []

    def keep(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    ClientAddressMiddleware(keep)(rf.get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="10.0.0.1"))
    assert seen[0].META["REMOTE_ADDR"] == client_address
    assert "HTTP_X_FORWARDED_FOR" not in seen[0].META


PRINT = (
    "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
    "s.SECURE_HSTS_SECONDS, s.SECURE_PROXY_SSL_HEADER, s.SESSION_COOKIE_HTTPONLY)"
)


@pytest.mark.parametrize(
    ("url", "proxies", "told"),
    [
        ("http://127.0.0.1:8000", "0", "False False 0 None True"),
        ("https://crm.example.org", "0", "True True 31536000 None True"),
        ("https://crm.example.org", "1", "True True 31536000 ('HTTP_X_FORWARDED_PROTO', 'https') True"),
    ],
)
def test_cookies_and_transport_follow_the_public_address(url: str, proxies: str, told: str) -> None:
    variables = {"PUBLIC_URL": url, "TRUSTED_PROXIES": proxies, "DJANGO_SETTINGS_MODULE": "backend.settings"}
    done = subprocess.run(
        [sys.executable, "-c", PRINT], env={**os.environ, **variables}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == told


@pytest.mark.parametrize("address", ["/admin/", "/styleguide/"])
def test_what_staff_see_runs_under_the_same_policy(client: Client, alice: User, address: str) -> None:
    User.objects.filter(pk=alice.pk).update(is_staff=True, is_superuser=True)
    client.force_login(User.objects.get(pk=alice.pk))
    page = client.get(address)
    assert page.status_code == HTTPStatus.OK
    assert "unsafe" not in page["Content-Security-Policy"]
    for inline in (" style=", " onclick=", "<style", "<script>"):
        assert inline not in page.text


def test_who_opens_the_address_of_a_button_is_led_on(client: Client, alice: User) -> None:
    client.force_login(alice)
    answer = client.get("/inbox/read/")
    assert (answer.status_code, answer["Allow"]) == (HTTPStatus.METHOD_NOT_ALLOWED, "POST")
    assert "Go to the page that has the button" in answer.content.decode()
    assert client.post("/inbox/", headers={"hx-request": "true"}).content == b""


@pytest.mark.parametrize(
    ("path", "media_type"), [("/api/v1/programs/", "application/problem+json"), ("/", "text/html")]
)
def test_an_impossible_host_name_is_answered_as_its_caller_reads(client: Client, path: str, media_type: str) -> None:
    answer = client.get(path, headers={"Host": "t:Qvh/-VF"})
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (400, media_type)
