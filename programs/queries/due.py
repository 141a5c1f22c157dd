"""When the next reading of a measure is due: a cadence and the lag after the latest, or its phase's end."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Case, DateField, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from programs.choices import ENDED_OUTCOMES, Cadence
from programs.indicators import CADENCE_DAYS
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

    A phase's end is the actual one, else the forecast, else the baseline; a reading of that day or later ends the debt.
    """
    days = Case(*(When(cadence=cadence, then=Value(days)) for cadence, days in CADENCE_DAYS.items()))
    rhythm = DaysAfter(Coalesce(F("read_on"), F("baseline_on")), Cast(days + F("reporting_lag_days"), IntegerField()))
    at_the_end = DaysAfter(F("phase_ends_on"), Cast(F("reporting_lag_days"), IntegerField()))
    is_unread = Q(read_on__isnull=True) | Q(read_on__lt=F("phase_ends_on"))
    annotated = measures.exclude(outcome__status__in=ENDED_OUTCOMES).annotate(
        read_on=newest("measured_on"), phase_ends_on=phase_end("outcome__phase__")
    )
    return annotated.annotate(
        reading_due_on=Case(
            When(~Q(cadence=Cadence.PHASE), then=rhythm), When(is_unread, then=at_the_end), output_field=DateField()
        )
    )


def phase_end(path: str) -> Coalesce:
    """Return when the phase at the end of a path ends: the actual day, else the forecast, else the baseline."""
    return Coalesce(*(F(f"{path}{kind}_end_on") for kind in ("actual", "forecast", "baseline")))


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
