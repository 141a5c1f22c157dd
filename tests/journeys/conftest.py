"""The sample program as of today in a real browser, and the people in it by their first names."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from backend.programfile.services import load_program_file
from core import clock
from core.accounts.models import User
from core.accounts.services import make_signin_link
from tests.support.browser import DESK, listen
from workstreams import services
from workstreams.models import ActionItem, Milestone
from workstreams.services import ActionRequest

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"

Cast = dict[str, User]
Enter = Callable[..., Page]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    """The people of the sample program, which is loaded as of today."""
    now = clock.now()
    today = clock.today("Europe/London", now)
    load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name="one-customer.yaml", as_of=today, by=None, at=now
    )
    return {person.name.split()[0]: person for person in User.objects.all()}


@pytest.fixture
def asked_of_marta(people: Cast) -> ActionItem:
    """Something that the manager asks of the sponsor by the day after tomorrow."""
    now = clock.now()
    milestone = Milestone.objects.select_related("program", "workstream", "phase").get(code="C4")
    request = ActionRequest(
        workstream=milestone.workstream, phase=milestone.phase, title="Open the first coaching round",
        performer=people["Marta"], requested_for=clock.today("Europe/London", now) + dt.timedelta(days=2),
    )  # fmt: skip
    return services.request_action(program=milestone.program, request=request, by=people["Joan"], at=now)


@pytest.fixture
def enter(browser: Browser, live_server: LiveServer) -> Iterator[Enter]:
    """Let a person in by a link that signs in once; what the page complains of fails the test."""
    opened: list[tuple[Page, list[str]]] = []

    def let_in(person: User, *, script: bool = True, **options: object) -> Page:
        context = browser.new_context(**{**DESK, **options}, java_script_enabled=script, base_url=live_server.url)
        page = context.new_page()
        opened.append((page, listen(page)))
        _link, secret = make_signin_link(person=person, at=clock.now(), by=None)
        page.goto(f"/accounts/sign-in/{secret}/")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/my-work/")
        return page

    yield let_in
    for page, complaints in opened:
        page.context.close()
        assert complaints == []
