"""A day with the product, as people live it: from the link in the morning to the token at night."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from core import clock
from core.accounts.models import ApiToken
from notifications import services as notifications
from tests.journeys.conftest import Cast, Enter
from workstreams.choices import ActionState
from workstreams.models import ActionItem

pytestmark = pytest.mark.django_db(transaction=True)

PROMISE = "Brief contact-centre managers in person"
BOTH_WAYS = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


def main_link(page: Page, name: str) -> None:
    """Follow a link of the main navigation."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()


def row(page: Page, title: str) -> Locator:
    """Return the row of My work that has a title."""
    return page.locator("li.row", has_text=title)


def said(page: Page, words: str) -> None:
    """Expect a message."""
    expect(page.locator("#messages .toast").last).to_contain_text(words)


@BOTH_WAYS
def test_who_signs_in_by_link_finds_what_is_late_and_keeps_a_promise(people: Cast, enter: Enter, script: bool) -> None:
    page = enter(people["Marta"], script=script)
    main_link(page, "Programs")
    page.get_by_role("link", name="One Customer").click()
    expect(page.locator(".lead")).to_contain_text("Income and consent write-back live moved 35 days")
    page.get_by_role("navigation", name="Pages of the program").get_by_role("link", name="Milestones").click()
    page.get_by_label("State").select_option("Moved beyond its baseline")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Income and consent write-back live")).to_be_visible()
    expect(page.get_by_text("Customer matching rules approved")).to_have_count(0)

    main_link(page, "My work")
    if script:
        page.evaluate("window.stayed = true")
    row(page, PROMISE).get_by_role("button", name="Keep").click()
    said(page, "Kept.")
    expect(row(page, PROMISE)).to_have_count(0)
    assert ActionItem.objects.get(code="A6").state == ActionState.KEPT
    if script:
        assert page.evaluate("window.stayed")

    page.get_by_role("button", name="Undo").click()
    said(page, "Undone.")
    expect(page).to_have_url(re.compile("/my-work/$"))
    expect(row(page, PROMISE)).to_have_count(1)
    assert ActionItem.objects.get(code="A6").state == ActionState.COMMITTED


@BOTH_WAYS
def test_who_is_asked_declines_with_a_reason(
    people: Cast, asked_of_marta: ActionItem, enter: Enter, script: bool
) -> None:
    page = enter(people["Marta"], script=script)
    title = asked_of_marta.title
    row(page, title).get_by_role("link", name="Decline").click()
    page.get_by_role("button", name="Decline").click()
    expect(page.locator(".field--wrong")).to_be_visible()
    page.get_by_label("Why not").fill("The coaches are on leave")
    page.get_by_role("button", name="Decline").click()
    said(page, "Declined.")
    expect(row(page, title)).to_have_count(0)
    asked_of_marta.refresh_from_db()
    assert (asked_of_marta.state, asked_of_marta.note) == (ActionState.DECLINED, "The coaches are on leave")


@BOTH_WAYS
def test_who_is_asked_gives_another_date(people: Cast, asked_of_marta: ActionItem, enter: Enter, script: bool) -> None:
    page = enter(people["Marta"], script=script)
    title, later = (
        asked_of_marta.title,
        asked_of_marta.requested_for.replace(year=asked_of_marta.requested_for.year + 1),
    )
    row(page, title).get_by_role("link", name="Another date").click()
    page.get_by_label("Promised for").fill(later.isoformat())
    page.get_by_role("button", name="Promise").click()
    said(page, "Promised.")
    asked_of_marta.refresh_from_db()
    assert (asked_of_marta.state, asked_of_marta.promised_for) == (ActionState.COMMITTED, later)


def test_the_inbox_tells_why_and_is_marked_as_read(people: Cast, asked_of_marta: ActionItem, enter: Enter) -> None:
    notifications.run_once(at=clock.now(), worker="test")
    page = enter(people["Marta"])
    main_link(page, "Inbox")
    line = row(page, asked_of_marta.title)
    expect(line).to_contain_text("Joan Ellery asks you for this by")
    line.get_by_role("button", name="Mark as read").click()
    expect(line.get_by_role("button", name="Mark as unread")).to_be_visible()
    expect(page.locator("#count-notifications\\:inbox")).to_be_hidden()
    line.get_by_role("link", name=asked_of_marta.title).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(asked_of_marta.title)


@BOTH_WAYS
def test_preferences_are_kept(people: Cast, enter: Enter, script: bool) -> None:
    page = enter(people["Sana"], script=script, locale="en-GB")
    page.goto("/preferences/")
    page.locator("#id_hour").select_option("7")
    page.locator("input[name=weekdays]").last.check()
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".lead")).to_contain_text("07:00")
    expect(page.locator("input[name=weekdays]").last).to_be_checked()


@BOTH_WAYS
def test_a_token_is_made_shown_once_and_revoked(people: Cast, enter: Enter, script: bool) -> None:
    page = enter(people["Joan"], script=script)
    page.goto("/accounts/tokens/")
    page.get_by_label("What it is for").fill("My spreadsheet")
    page.get_by_label("Read and write").check()
    page.get_by_role("button", name="Make a token").click()
    text = page.locator("#token-text").inner_text()
    answer = page.request.get("/api/v1/programs/", headers={"Authorization": f"Bearer {text}"})
    assert [program["key"] for program in answer.json()["results"]] == ["ONE"]
    page.goto("/accounts/tokens/")
    expect(page.locator("#token-text")).to_have_count(0)
    page.get_by_role("link", name="Revoke My spreadsheet").click()
    page.get_by_role("button", name="Revoke").click()
    said(page, "opens nothing any more")
    assert not ApiToken.objects.exists()
    page.context.clear_cookies()
    refused = page.request.get("/api/v1/programs/", headers={"Authorization": f"Bearer {text}"})
    assert refused.status == 401
