"""The shell in a real browser: axe, the phone, the keyboard, without a word from the console."""

from itertools import product

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from core.accounts.models import User
from tests.support.browser import DESK, PHONE, broken_rules, listen, overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = ["/", "/accounts/login/", "/accounts/password/reset/", "/no-such-page/"]
PERSONAL = ["/accounts/email/", "/accounts/password/change/", "/accounts/sessions/", "/accounts/logout/"]


@pytest.fixture
def staff(alice: User) -> User:
    """Alice, who runs the installation too."""
    alice.is_staff = True
    alice.save()
    return alice


@pytest.mark.parametrize(("scheme", "screen"), list(product(("light", "dark"), ("desk", "phone"))))
def test_every_page_of_the_shell_satisfies_axe_and_fits(
    browser: Browser, live_server: LiveServer, staff: User, scheme: str, screen: str
) -> None:
    size = DESK if screen == "desk" else PHONE
    context = browser.new_context(**size, color_scheme=scheme)
    page = context.new_page()
    complaints = listen(page)
    found: dict[str, object] = {}

    def look(address: str) -> None:
        page.goto(live_server.url + address)
        if rules := broken_rules(page):
            found[address] = rules
        if overflow(page):
            found[address + " (wide)"] = overflow(page)

    for address in PUBLIC:
        look(address)
    sign_in(context, live_server, staff)
    for address in [*PERSONAL, "/styleguide/"]:
        look(address)
    context.close()
    assert found == {}
    assert complaints == []
