"""The page of a program with much on it, and with nothing yet."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from programs.models import Measure, Program
from tests.conftest import Clock
from tests.support import big_program
from tests.support.big_program import NOW, SMALL, TODAY, Size
from tests.support.pages import text
from workstreams.queries import lane_picture
from workstreams.queries import plan as plans

LISTS = ("milestones", "actions", "gates", "raid", "people", "lanes", "figures", "confidence")
# A session, the plan's five, the figures' nine, outcomes, ten kinds of what is asked, the visit, news, and what each
# page needs.
PAGE_QUERIES = 34
BARE = Size(phases=2, milestones=0, dependencies=0, actions=0, outcomes=1)


@pytest.fixture(autouse=True)
def _november(clock: Clock) -> None:
    clock.move_to(NOW)


def _read(client: Client, person: User, address: str = "/programs/ONE/") -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return text(response)


def test_of_many_outcomes_those_that_need_somebody_stand_on_the_page(alice: User) -> None:
    program = big_program.make(alice, size=Size(phases=12, milestones=0, dependencies=0, actions=0, outcomes=30))
    # Only M3 is behind, and it is not of customer behaviour.
    Measure.objects.exclude(code="M3").update(target_on=dt.date(2036, 6, 30))
    client = Client()
    page = _read(client, alice, f"/programs/{program.key}/")
    shown = [code for code in (f"O{n}" for n in range(1, 31)) if f'<li class="outcome" id="{code}">' in page]
    assert len(shown) == 8 and "O3" in shown
    assert f'<a href="/programs/{program.key}/outcomes/">22 more outcomes</a>' in page


def test_the_page_of_few_outcomes_shows_all_and_speaks_of_no_more(client: Client, alice: User) -> None:
    big_program.make(alice, key="ONE", size=Size(phases=2, milestones=0, dependencies=0, actions=0, outcomes=8))
    assert "more outcome" not in _read(client, alice)


@pytest.mark.parametrize(("days", "is_named"), [(-1, True), (5, False), (75, True)])
def test_the_line_of_today_runs_through_no_month(alice: User, days: int, is_named: bool) -> None:
    program = big_program.make(alice, key="ONE", size=BARE)
    first = plans.plan(program.pk, TODAY)
    month = lane_picture.drawing(first).ticks[3][0].on  # type: ignore[union-attr]
    drawn = lane_picture.drawing(plans.plan(program.pk, month + dt.timedelta(days=days)))
    assert drawn is not None
    named = {tick.on: bool(words) for tick, words in drawn.ticks}
    assert named.pop(month) is is_named


def test_a_program_without_figures_says_so_quietly(client: Client, alice: User) -> None:
    big_program.make(alice, key="ONE", size=Size(phases=2, milestones=0, dependencies=0, actions=0, outcomes=0))
    page = _read(client, alice)
    assert page.count('class="number-box number-box--quiet"') == 3
    figures = " ".join(_read(client, alice, "/programs/ONE/figures/").split())
    assert "Nothing is measured yet; no promise has come due." in figures
    assert "<strong>no data</strong>" not in figures
    assert "No milestone is planned yet." in _read(client, alice, "/programs/ONE/lanes/")


def test_each_rating_of_confidence_leads_to_its_rows(client: Client, alice: User) -> None:
    big_program.make(alice, key="ONE", size=BARE)
    page = _read(client, alice, "/programs/ONE/confidence/")
    for rows in ("outcomes/", "phases/", "milestones/?state=due", "actions/?state=due", "raid/?state=open"):
        assert f'<th scope="row"><a href="/programs/ONE/{rows}">' in page


def test_the_forecast_at_completion_stands_beside_the_money(client: Client, alice: User) -> None:
    big_program.make(alice, key="ONE", size=BARE)
    assert "Forecast at completion" not in _read(client, alice)
    Program.objects.update(
        forecast_at_completion=7_040_000, forecast_at_completion_on=TODAY, forecast_at_completion_reason="Dearer vendor"
    )
    page = _read(client, alice)
    assert "GBP 7,040,000, 110 % of the budget" in page
    assert "because: Dearer vendor" in page


@pytest.mark.parametrize("page", ["", *(f"{name}/" for name in LISTS)])
def test_queries_do_not_grow_with_the_program(client: Client, alice: User, page: str) -> None:
    big_program.make(alice, key="SMALL", size=SMALL)
    big_program.make(alice, key="BIG", size=Size(workstreams=6))
    client.force_login(alice)
    counts = []
    for key in ("SMALL", "BIG"):
        client.get(f"/programs/{key}/{page}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/programs/{key}/{page}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] == PAGE_QUERIES if not page else counts[0] <= 24
