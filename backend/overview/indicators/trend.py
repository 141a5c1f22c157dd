"""A figure over days as a small line, in pixels: values in, an SVG path out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH, HEIGHT, EDGE = 160, 32, 4
Points = Sequence[tuple[dt.date, Fraction | None]]


@dataclass(frozen=True)
class Trend:
    """The line, broken where nothing was known, and the place of the newest value."""

    path: str
    last_x: float
    last_y: float
    first: Fraction
    last: Fraction
    days: int


def trend(points: Points) -> Trend | None:
    """Return the line through a figure's values in the order of their days; None where less than two are known."""
    known = [(on, value) for on, value in points if value is not None]
    if len(known) < 2:
        return None
    first_on, last_on = points[0][0], points[-1][0]
    low, high = min(value for _on, value in known), max(value for _on, value in known)

    def place(on: dt.date, value: Fraction) -> tuple[float, float]:
        along = (on - first_on).days / ((last_on - first_on).days or 1)
        up = 0.5 if high == low else float((value - low) / (high - low))
        return round(EDGE + along * (WIDTH - 2 * EDGE), 1), round(HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE), 1)

    path, is_broken = "", True
    for on, value in points:
        if value is not None:
            x, y = place(on, value)
            path += f"{'M' if is_broken else 'L'}{x} {y}"
        is_broken = value is None
    last_x, last_y = place(*known[-1])
    return Trend(path, last_x, last_y, known[0][1], known[-1][1], (known[-1][0] - known[0][0]).days)
