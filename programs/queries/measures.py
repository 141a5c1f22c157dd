"""Measures with their newest readings, and where each stands."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from core import clock
from core.accounts.models import User
from programs.models import Measure
from programs.queries.figures import NEWEST, figures, steps_of


def measures_with_newest(reader: User) -> QuerySet[Measure, Any]:
    """Return the measures of the reader's programs, each with its newest reading: `latest_value`, `latest_on`."""
    return Measure.objects.visible_to(reader).annotate(**NEWEST)


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
