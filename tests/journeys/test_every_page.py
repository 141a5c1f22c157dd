"""Every page that has an address: axe finds nothing, a phone fits it, nothing complains, the policy holds.

The list is the URL table's: a page that is added is looked at from then on.
"""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from core.accounts.models import User
from programs.models import Measurement, Program
from tests.access import addresses, arguments
from tests.access.stage import House
from tests.journeys.conftest import Cast
from tests.support.browser import DESK, PHONE, broken_rules_in_both_schemes, listen, overflow, sign_in
from workstreams.models import Milestone

pytestmark = pytest.mark.django_db(transaction=True)

# Forms and things in other states than those that the table's own arguments name.
BESIDES = (
    "/actions/ONE-A6/",
    "/actions/ONE-A2/",
    "/actions/ONE-A6/?move=miss",
    "/milestones/ONE-S4/?move=forecast",
    "/my-work/?item=ONE-A6",
    "/programs/ONE/?selected=S4",
    "/programs/ONE/actions/?state=overdue",
    "/gates/ONE-G3/",
    "/gates/ONE-G3/hold/",
    "/gates/ONE-G3/reschedule/",
    "/gates/ONE-G3/pack/",
    "/assessments/ONE-T2/",
    "/assessments/ONE-T2/results/",
    "/no-such-page/",
)


@pytest.fixture
def joan(people: Cast) -> User:
    """The manager of the sample program, who runs the installation too."""
    manager = people["Joan"]
    manager.is_staff = True
    manager.save()
    return manager


def addresses_of(joan: User) -> list[str]:
    """Return the path of every address that is not data, in the sample program."""
    program = Program.objects.get(key="ONE")
    pks = {
        "milestone": Milestone.objects.get(program=program, code="S4").pk,
        "measurement": Measurement.objects.filter(measure__program=program).latest("pk").pk,
    }
    house = House(program, dict.fromkeys(("member", "viewer", "manager", "sponsor"), joan), "One", pks)
    places = [place for place in arguments.places(addresses.table()) if not _is_data(place)]
    return list(dict.fromkeys(place.path(house, joan) for place in places))


def pages(paths: list[str], reader: User | None) -> list[str]:
    """Return the paths that are pages for somebody."""
    client = Client()
    if reader is not None:
        client.force_login(reader)
    return [path for path in paths if _is_page(client, path)]


def _is_data(place: arguments.Place) -> bool:
    return place.address.is_api and place.address.name != "api-docs"


def _is_page(client: Client, path: str) -> bool:
    """Tell whether a path answers with a whole page, and not with data or a part of a page."""
    answer = client.get(path)
    is_html = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return is_html and answer.content.lstrip()[:9].lower() == b"<!doctype"


def look(context: BrowserContext, url: str, paths: list[str]) -> dict[str, list[str]]:
    """Return what is wrong with each page."""
    page = context.new_page()
    complaints = listen(page)
    found: dict[str, list[str]] = {}
    for path in paths:
        answer = page.goto(url + path)
        assert answer is not None
        wrong = broken_rules_in_both_schemes(page)
        wrong += [f"{overflow(page)} pixels too wide"] if overflow(page) else []
        wrong += ["a policy with unsafe-*"] if "unsafe-" in answer.headers["content-security-policy"] else []
        wrong += complaints
        complaints.clear()
        if wrong:
            found[path] = wrong
    page.close()
    return found


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_satisfies_axe_and_fits_light_and_dark(
    browser: Browser, live_server: LiveServer, joan: User, size: dict[str, Any]
) -> None:
    paths = addresses_of(joan)
    own, public = pages(paths, joan), pages(paths, None)
    assert "/programs/ONE/" in own
    assert "/accounts/login/" in public
    context = browser.new_context(**size)
    found = look(context, live_server.url, public)
    sign_in(context, live_server, joan)
    found |= look(context, live_server.url, [*(path for path in own if path not in public), *BESIDES])
    context.close()
    assert "\n".join(f"{path}: {fault}" for path, faults in found.items() for fault in faults) == ""
