"""Dates and numbers as their reader writes them."""

import datetime as dt
import zoneinfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from core.templatetags import reader

NOW = dt.datetime(2026, 11, 20, 22, 30, tzinfo=dt.UTC)


def write(source: str, **context: object) -> str:
    return Template("{% load reader %}" + source).render(Context({"now": NOW, **context}))


@pytest.mark.parametrize(
    ("day", "written"),
    [(dt.date(2026, 11, 27), "Fri 27 Nov, in 7 days"), (dt.date(2026, 11, 20), "Fri 20 Nov, today"),
     (dt.date(2026, 11, 21), "Sat 21 Nov, tomorrow"), (dt.date(2026, 11, 19), "Thu 19 Nov, yesterday"),
     (dt.date(2026, 11, 17), "Tue 17 Nov, 3 days ago"), (dt.date(2027, 1, 14), "Thu 14 Jan 2027, in 55 days")],
)  # fmt: skip
def test_a_day_is_named_and_placed(day: dt.date, written: str) -> None:
    assert write("{% day on %}, {% days_away on %}", on=day) == written


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (dt.date(2026, 1, 7), dt.date(2026, 12, 18), "Wed 7 Jan – Fri 18 Dec"),
        (dt.date(2027, 1, 20), dt.date(2027, 8, 1), "Wed 20 Jan – Sun 1 Aug 2027"),
        (dt.date(2026, 1, 7), dt.date(2027, 12, 19), "Wed 7 Jan 2026 – Sun 19 Dec 2027"),
        (dt.date(2027, 1, 11), None, "from Mon 11 Jan 2027"),
        (None, dt.date(2026, 12, 18), "until Fri 18 Dec"),
        (None, None, ""),
    ],
)
def test_a_stretch_names_its_years_where_they_differ(first: dt.date | None, last: dt.date | None, written: str) -> None:
    told = write("{% days first last %}", first=first, last=last)
    assert told.replace("\u00a0", " ") == written
    assert " " not in told.split(" – ")[0] or not (first and last)


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Pacific/Auckland", "Sat 21 Nov, 11:30"),
        ("America/New_York", "Fri 20 Nov, 17:30"),
        ("UTC", "Fri 20 Nov, 22:30"),
    ],
)
def test_an_instant_is_its_readers(zone: str, written: str) -> None:
    with timezone.override(zoneinfo.ZoneInfo(zone)):
        assert write("{% moment at %}", at=NOW) == written


def test_today_is_the_readers() -> None:
    with timezone.override(zoneinfo.ZoneInfo("Pacific/Auckland")):
        assert write("{% days_away on %}", on=dt.date(2026, 11, 21)) == "today"


def test_the_component_says_the_date_in_full_and_leaves_no_space_behind() -> None:
    source = '{% cotton date :on=on relative="1" %}{% endcotton %}, for Bob'
    # White space between attributes shows nowhere.
    assert write(source, on=dt.date(2026, 11, 27)).replace("\n>", ">").replace("\n  ", " ") == (
        '<time datetime="2026-11-27" title="Friday 27 November 2026">Fri 27 Nov</time>, in 7 days, for Bob'
    )


def test_no_date_says_what_stands_inside() -> None:
    assert "not yet" in write("{% cotton date :on=on %}not yet{% endcotton %}", on=None)


@pytest.mark.parametrize(
    ("value", "written"),
    [(1250000, "1,250,000"), ("14.50", "14.5"), (0, "0"), (100, "100"), (None, ""), (-24.0, "-24")],
)
def test_a_figure_has_separators_and_no_empty_decimals(value: object, written: str) -> None:
    with translation.override("en"):
        assert reader.figure(value) == written
