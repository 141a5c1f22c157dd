"""The checklist of a gate: what is well, what needs somebody, and what nobody can tell."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from backend.programfile.services import load_program_file
from programs.models import Phase
from tests.cast import MONDAY
from workstreams import indicators, queries
from workstreams.choices import Check
from workstreams.indicators import Line
from workstreams.models import GateReview

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
STATUS_DATE = dt.date(2026, 11, 20)
START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


@pytest.fixture
def sample(db: None) -> Phase:
    """The third phase of the sample program on the day the sample tells of."""
    load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name="sample", as_of=STATUS_DATE, by=None, at=MONDAY
    )
    return Phase.objects.select_related("program").get(code="PH3")


def test_the_sample_says_what_its_third_gate_lacks(sample: Phase) -> None:
    assert queries.checklist(sample, STATUS_DATE) == [
        Line(Check.MEASURED, True, 1, 1),
        Line(Check.FRESH, True, 1, 1),
        Line(Check.ON_TRACK, True, 1, 1),
        Line(Check.PROJECT, False, 1, 2, ("S4",)),
        Line(Check.CHANGE, False, 1, 2, ("C4",)),
        Line(Check.PROMISES, True, 4, 5),
        Line(Check.RISKS, False, 0, 2, ("R1", "R2")),
        Line(Check.MONEY, True, 42, 45),
    ]


def test_a_stale_measure_and_one_behind_are_named(sample: Phase) -> None:
    by_code = {phase.code: phase for phase in Phase.objects.select_related("program")}
    assert queries.checklist(by_code["PH4"], STATUS_DATE)[1] == Line(Check.FRESH, False, 0, 1, ("M7",))
    assert queries.checklist(by_code["PH2"], STATUS_DATE)[2] == Line(Check.ON_TRACK, False, 0, 2, ("M1", "M2"))


def test_seven_queries_read_it(sample: Phase, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(7):
        queries.checklist(sample, STATUS_DATE)


def test_a_decision_that_a_file_brought_kept_none(sample: Phase) -> None:
    assert queries.kept_checklist(GateReview.objects.get(code="G1").pk) == []


def test_of_nothing_nobody_can_tell_unless_it_is_needed() -> None:
    assert indicators.tally("fresh", done=0, total=0, wrong=[]).is_well is None
    assert indicators.tally("measured", done=0, total=0, wrong=[], is_needed=True).is_well is False


@pytest.mark.parametrize(
    ("spent", "budget", "end_on", "told"),
    [
        (Decimal(40), Decimal(100), END, (True, 40, 50)),
        (Decimal(61), Decimal(100), END, (False, 61, 50)),
        (Decimal(120), Decimal(100), dt.date(2026, 6, 1), (False, 120, 100)),
        (None, Decimal(100), END, (None, None, 50)),
        (Decimal(5), Decimal(0), END, (None, None, 50)),
        (Decimal(5), Decimal(10), None, (None, 50, None)),
    ],
)
def test_money_is_not_to_run_ahead_of_time(
    spent: Decimal | None, budget: Decimal, end_on: dt.date | None, told: tuple[bool | None, int | None, int | None]
) -> None:
    today = dt.date(2026, 7, 2)
    line = indicators.money("money", spent=spent, budget=budget, start_on=START, end_on=end_on, today=today)
    assert (line.is_well, line.done, line.total) == told
