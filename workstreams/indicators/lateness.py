"""By how much what is still to be reached is late."""

import datetime as dt

from workstreams.indicators.dates import slip_days


def days_late(*, baseline_on: dt.date, due_on: dt.date, today: dt.date) -> int:
    """Return by how many days a milestone still to be reached is late; 0 when it is not.

    It cannot be reached before today, so one past its day is late by at least the days since its baseline.
    """
    slip = slip_days(baseline_on=baseline_on, due_on=max(due_on, today), actual_on=None)
    overdue = (today - due_on).days
    is_late = overdue > 0 or slip_days(baseline_on=baseline_on, due_on=due_on, actual_on=None) > 0
    return max(slip, overdue) if is_late else 0
