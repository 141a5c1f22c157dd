"""What keeps programs from being reckoned, for whoever runs the installation: nobody else can mend such a row."""

import datetime as dt

from core.faults import days_out_of_range
from programs.choices import ENDED_PROGRAMS
from programs.models import Program
from programs.queries.days import days_of
from workstreams.queries import network as networks

# As many programs are read in one go.
BATCH = 50


def faults(at: dt.datetime) -> list[str]:
    """Return what is wrong, a line each: the programs under way that cannot be reckoned, and days out of the calendar.

    A query for fifty programs, and one for each column that holds a day.
    """
    rows = list(Program.objects.exclude(status__in=ENDED_PROGRAMS).order_by("pk").values("pk", "key", "time_zone"))
    found = []
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        known = networks.networks(days_of(batch, at))
        found += [f"{row['key']}: {known[row['pk']].fault}" for row in batch if known[row["pk"]].fault]
    return found + days_out_of_range()
