"""Measures with their newest readings, and the readings themselves."""

from typing import Any, cast

from django.db.models import F, OuterRef, QuerySet, Subquery, Value

from core.accounts.models import User
from programs.models import Measure, Measurement, PlannedStep
from programs.queries.people import name_of

Rows = QuerySet[Any, dict[str, Any]]
MEASURE_COLUMNS = (
    "id", "version", "code", "program_id", "program__key", "program__name", "outcome_id", "outcome__code",
    "outcome__statement", "name", "kind", "unit", "direction", "baseline", "baseline_on", "target", "target_on",
    "low", "high", "cadence", "owner_id", "source", "reporting_lag_days", "created_at", "updated_at",
)  # fmt: skip
READING_COLUMNS = (
    "id", "measure_id", "measure__code", "measure__name", "measure__unit", "value", "measured_on", "recorded_on",
    "recorded_at", "recorded_by_id", "note", "evidence_url", "supersedes_id",
)  # fmt: skip


def _newest(column: str) -> Subquery:
    """Return a column of a measure's newest reading that no correction replaced."""
    readings = Measurement.objects.filter(measure_id=OuterRef("pk"), superseded_by=None)
    return Subquery(readings.order_by("-measured_on", "-pk").values(column)[:1])


def measure_rows(reader: User) -> Rows:
    """Return the measures of the reader's programs, each with its newest reading."""
    return cast(
        "Rows",
        Measure.objects.visible_to(reader).values(
            *MEASURE_COLUMNS,
            owner_name=name_of("owner"),
            latest_value=_newest("value"),
            latest_on=_newest("measured_on"),
        ),
    )


def planned_steps(measure_id: int) -> list[dict[str, Any]]:
    """Return the values a measure is planned to have reached on days between its baseline and its target."""
    return cast(
        "list[dict[str, Any]]",
        list(PlannedStep.objects.filter(measure_id=measure_id).order_by("on").values("on", "value")),
    )


def measurement_rows(reader: User) -> Rows:
    """Return the readings of the reader's programs, corrected ones too; a reading never changes."""
    readings = Measurement.objects.filter(measure__program__memberships__person_id=reader.pk)
    return cast(
        "Rows",
        readings.values(
            *READING_COLUMNS,
            program_id=F("measure__program_id"),
            program__key=F("measure__program__key"),
            program__name=F("measure__program__name"),
            recorded_by_name=name_of("recorded_by"),
            superseded_by_id=F("superseded_by__id"),
            version=Value(1),
        ),
    )
