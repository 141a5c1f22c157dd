"""Conditions on dates over many programs at once: each program has a today of its own, by its time zone."""

import datetime as dt
import operator
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any

from django.db.models import Q

from core import clock

# The today of each program.
Days = Mapping[int, dt.date]


def days_of(programs: Iterable[Mapping[str, Any]], at: dt.datetime) -> dict[int, dt.date]:
    """Return the today of programs given with `pk` and `time_zone`."""
    zones: dict[str, dt.date] = {}
    found = {}
    for program in programs:
        zone = program["time_zone"]
        zones[zone] = zones.get(zone) or clock.today(zone, at)
        found[program["pk"]] = zones[zone]
    return found


def on_their_day(days: Days, condition: Callable[[dt.date], Q]) -> Q:
    """Return the condition that holds in each program on its own day: a part for each different day, three at most."""
    by_day: dict[dt.date, list[int]] = {}
    for program_id, day in days.items():
        by_day.setdefault(day, []).append(program_id)
    parts = (Q(program_id__in=ids) & condition(day) for day, ids in by_day.items())
    return reduce(operator.or_, parts, Q(pk__in=[]))
