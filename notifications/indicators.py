"""Days and instants, computed: working days around a day off, and when an hour comes in a time zone."""

import datetime as dt
import random
from collections.abc import Collection
from zoneinfo import ZoneInfo

# Longer than any run of days off that is still a run of days off: beyond it the day itself is taken.
LONGEST_BREAK = 31

RETRY_AFTER = tuple(
    dt.timedelta(seconds=seconds) for seconds in (60, 300, 1_800, 7_200, 21_600, 43_200, 86_400)
)  # DELIVERY: 1 m, 5 m, 30 m, 2 h, 6 h, 12 h, 24 h
JITTER = 0.2


def mask(weekdays: Collection[int]) -> int:
    """Return days of the week (1 is Monday) as a mask whose lowest bit is Monday."""
    return sum(1 << (day - 1) for day in set(weekdays))


def is_working_day(day: dt.date, weekdays: int, holidays: Collection[dt.date]) -> bool:
    """Say whether something is said on a day, by a mask of weekdays and the holidays."""
    return bool(weekdays >> day.weekday() & 1) and day not in holidays


def working_day(day: dt.date, *, step: int, weekdays: int, holidays: Collection[dt.date]) -> dt.date:
    """Return the day itself if it is a working day, else the next one going by `step` days (-1 or 1)."""
    for distance in range(LONGEST_BREAK):
        candidate = day + dt.timedelta(days=distance * step)
        if is_working_day(candidate, weekdays, holidays):
            return candidate
    return day


def instant(day: dt.date, hour: int, zone: str) -> dt.datetime:
    """Return, in UTC, when an hour of a day comes in a time zone.

    An hour that the clocks skip is read by the time before the change, which puts it as far after the gap;
    of an hour that comes twice the first is taken. Both are what fold=0 means (PEP 495).
    """
    return dt.datetime.combine(day, dt.time(hour), tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def retry_delay(tries: int, seed: str) -> dt.timedelta | None:
    """Return how long to wait after so many tries, spread by a fifth either way; None when that was the last."""
    if tries > len(RETRY_AFTER):
        return None
    spread = random.Random(f"{seed}:{tries}").uniform(1 - JITTER, 1 + JITTER)
    return RETRY_AFTER[max(tries, 1) - 1] * spread
