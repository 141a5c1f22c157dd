"""The page of a large program in a real browser: nothing overlaps, the keyboard reaches everything, a phone fits."""

from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from core.accounts.models import User
from tests.conftest import Clock
from tests.support import big_program
from tests.support.big_program import Size
from tests.support.browser import DESK, PHONE, broken_rules_in_both_schemes, listen, overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

# What is written or marked in the picture, each with the part it belongs to.
DRAWN = """() => [...document.querySelectorAll(
  '.lanes text, .lanes__point, .lanes__tick, .lanes__baseline, .lanes__diamond'
)].map((part) => {
  const box = part.getBoundingClientRect();
  return {name: part.textContent || part.getAttribute('class'), left: box.left, right: box.right, top: box.top,
          bottom: box.bottom, kind: part.tagName};
})"""
# The font's line is higher than its letters: so much of it is empty, above and below.
LEADING = 2.5
PAGES = ("", "lanes/", "milestones/", "actions/", "gates/", "raid/", "people/", "reminders/")


@pytest.fixture(autouse=True)
def _november(clock: Clock) -> None:
    clock.move_to(big_program.NOW)


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    top = max(each["top"] + (LEADING if each["kind"] == "text" else 0) for each in (one, other))
    bottom = min(each["bottom"] - (LEADING if each["kind"] == "text" else 0) for each in (one, other))
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    return bool(across > 0.5 and bottom - top > 0.5)


@pytest.mark.parametrize("streams", [2, 7])
@pytest.mark.parametrize("selected", ["", "?selected=S101"])
def test_nothing_overlaps_at_1280_pixels(
    page: Page, live_server: LiveServer, alice: User, streams: int, selected: str
) -> None:
    big_program.make(alice, size=Size(workstreams=streams))
    sign_in(page.context, live_server, alice)
    page.goto(f"{live_server.url}/programs/BIG/{selected}")
    drawn = page.evaluate(DRAWN)
    assert len(drawn) > 200
    assert [(one["name"], other["name"]) for one, other in combinations(drawn, 2) if _overlap(one, other)] == []
    frame = page.locator(".lanes").bounding_box()
    assert frame is not None
    for each in drawn:
        assert frame["x"] - 1 <= each["left"] and each["right"] <= frame["x"] + frame["width"] + 1
    assert overflow(page) == 0
    assert page.evaluate("(s => s.scrollWidth - s.clientWidth)(document.querySelector('.lanes-scroll'))") == 0


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_a_program_satisfies_axe_and_fits_light_and_dark(
    browser: Browser, live_server: LiveServer, alice: User, size: dict[str, Any]
) -> None:
    big_program.make(alice, size=Size(phases=12, milestones=60, dependencies=60, outcomes=4, actions=12))
    context = browser.new_context(**size)
    page = context.new_page()
    complaints = listen(page)
    sign_in(context, live_server, alice)
    found: dict[str, object] = {}
    for address in ("/programs/", "/programs/new/", *(f"/programs/BIG/{name}" for name in PAGES)):
        page.goto(live_server.url + address)
        if problems := [*broken_rules_in_both_schemes(page), *(["too wide"] if overflow(page) else [])]:
            found[address] = problems
    context.close()
    assert found == {}
    assert complaints == []


def test_a_milestone_is_chosen_with_the_keyboard_and_keeps_the_focus(
    page: Page, live_server: LiveServer, alice: User
) -> None:
    big_program.make(alice, size=Size(milestones=40, dependencies=60))
    sign_in(page.context, live_server, alice)
    page.goto(f"{live_server.url}/programs/BIG/")
    mark = page.locator("a.lanes__mark:not([tabindex])").first
    code = str(mark.get_attribute("id"))
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lanes__arrows path").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == code
    page.keyboard.press("Enter")
    expect(page.locator(".lanes__arrows")).to_have_count(0)


def test_the_keyboard_alone_reaches_every_link(page: Page, live_server: LiveServer, alice: User) -> None:
    big_program.make(alice, size=Size(phases=3, milestones=12, dependencies=8, outcomes=3, actions=6))
    sign_in(page.context, live_server, alice)
    page.goto(f"{live_server.url}/programs/BIG/")
    wanted = page.evaluate(
        "[...document.querySelectorAll('main a')].filter((a) => a.tabIndex >= 0 && a.getClientRects().length).length"
    )
    page.evaluate("window.reached = new Set()")
    for _step in range(200):
        page.keyboard.press("Tab")
        page.evaluate("window.reached.add(document.activeElement)")
    reached = page.evaluate(
        "[...window.reached].filter((e) => e.closest('main') && e.tagName.toLowerCase() === 'a').length"
    )
    assert reached == wanted


def test_a_phone_lists_what_is_late_and_leaves_the_lanes_behind_a_link(
    browser: Browser, live_server: LiveServer, alice: User
) -> None:
    big_program.make(alice, size=Size(milestones=60, dependencies=20))
    context = browser.new_context(**PHONE)
    page = context.new_page()
    sign_in(context, live_server, alice)
    page.goto(f"{live_server.url}/programs/BIG/")
    expect(page.locator(".lanes")).not_to_be_visible()
    expect(page.get_by_role("heading", name="Overdue or moved", exact=True)).to_be_visible()
    page.get_by_role("link", name="Show the lanes").click()
    expect(page.locator(".lanes")).to_be_visible()
    context.close()
