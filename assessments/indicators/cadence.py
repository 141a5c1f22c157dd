"""When it is time to assess again."""

import calendar
import datetime as dt

# How long after an event a program is asked to have assessed itself again.
AFTER_AN_EVENT = dt.timedelta(days=14)
# How long before its day a prompt is raised: reminders count back from the day, and it has to be prepared.
AHEAD = dt.timedelta(days=30)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last of a month that has no such day: 29 February, a year on."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_by_cadence(last_on: dt.date, every_months: int, after: dt.date | None = None) -> dt.date:
    """Return the next day of a cadence, counted from the last assessment; later than `after`, where that is given.

    Each is counted from the first, so that a short month shortens none but itself.
    """
    count = 1
    while after is not None and months_after(last_on, every_months * count) <= after:
        count += 1
    return months_after(last_on, every_months * count)


def due_after(event_on: dt.date, today: dt.date) -> dt.date:
    """Return the day for which an event asks: some time after it, and never a day that is gone."""
    return max(event_on + AFTER_AN_EVENT, today)
