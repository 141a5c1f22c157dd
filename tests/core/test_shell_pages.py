"""The shell in a real browser: axe, the phone, the keyboard, without a word from the console."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.accounts.models import User
from tests.support.browser import DESK, PHONE, broken_rules_in_both_schemes, listen, overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

PUBLIC = ["/", "/accounts/login/", "/accounts/password/reset/", "/no-such-page/"]
PERSONAL = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/logout/",
]


@pytest.fixture
def staff(alice: User) -> User:
    """Alice, who runs the installation too."""
    alice.is_staff = True
    alice.save()
    return alice


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_the_shell_satisfies_axe_and_fits_light_and_dark(
    browser: Browser, live_server: LiveServer, staff: User, size: dict[str, Any]
) -> None:
    context = browser.new_context(**size)
    page = context.new_page()
    complaints = listen(page)
    found: dict[str, object] = {}

    def look(address: str) -> None:
        page.goto(live_server.url + address)
        if rules := broken_rules_in_both_schemes(page):
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


def test_the_keyboard_alone_skips_to_the_page_and_works_the_menu(
    page: Page, live_server: LiveServer, alice: User
) -> None:
    sign_in(page.context, live_server, alice)
    page.goto(f"{live_server.url}/accounts/email/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    summary = page.locator("details.menu > summary")
    summary.focus()
    page.keyboard.press("Enter")
    dark = page.get_by_role("button", name="Dark")
    expect(dark).to_be_visible()
    page.keyboard.press("Escape")
    expect(dark).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_theme_is_chosen_without_script(browser: Browser, live_server: LiveServer, alice: User) -> None:
    context = browser.new_context(**PHONE, java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/password/reset/")
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page).to_have_url(f"{live_server.url}/accounts/password/reset/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()


def test_every_focused_control_shows_where_it_is(page: Page, live_server: LiveServer, alice: User) -> None:
    page.goto(f"{live_server.url}/accounts/password/reset/")
    for _step in range(page.locator("a, button, input:not([type=hidden]), summary").count()):
        page.keyboard.press("Tab")
        style = "getComputedStyle(document.activeElement)"
        on_page = page.evaluate("document.activeElement !== document.body")
        assert not on_page or page.evaluate(f"{style}.outlineStyle") == "solid"


def test_a_failed_fragment_is_said_out_loud(page: Page, live_server: LiveServer, alice: User) -> None:
    page.goto(f"{live_server.url}/accounts/password/reset/")
    page.evaluate("""() => {
      const button = document.createElement("button");
      button.id = "ask";
      button.setAttribute("hx-get", "/no-such-page/");
      document.querySelector("main").append(button);
      htmx.process(button);
    }""")
    page.locator("#ask").click()
    toast = page.locator("#messages .toast--error")
    expect(toast).to_contain_text("Nothing was changed")
    toast.get_by_role("button", name="Dismiss").click()
    expect(toast).to_have_count(0)


def test_the_administration_and_its_scripts_keep_the_policy(page: Page, live_server: LiveServer, staff: User) -> None:
    staff.is_superuser = True
    staff.save()
    sign_in(page.context, live_server, staff)
    page.goto(f"{live_server.url}/admin/")
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()


def test_the_api_docs_run_under_the_same_policy(page: Page, live_server: LiveServer, alice: User) -> None:
    sign_in(page.context, live_server, alice)
    answer = page.goto(f"{live_server.url}/api/docs/")
    assert answer is not None
    assert "unsafe" not in answer.headers["content-security-policy"]
    expect(page.locator(".swagger-ui .info .title")).to_be_visible()


def test_paper_gets_the_page_without_its_frame(page: Page, live_server: LiveServer, alice: User) -> None:
    page.goto(live_server.url)
    expect(page.locator(".header")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".header")).to_be_hidden()
    expect(page.locator(".lead")).to_be_visible()
