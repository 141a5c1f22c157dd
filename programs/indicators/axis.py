"""The time axis of a picture: days to pixels, and where its months are named."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
TICK_ROOM = 64
DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Scale:
    """Places the days from `first` to `last` between two pixels."""

    first: dt.date
    last: dt.date
    left: float
    right: float

    def x(self, day: dt.date) -> float:
        """Return the pixel of a day; a day outside the axis stands at its end."""
        days = max((self.last - self.first).days, 1)
        share = min(max((day - self.first).days / days, 0.0), 1.0)
        return round(self.left + share * (self.right - self.left), 1)

    def holds(self, day: dt.date) -> bool:
        """Tell whether a day is on the axis."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Tick:
    """A month that is named on the axis."""

    on: dt.date
    x: float


def _months_on(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def _first_of(scale: Scale, step: int) -> dt.date:
    """Return the first day of a step on or before the axis begins: quarters begin in January, not anywhere."""
    months = scale.first.year * 12 + scale.first.month - 1
    return _months_on(dt.date(1, 1, 1), months - months % step - 12)


def ticks(scale: Scale) -> Iterator[Tick]:
    """Yield the months to name, as many as have room."""
    months = max((scale.last - scale.first).days / DAYS_A_MONTH, 1)
    room = (scale.right - scale.left) / months
    step = next((step for step in STEPS if step * room >= TICK_ROOM), STEPS[-1])
    day = _first_of(scale, step)
    while day <= scale.last:
        if day >= scale.first and scale.x(day) <= scale.right - TICK_ROOM:
            yield Tick(on=day, x=scale.x(day))
        day = _months_on(day, step)
