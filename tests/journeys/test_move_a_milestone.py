"""A manager moves a milestone in the plan: what it pushes is shown first, then done, and whoever is pushed is told."""

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from backend.programfile.services import load_program_file
from core import clock
from core.accounts.models import User
from tests.support.browser import PHONE, broken_rules, listen, overflow, sign_in

pytestmark = [pytest.mark.django_db(transaction=True)]
SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"


@pytest.fixture
def joan(transactional_db: None) -> User:
    """The manager of the sample program, loaded as of today."""
    at = clock.now()
    text = SAMPLE.read_text(encoding="utf-8")
    load_program_file(text=text, source_name=SAMPLE.name, as_of=at.date(), by=None, at=at)
    return User.objects.get(email="joan.ellery@harbourvale.example")


def far(days: int) -> str:
    return (clock.now().date() + dt.timedelta(days=days)).isoformat()


def test_a_date_is_moved_after_seeing_what_it_pushes(page: Page, live_server: LiveServer, joan: User) -> None:
    sign_in(page.context, live_server, joan)
    page.goto(f"{live_server.url}/programs/ONE/plan/")
    row = page.locator("#S4")
    row.get_by_role("link", name="Edit").press("Enter")
    page.get_by_label("New date").fill(far(200))
    expect(page.get_by_text("This pushes")).to_be_visible()
    expect(page.locator(".pushes")).to_contain_text("Wave 1 live")
    assert broken_rules(page) == []
    page.get_by_label("Why another date").fill("The vendor moved its release")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The plan is changed.")).to_be_visible()
    expect(page.locator("#S5")).to_contain_text("pushed by S4")
    expect(page.locator(".plan__editing")).to_have_count(0)


def test_the_focus_goes_into_a_row_and_comes_back(page: Page, live_server: LiveServer, joan: User) -> None:
    sign_in(page.context, live_server, joan)
    page.goto(f"{live_server.url}/programs/ONE/plan/")
    edit = page.locator("#S4").get_by_role("link", name="Edit")
    edit.press("Enter")
    expect(page.locator("#id_S4_name")).to_be_focused()
    page.get_by_role("link", name="Cancel").press("Enter")
    expect(edit).to_be_focused()

    edit.press("Enter")
    page.locator("#id_S4_name").fill("")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("This field is required.", exact=True)).to_be_visible()
    expect(page.locator("#id_S4_name")).to_be_focused()
    page.locator("#id_S4_name").fill("Write-back live")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.locator("#S4")).to_contain_text("Write-back live")
    expect(edit).to_be_focused()


TYPES_AT_ONCE = """day => new MutationObserver(() => {
    const field = document.getElementById("id_S4_forecast_on");
    if (!field || field.value === day) return;
    field.value = day;
    field.dispatchEvent(new Event("change", {bubbles: true}));
}).observe(document.body, {childList: true, subtree: true})"""


def test_a_form_that_is_fetched_works_from_the_moment_it_is_seen(
    page: Page, live_server: LiveServer, joan: User
) -> None:
    sign_in(page.context, live_server, joan)
    page.goto(f"{live_server.url}/programs/ONE/plan/")
    page.evaluate(TYPES_AT_ONCE, far(200))
    page.locator("#S4").get_by_role("link", name="Edit").click()
    expect(page.get_by_text("This pushes")).to_be_visible()


def test_several_are_moved_with_one_reason(page: Page, live_server: LiveServer, joan: User) -> None:
    sign_in(page.context, live_server, joan)
    page.goto(f"{live_server.url}/programs/ONE/plan/")
    for code in ("S4", "C4"):
        page.get_by_label(f"Move {code}").check()
    page.get_by_label("By days").fill("120")
    page.get_by_label("Why", exact=True).fill("The branch systems are frozen")
    page.get_by_role("button", name="What does this push?").click()
    expect(page.get_by_text("2 milestones move")).to_be_visible()
    assert broken_rules(page) == []
    page.get_by_role("button", name="Move them").click()
    expect(page.get_by_text("2 milestones moved.")).to_be_visible()


@pytest.mark.parametrize("path", ["plan/", "plan/?edit=S4", "plan/add/", "plan/paste/", "workstreams/"])
def test_the_plan_fits_a_phone(browser: Browser, live_server: LiveServer, joan: User, path: str) -> None:
    context = browser.new_context(**PHONE, color_scheme="dark")
    page = context.new_page()
    complaints = listen(page)
    sign_in(context, live_server, joan)
    page.goto(f"{live_server.url}/programs/ONE/{path}")
    found = (overflow(page), broken_rules(page))
    context.close()
    assert found == (0, [])
    assert complaints == []
