"""Measures with their newest readings, and where each stands."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from core import clock, exceptions
from core.accounts.models import User
from programs.choices import ENDED_OUTCOMES, MeasureKind
from programs.indicators import MAINTAIN, Freshness, clamped, percent
from programs.models import Measure, Measurement
from programs.queries.figures import Figures, figures, newest_columns, steps_of

Row = dict[str, Any]


def measures_with_newest(reader: User) -> QuerySet[Measure, Any]:
    """Return the measures of the reader's programs, each with its newest reading: `latest_value`, `latest_on`."""
    return Measure.objects.visible_to(reader).annotate(**newest_columns())


def readings_on_record(measure_ids: Collection[int]) -> set[tuple[int, dt.date, Decimal]]:
    """Return what stands of measures, in one query: the measure, the day and the value of each reading."""
    standing = Measurement.objects.filter(measure_id__in=measure_ids, superseded_by=None)
    return set(standing.values_list("measure_id", "measured_on", "value"))


def with_figures(rows: Sequence[Mapping[str, Any]], at: dt.datetime) -> list[dict[str, Any]]:
    """Return measures with where each stands and its planned steps, in one query."""
    steps = steps_of([row["id"] for row in rows])
    return [
        {
            **row,
            "figures": figures(row, steps[row["id"]], clock.today(row["program__time_zone"], at)),
            "steps": [{"on": on, "value": value} for on, value in steps[row["id"]]],
        }
        for row in rows
    ]


def measure_for(person: User, reference: str) -> Measure:
    """Return the measure that a reference names, with its program and outcome.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    rows = Measure.objects.visible_to(person).named(reference).select_related("program", "outcome", "owner")
    measure = rows.first()
    if measure is None:
        raise exceptions.NotFound
    return measure


def reading_for(person: User, pk: int) -> Measurement:
    """Return a reading with its measure.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    readings = Measurement.objects.filter(measure__program__memberships__person_id=person.pk, pk=pk)
    reading = readings.select_related("measure__program", "measure__outcome").first()
    if reading is None:
        raise exceptions.NotFound
    return reading


def measures_named(person: User, key: str) -> QuerySet[Measure]:
    """Return the measures of one of a person's programs, with the program."""
    return Measure.objects.visible_to(person).filter(program__key=key).select_related("program")


def planned_steps_of(measure: Measure) -> list[tuple[dt.date, Decimal]]:
    """Return the planned values of a measure as days with plain numbers."""
    steps = measure.steps.order_by("on").values_list("on", "value")
    return [(on, value) for on, value in steps]


def shown(row: Row) -> Row:
    """Return a measure's row with its figures in words: percents, the value expected, whether it is stale."""
    figures: Figures = row["figures"]
    return row | {
        "is_behaviour": row["kind"] == MeasureKind.CUSTOMER_BEHAVIOUR,
        "kind_label": MeasureKind(row["kind"]).label,
        "attained_percent": percent(figures.attainment),
        "expected_percent": percent(figures.expected),
        "expected_value": None if figures.expected_value is None else _rounded(figures.expected_value, row),
        "attained_bar": _bar(figures.attainment),
        "expected_bar": None if figures.goal.direction == MAINTAIN else _bar(figures.expected),
        "is_stale": figures.freshness == Freshness.STALE,
        "is_due": figures.freshness == Freshness.DUE,
        "is_over": row["outcome__status"] in ENDED_OUTCOMES,
    }


def _bar(fraction: Fraction | None) -> float | None:
    """Return how far a bar reaches, in hundredths of its length."""
    return None if fraction is None else round(float(clamped(fraction)) * 100, 1)


def _rounded(value: Fraction, row: Row) -> Decimal:
    """Return a computed value with one decimal more than the measure's own numbers are written with."""
    own = [row["baseline"], row["target"], row["latest_value"]]
    digits = [-int(number.normalize().as_tuple().exponent) for number in own if number is not None]
    places = max([0, *digits]) + 1
    return round(Decimal(value.numerator) / Decimal(value.denominator), places)
