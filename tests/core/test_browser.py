"""Browsers by the names that people know."""

import pytest
from django.test import Client

from core.accounts.models import User
from core.templatetags.browser import browser
from tests.cast import PASSWORD

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/131.0.0.0 Safari/537.36", "Chrome on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8.5.0", "Another program"),
        ("", "Another program"),
    ],
)
def test_a_browser_is_called_what_people_call_it(user_agent: str, said: str) -> None:
    assert browser(user_agent) == said


def test_the_sessions_are_told_in_words(alice: User) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0"
    here, there = Client(headers={"user-agent": firefox}), Client()
    here.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    page = here.get("/accounts/sessions/").content.decode()
    assert "You are signed in here alone." in page
    assert "Firefox on Windows" in page and "Gecko" not in page

    there.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    page = here.get("/accounts/sessions/").content.decode()
    assert "You are signed in in 2 browsers." in page
    assert "Another program" in page and "Sign the others out" in page
