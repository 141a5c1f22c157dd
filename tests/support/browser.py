"""A real browser for tests: the machine's Chromium, driven by playwright, checked by axe.

    pytestmark = [pytest.mark.django_db(transaction=True)]

    def test_sign_in(page: Page, live_server: LiveServer) -> None: ...

`page` is a fresh context at 1280 px; `browser.new_context(**PHONE)` is one at 360 px.
`sign_in(page.context, live_server, user)` enters as a person. `broken_rules(page)` is what axe finds, a line each.
A page that logs an error, or breaks the content security policy, fails its test.
Without a Chromium the tests are skipped, but fail where CI=true.
"""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from core.accounts.models import User

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Milliseconds for a page to show what it should: plenty, since two runs and their browsers share two cores.
PATIENCE = 20_000
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"]
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "has_touch": True}
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What may differ on one page between light and dark: all that axe says of colours.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Only what is wrong comes over the wire: what is right is most of a report, and most of its time.
ASK = """async (rules) => {
  const report = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return report.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""


def executable() -> str:
    """Return the browser's path: CHROMIUM, else the first found; skip the test, or fail it in CI, without one."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if path:
        return path
    message = f"no browser: none of {', '.join(NAMES)} is on the PATH and CHROMIUM names none"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session."""
    path = executable()
    # The driver runs a loop of its own in this thread, which Django would take for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own, at 1280 px; an error in its console fails the test."""
    context = browser.new_context(**DESK)
    opened = context.new_page()
    complaints = listen(opened)
    yield opened
    context.close()
    assert complaints == []


def listen(page: Page) -> list[str]:
    """Return a list that fills with every error a page logs: scripts that break, policies that refuse."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda entry: complaints.append(f"{entry.text} {entry.location}") if _is_complaint(entry) else None
    )
    return complaints


def _is_complaint(entry: Any) -> bool:
    # A refused status is an answer that tests ask for; the browser logs it all the same.
    refused = ("the server responded with a status of 4", "Response Status Error Code 4")
    return entry.type == "error" and not any(words in entry.text for words in refused)


def sign_in(context: BrowserContext, live_server: LiveServer, user: User) -> None:
    """Give a browser's context the session of a person who signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": live_server.url}
    context.add_cookies([cookie])  # type: ignore[list-item]


def broken_rules(page: Page) -> list[str]:
    """Return what axe finds on a page, WCAG 2.2 AA and best practice: rule, place, what to do."""
    page.evaluate(Axe().axe_script)
    return list(page.evaluate(ASK, RULES))


def broken_rules_in_both_schemes(page: Page) -> list[str]:
    """Return what axe finds on a page, and what it finds of the colours once light is dark, or dark light."""
    found = broken_rules(page)
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if is_dark else "dark", reduced_motion="reduce")
    found += page.evaluate(ASK, COLOUR_RULES)
    page.emulate_media(color_scheme="dark" if is_dark else "light", reduced_motion="reduce")
    return found


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its window: 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
