"""Measures with their newest readings, and the readings themselves."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db.models import F, QuerySet, Value

from core import clock
from core.accounts.models import User
from core.accounts.queries import name_of
from programs.models import Measure, Measurement
from programs.queries.figures import NEWEST, figures, steps_of

Rows = QuerySet[Any, dict[str, Any]]
MEASURE_COLUMNS = (
    "id", "version", "code", "program_id", "program__key", "program__name", "outcome_id", "outcome__code",
    "outcome__statement", "name", "kind", "unit", "direction", "baseline", "baseline_on", "target", "target_on",
    "low", "high", "cadence", "owner_id", "source", "reporting_lag_days", "created_at", "updated_at",
    # What it takes to tell where it stands on the program's today.
    "outcome__status", "outcome__phase__baseline_start_on", "program__time_zone",
)  # fmt: skip
READING_COLUMNS = (
    "id", "measure_id", "measure__code", "measure__name", "measure__unit", "value", "measured_on", "recorded_on",
    "recorded_at", "recorded_by_id", "note", "evidence_url", "supersedes_id",
)  # fmt: skip


def measure_rows(reader: User) -> Rows:
    """Return the measures of the reader's programs, each with its newest reading."""
    return cast(
        "Rows",
        Measure.objects.visible_to(reader).values(
            *MEASURE_COLUMNS,
            owner_name=name_of("owner"),
            **NEWEST,
        ),
    )


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
