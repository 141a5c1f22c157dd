"""The figures of the sample as loaded at its status date, and what many measures and readings cost."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from backend.programfile import services as programfile
from core.accounts.models import User
from programs import indicators, queries, services
from programs.models import Measure, Measurement, PlannedStep, Program
from programs.queries import Figures
from tests.cast import MONDAY
from tests.programs.conftest import Grow

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
STATUS = dt.date(2026, 11, 20)
AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
ATTAINED = {"M1": 36.5, "M2": 35.3, "M3": 16.1, "M4": 12.0, "M5": 4.7, "M6": 68.2, "M7": 0.0, "M8": 87.0}


@pytest.fixture
def sample(alice: User) -> Program:
    """The sample, as its file says it."""
    programfile.load_program_file(
        text=SAMPLE.read_text(encoding="utf-8"), source_name=SAMPLE.name, as_of=None, by=alice, at=AT
    )
    return Program.objects.get(key="ONE")


def figures_of(program_id: int, today: dt.date) -> dict[str, Figures]:
    """Return the figures of a program's active measures by code."""
    rows = queries.measured(queries.active_measures(program_id), today)
    return {row["code"]: row["figures"] for row in rows}


def test_the_sample_says_what_it_is_known_to_say(sample: Program) -> None:
    figures = figures_of(sample.pk, STATUS)
    attained = {code: round(float(one.attainment or 0) * 100, 1) for code, one in figures.items()}
    assert attained == ATTAINED
    assert {code for code, one in figures.items() if one.is_behind} == {"M1", "M2", "M8"}
    assert {code: one.freshness for code, one in figures.items() if one.freshness != "fresh"} == {
        "M7": "stale",
        "M8": "none",
    }


def test_the_share_of_customer_behaviour_in_the_sample(sample: Program) -> None:
    share = indicators.customer_behaviour_share(list(queries.active_measures(sample.pk).values_list("kind", flat=True)))
    assert (share.part, share.whole) == (3, 8)


def test_figures_cost_two_queries_whatever_the_size(
    program: Program, grow: Grow, bob: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    grow(60)
    measures = list(Measure.objects.filter(program=program))
    Measurement.objects.bulk_create(
        Measurement(
            measure=measure, value=Decimal(number), measured_on=MONDAY.date() - dt.timedelta(days=number),
            recorded_on=MONDAY.date(), recorded_at=MONDAY, recorded_by=bob,
        )
        for measure in measures for number in range(1, 84)
    )  # fmt: skip
    assert Measurement.objects.count() > 5_000
    with django_assert_num_queries(2):
        figures = figures_of(program.pk, MONDAY.date())
    assert len(figures) == 60
    assert figures["M5"].attainment == Decimal("0.5")


def test_planned_steps_bend_what_is_expected(program: Program, grow: Grow) -> None:
    grow(1)
    measure = Measure.objects.get(code="M1")
    Measure.objects.update(baseline_on=MONDAY.date() - dt.timedelta(days=50))
    straight = figures_of(program.pk, MONDAY.date())["M1"]
    PlannedStep.objects.create(measure=measure, on=MONDAY.date() + dt.timedelta(days=40), value=80)
    bent = figures_of(program.pk, MONDAY.date())["M1"]
    assert straight.expected and straight.expected > 0
    assert (bent.expected, bent.word) == (Fraction(0), "ahead")


def test_a_correction_takes_the_place_of_a_reading(program: Program, grow: Grow) -> None:
    grow(1)
    wrong = Measurement.objects.get()
    Measurement.objects.create(
        measure=wrong.measure, value=85, measured_on=wrong.measured_on, recorded_on=wrong.recorded_on,
        recorded_at=MONDAY, supersedes=wrong,
    )  # fmt: skip
    assert figures_of(program.pk, MONDAY.date())["M1"].attainment == Decimal("0.5")


def test_what_was_never_read_has_no_figures(program: Program, grow: Grow) -> None:
    grow(1)
    measure = Measure.objects.get()
    Measure.objects.create(
        program=program, outcome=measure.outcome, code="M2", name="Unread", kind="internal", direction="up",
        baseline=1, target=2, created_at=MONDAY, updated_at=MONDAY,
    )  # fmt: skip
    unread = figures_of(program.pk, MONDAY.date())["M2"]
    assert (unread.attainment, unread.expected, unread.variance, unread.freshness, unread.word) == (
        None, None, None, "none", "none",
    )  # fmt: skip


def test_the_trend_of_customer_behaviour_goes_by_what_was_added_and_withdrawn(
    program: Program, grow: Grow, alice: User
) -> None:
    grow(2)
    first, second = Measure.objects.select_related("outcome").order_by("pk")
    Measure.objects.filter(pk=first.pk).update(created_at=MONDAY - dt.timedelta(days=60))
    Measure.objects.filter(pk=second.pk).update(kind="internal", created_at=MONDAY - dt.timedelta(days=30))
    services.withdraw_outcome(outcome=second.outcome, reason="Sold", by=alice, at=MONDAY - dt.timedelta(days=10))
    told = [(day, share.part, share.whole) for day, share in queries.behaviour_trend(program.pk, MONDAY.date())]
    assert told == [
        (dt.date(2026, 9, 30), 1, 1),
        (dt.date(2026, 10, 31), 1, 2),
        (MONDAY.date(), 1, 1),
    ]


def test_a_program_without_measures_has_no_trend(program: Program) -> None:
    assert queries.behaviour_trend(program.pk, MONDAY.date()) == []
