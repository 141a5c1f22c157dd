"""The lines of how a figure moved: where its values stand, where it is broken, and when there is none."""

import datetime as dt
import re
from fractions import Fraction

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from backend.overview import services
from backend.overview.indicators.trend import EDGE, HEIGHT, WIDTH, trend
from backend.overview.models import Snapshot
from core.accounts.models import User
from programs.models import Program
from tests.conftest import Clock
from tests.support import big_program
from tests.support.big_program import NOW, SMALL
from tests.support.pages import read

FIRST = dt.date(2026, 11, 1)
DAY = dt.timedelta(days=1)
Values = list[Fraction | None]


def _points(values: Values) -> list[tuple[dt.date, Fraction | None]]:
    return [(FIRST + number * DAY, value) for number, value in enumerate(values)]


def _places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](\S+) (\S+?)(?=[ML]|$)", path)]


def test_a_line_goes_from_its_least_value_to_its_greatest() -> None:
    line = trend(_points([Fraction(10), Fraction(20), Fraction(30)]))
    assert line is not None
    assert _places(line.path) == [(EDGE, HEIGHT - EDGE), (WIDTH / 2, HEIGHT / 2), (WIDTH - EDGE, EDGE)]
    assert (line.last_x, line.last_y, line.days) == (WIDTH - EDGE, EDGE, 2)
    assert (line.first, line.last) == (Fraction(10), Fraction(30))


def test_what_does_not_move_is_level() -> None:
    line = trend(_points([Fraction(5), Fraction(5)]))
    assert line is not None
    assert {y for _x, y in _places(line.path)} == {HEIGHT / 2}


def test_it_is_broken_where_nothing_was_known_and_never_falls_to_zero() -> None:
    line = trend(_points([Fraction(1), Fraction(2), None, Fraction(2), None]))
    assert line is not None
    assert re.sub(r"[^ML]", "", line.path) == "MLM"
    assert (line.last, line.days) == (Fraction(2), 3)
    assert line.last_x == _places(line.path)[-1][0]


def test_days_are_as_far_apart_as_they_were() -> None:
    line = trend([(FIRST, Fraction(1)), (FIRST + DAY, Fraction(2)), (FIRST + 10 * DAY, Fraction(3))])
    assert line is not None
    first, second, last = (x for x, _y in _places(line.path))
    assert round((second - first) / (last - first), 1) == 0.1


def test_one_value_is_no_line() -> None:
    assert trend([]) is None
    assert trend(_points([None, None])) is None
    assert trend(_points([None, Fraction(4), None])) is None


@given(st.lists(st.none() | st.fractions(min_value=-1000, max_value=1000), max_size=12))
def test_no_line_leaves_its_picture(values: Values) -> None:
    line = trend(_points(values))
    known = [value for value in values if value is not None]
    assert (line is None) == (len(known) < 2)
    if line is not None:
        places = _places(line.path)
        assert len(places) == len(known)
        assert places[-1] == (line.last_x, line.last_y)
        assert all(EDGE <= x <= WIDTH - EDGE and EDGE <= y <= HEIGHT - EDGE for x, y in places)


def test_the_page_draws_it_beside_the_link_to_its_rows(client: Client, alice: User, clock: Clock) -> None:
    clock.move_to(NOW)
    program = big_program.make(alice, key="ONE", size=SMALL)
    client.force_login(alice)
    assert "no history yet" in client.get("/programs/ONE/figures/").content.decode()
    services.take_snapshots(at=NOW - 4 * DAY)
    Snapshot.objects.filter(program=program).update(kept=1, promises_due=4)
    page = read(client, "/programs/ONE/figures/")
    kept = page[page.index('href="/programs/ONE/actions/?state=due"') :].partition("</li>")[0]
    assert 'aria-label="From 25 % to 50 % in 4 days" ><path d="M4.0 28.0L156.0 4.0" />' in kept


def test_money_and_staffing_are_kept_each_day_and_drawn(client: Client, alice: User, clock: Clock) -> None:
    clock.move_to(NOW)
    program = big_program.make(alice, key="ONE", size=SMALL)
    Program.objects.filter(pk=program.pk).update(budget=200, spent=50, staffing_planned=8, staffing_actual=6)
    services.take_snapshots(at=NOW - 4 * DAY)
    Program.objects.filter(pk=program.pk).update(spent=150, staffing_actual=9)
    client.force_login(alice)
    page = client.get("/programs/ONE/figures/").content.decode()
    money, staffing = (page[page.index(f">{name}") :].partition("</li>")[0] for name in ("Money spent", "Staffing"))
    assert 'aria-label="From 25 % to 75 % in 4 days"' in money
    assert 'aria-label="From 75 % to 112 % in 4 days"' in staffing
    Program.objects.filter(pk=program.pk).update(budget=0, spent=None)
    assert "no data" in client.get("/programs/ONE/figures/").content.decode()
