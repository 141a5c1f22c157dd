"""The page of an outcome in a real browser: record a reading and see the line move; read it narrow, dark and by axe."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from backend.programfile import services as programfile
from core.accounts.models import User
from programs.models import Measurement
from tests.conftest import Clock
from tests.support.browser import DESK, PHONE, broken_rules_in_both_schemes, overflow, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
PATHS = (
    "/outcomes/ONE-O1/", "/outcomes/ONE-O1/?move=realise", "/programs/ONE/outcomes/", "/programs/ONE/outcomes/new/",
    "/measures/ONE-M2/edit/", "/programs/ONE/readings/", "/programs/ONE/",
)  # fmt: skip


@pytest.fixture
def sample(clock: Clock) -> None:
    """The sample, on its status date."""
    clock.move_to(AT)
    programfile.load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=None, by=None, at=AT
    )


def somebody(name: str) -> User:
    return User.objects.get(email=f"{name}@harbourvale.example")


def line(page: Page) -> str:
    """Return the line of the readings of M2 as it is drawn."""
    return str(page.locator("#M2 .only-wide .chart__line").get_attribute("d"))


def test_a_recorded_reading_moves_the_line_and_a_correction_moves_it_back(
    page: Page, live_server: LiveServer, sample: None
) -> None:
    sign_in(page.context, live_server, somebody("priya.nair"))
    page.goto(f"{live_server.url}/my-work/")
    page.get_by_role("link", name="Contacts repeated within 7 days per 100 requests").first.click()
    page.wait_for_url("**/outcomes/ONE-O1/#M2")
    before = line(page)
    measure = page.locator("#M2")
    measure.get_by_label("New reading").fill("180")
    measure.get_by_role("button", name="Record").click()
    page.get_by_text("Recorded: Contacts repeated").wait_for()
    recorded = line(page)
    assert recorded.startswith(before) or recorded.count("L") == before.count("L") + 1
    assert "180" in str(page.locator("#M2 .measure__values").text_content())
    measure.get_by_text("3 readings as a table").click()
    measure.get_by_role("link", name="Correct 180").click()
    page.get_by_label("Reading").fill("18")
    page.get_by_role("button", name="Correct it").click()
    page.get_by_text("Corrected: Contacts repeated").wait_for()
    assert line(page) != recorded
    assert page.locator("#M2 .only-wide .chart__dot--hollow").count() == 1
    assert list(Measurement.objects.order_by("-pk").values_list("value", flat=True)[:2]) == [18, 180]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_light_or_dark_and_nothing_overflows(
    browser: Browser, live_server: LiveServer, sample: None, size: dict[str, Any]
) -> None:
    context = browser.new_context(**size)
    sign_in(context, live_server, somebody("joan.ellery"))
    page = context.new_page()
    for path in PATHS:
        page.goto(live_server.url + path)
        assert broken_rules_in_both_schemes(page) == [], path
        assert overflow(page) == 0, path
    context.close()
