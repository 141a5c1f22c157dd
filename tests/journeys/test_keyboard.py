"""The main path with the keyboard alone: nothing is clicked, everything is reached by Tab and pressed."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core import clock
from core.accounts.services import make_signin_link
from tests.journeys.conftest import Cast
from workstreams.choices import ActionState
from workstreams.models import ActionItem

pytestmark = pytest.mark.django_db(transaction=True)

# What is hidden from the eye stands in a box of its own, so that a blank comes before its colon.
NAMED = r"""(document.activeElement.innerText || document.activeElement.value || '')
  .trim().replace(/\s+(?=:)/g, '').replace(/\s+/g, ' ')"""
MOST_STEPS = 120


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus says a name; it must show that it has the focus."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate(NAMED) == name:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"Tab never reaches “{name}”")


def press(page: Page, name: str) -> None:
    """Reach something by Tab and press it."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def test_from_the_link_to_a_kept_promise(people: Cast, page: Page, live_server: LiveServer) -> None:
    _link, secret = make_signin_link(person=people["Marta"], at=clock.now(), by=None)
    page.goto(f"{live_server.url}/accounts/sign-in/{secret}/")
    press(page, "Sign in")
    page.wait_for_url("**/my-work/")
    press(page, "Programs")
    page.wait_for_url("**/programs/")
    press(page, "One Customer")
    page.wait_for_url("**/programs/ONE/")
    expect(page.locator(".lead")).to_contain_text("moved")
    press(page, "My work")
    page.wait_for_url("**/my-work/")
    press(page, "Keep: Brief contact-centre managers in person")
    expect(page.locator("#messages .toast").last).to_contain_text("Kept.")
    assert ActionItem.objects.get(code="A6").state == ActionState.KEPT
    press(page, "Undo")
    expect(page.locator("#messages .toast").last).to_contain_text("Undone.")
    assert ActionItem.objects.get(code="A6").state == ActionState.COMMITTED


def test_another_date_is_given_in_place(people: Cast, page: Page, live_server: LiveServer) -> None:
    _link, secret = make_signin_link(person=people["Marta"], at=clock.now(), by=None)
    page.goto(f"{live_server.url}/accounts/sign-in/{secret}/")
    press(page, "Sign in")
    page.wait_for_url("**/my-work/")
    press(page, "Another date: Brief contact-centre managers in person")
    field = page.get_by_label("Promised for")
    expect(field).to_be_visible()
    day = ActionItem.objects.get(code="A6").promised_for
    assert day is not None
    later = day.replace(year=day.year + 1)
    expect(field).to_be_focused()
    page.keyboard.type(later.strftime("%m%d%Y"))
    press(page, "Another date")
    expect(page.locator("#messages .toast").last).to_contain_text("The other date is on record.")
    assert ActionItem.objects.get(code="A6").promised_for == later
