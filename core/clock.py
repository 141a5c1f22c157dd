"""The one clock: the database's now, so that every process agrees, plus TRACKER_CLOCK_OFFSET."""

import datetime as dt
import time
import zoneinfo

from django.conf import settings
from django.db import connection

_RESYNC_SECONDS = 60.0
# How far the database's clock is ahead of this process's, and when that was last measured.
_drift = {"seconds": 0.0, "measured": float("-inf")}


def _database_drift() -> float:
    """Return the seconds the database is ahead of this process, measured at most once a minute."""
    if connection.vendor != "postgresql":
        return 0.0  # SQLite reads this machine's clock.
    if time.monotonic() - _drift["measured"] > _RESYNC_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            _drift["seconds"] = float(cursor.fetchone()[0]) - time.time()
        _drift["measured"] = time.monotonic()
    return _drift["seconds"]


def now() -> dt.datetime:
    """Return the present instant, in UTC."""
    ahead = _database_drift() + settings.TRACKER_CLOCK_OFFSET
    return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=ahead)


def today(time_zone: str, at: dt.datetime | None = None) -> dt.date:
    """Return the date in a time zone at an instant, now by default."""
    return (at or now()).astimezone(zoneinfo.ZoneInfo(time_zone)).date()
