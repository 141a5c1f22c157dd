"""When the next reading of a measure is due: a cadence and the lag after the latest, or its phase's end."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Case, DateField, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from programs import registry
from programs.choices import ENDED_OUTCOMES, Cadence
from programs.indicators import CADENCE_DAYS, COUNTS_FROM_DAYS
from programs.models import Measure, Measurement


class DaysAfter(Func):
    """The day a number of days after another one."""

    arity = 2
    output_field = DateField()
    template = "(%(expressions)s)"
    arg_joiner = " + "

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]  # as Django declares it
        return self.as_sql(
            compiler, connection, template="date(%(expressions)s || ' days')", arg_joiner=", ", **context
        )


def newest(column: str) -> Subquery:
    """Return a column of a measure's newest reading that no correction replaced."""
    readings = Measurement.objects.filter(measure_id=OuterRef("pk"), superseded_by=None)
    return Subquery(readings.order_by("-measured_on", "-pk").values(column)[:1])


def with_reading_due(measures: QuerySet[Measure]) -> QuerySet[Any, Any]:
    """Add `read_on` and `reading_due_on`, null where nothing will be read; measures of ended outcomes are left out.

    By its cadence after the newest reading, or after the day from which one that was never read is counted. What is
    read at its phase's end is due then, and at a later target date once more; a reading of the 31 days before counts.
    """
    days = Case(*(When(cadence=cadence, then=Value(days)) for cadence, days in CADENCE_DAYS.items()))
    rhythm = DaysAfter(Coalesce(F("read_on"), starting_day()), Cast(days + F("reporting_lag_days"), IntegerField()))
    annotated = measures.exclude(outcome__status__in=ENDED_OUTCOMES).annotate(
        read_on=newest("measured_on"), read_for=reading_day("outcome__phase__")
    )
    return annotated.annotate(
        reading_due_on=Case(
            When(~Q(cadence=Cadence.PHASE), then=rhythm),
            When(_is_unread_for("read_for"), then=_after_lag("read_for")),
            When(_is_unread_for("target_on") & _is_after("target_on"), then=_after_lag("target_on")),
            output_field=DateField(),
        )
    )


def _after_lag(day: str) -> DaysAfter:
    return DaysAfter(F(day), Cast(F("reporting_lag_days"), IntegerField()))


def _is_unread_for(day: str) -> Q:
    counts_from = DaysAfter(F(day), Value(-COUNTS_FROM_DAYS))
    return Q(**{f"{day}__isnull": False}) & (Q(read_on__isnull=True) | Q(read_on__lt=counts_from))


def _is_after(day: str) -> Q:
    return Q(read_for__isnull=True) | Q(**{f"{day}__gt": F("read_for")})


def reading_day(path: str) -> Coalesce:
    """Return the day for which measures of the phase at the end of a path are read.

    That of its latest review, else its end: the actual one, else the forecast, else the baseline. What pushes the
    plan does not move it.
    """
    ends = (F(f"{path}{kind}_end_on") for kind in ("actual", "forecast", "baseline"))
    return Coalesce(*registry.review_days(path), *ends)


def starting_day() -> Case:
    """Return the day from which a measure that was never read is counted.

    The later of its baseline date and its phase's baseline start; without a baseline date its phase's actual start.
    """
    phase = "outcome__phase__"
    planned = F(f"{phase}baseline_start_on")
    return Case(
        When(baseline_on__isnull=True, then=F(f"{phase}actual_start_on")),
        When(baseline_on__lt=planned, then=planned),
        default=F("baseline_on"),
    )


def readings_due(measure_ids: Collection[int]) -> dict[int, dt.date | None]:
    """Return when the next reading of each measure is due, None where nothing will be read, in one query."""
    rows = with_reading_due(Measure.objects.filter(pk__in=measure_ids)).values_list("pk", "reading_due_on")
    return {**dict.fromkeys(measure_ids), **dict(rows)}


def readings_due_at_ends(measures: QuerySet[Measure]) -> dict[int, dt.date | None]:
    """Return when those of some measures that are read at the end of a phase are due, in one query."""
    rows: QuerySet[Any, Any] = with_reading_due(measures.filter(cadence=Cadence.PHASE))
    return dict(rows.values_list("pk", "reading_due_on"))


def reading_due_on(measure_id: int) -> dt.date | None:
    """Return when the next reading of a measure is due."""
    return readings_due([measure_id])[measure_id]
