"""Where the parts of a measure's picture stand, in pixels: values over days, beside what was expected of them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, log10

from programs.indicators.axis import Scale, Tick, ticks

TOP, BOTTOM, LEFT, LINE = 14, 24, 8, 15
# Rounded steps that people count in.
ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Reading:
    """A value read on a day; `is_corrected` once another reading took its place."""

    key: int
    on: dt.date
    value: Fraction
    is_corrected: bool = False


@dataclass(frozen=True)
class Course:
    """What is drawn besides the readings: the expected course as days and values, and named levels.

    `band` is from a low to a high limit; without one of them it goes on to the picture's edge.
    """

    expected: Sequence[tuple[dt.date, Fraction]] = ()
    levels: dict[str, Fraction] = field(default_factory=dict)
    band: tuple[Fraction | None, Fraction | None] | None = None


@dataclass(frozen=True)
class Dot:
    """A reading in its place."""

    key: int
    x: float
    y: float
    is_corrected: bool


@dataclass(frozen=True)
class Level:
    """A named value as a line, and the height of its label, which overlaps no other."""

    name: str
    value: Fraction
    y: float
    label_y: float

    @property
    def shown(self) -> Decimal:
        """The value as people write it."""
        return decimal(self.value)


@dataclass(frozen=True)
class Chart:
    """The whole picture; paths are of SVG."""

    width: int
    height: int
    left: float
    right: float
    bottom: float
    months: list[Tick]
    values: list[tuple[float, Decimal]]
    levels: list[Level]
    expected: str
    line: str
    dots: list[Dot]
    band: tuple[float, float] | None
    today_x: float | None

    @property
    def span(self) -> float:
        """The width between the first day and the last."""
        return round(self.right - self.left, 1)

    @property
    def band_height(self) -> float:
        """The height between the limits."""
        return round(self.band[1] - self.band[0], 1) if self.band else 0


def decimal(value: Fraction) -> Decimal:
    """Return an exact value as a decimal number."""
    return Decimal(value.numerator) / Decimal(value.denominator)


@dataclass(frozen=True)
class Heights:
    """Places the values from `low` to `high` between two pixels, the higher value above."""

    low: Fraction
    high: Fraction
    top: float
    bottom: float

    def y(self, value: Fraction) -> float:
        """Return the pixel of a value."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.bottom - float(share) * (self.bottom - self.top), 1)


def draw(
    readings: Sequence[Reading], course: Course, *, today: dt.date, width: int, height: int, gutter: int
) -> Chart | None:
    """Return the picture of a measure, labels of its levels in a gutter on the right; None where no day is known."""
    days = [each.on for each in readings] + [on for on, _value in course.expected]
    if not days:
        return None
    scale = Scale(min(days), max(*days, today), LEFT, width - gutter)
    heights = _heights([*_values(readings, course)], top=TOP, bottom=height - BOTTOM)
    levels = _levels(course.levels, heights)
    standing = sorted((each for each in readings if not each.is_corrected), key=lambda each: (each.on, each.key))
    return Chart(
        width=width,
        height=height,
        left=scale.left,
        right=scale.right,
        bottom=heights.bottom,
        months=list(ticks(scale)),
        values=_labels(heights, levels),
        levels=levels,
        expected=_path((scale.x(on), heights.y(value)) for on, value in course.expected),
        line=_path((scale.x(each.on), heights.y(each.value)) for each in standing),
        dots=[Dot(each.key, scale.x(each.on), heights.y(each.value), each.is_corrected) for each in readings],
        band=_band(course, heights),
        today_x=scale.x(today) if scale.holds(today) else None,
    )


def _values(readings: Sequence[Reading], course: Course) -> Iterable[Fraction]:
    yield from (each.value for each in readings)
    yield from (value for _on, value in course.expected)
    yield from course.levels.values()
    yield from (limit for limit in course.band or () if limit is not None)


def _band(course: Course, heights: Heights) -> tuple[float, float] | None:
    """Return the heights of a band's upper and lower edge."""
    if course.band is None:
        return None
    low, high = course.band
    return heights.top if high is None else heights.y(high), heights.bottom if low is None else heights.y(low)


def _heights(values: Sequence[Fraction], *, top: float, bottom: float) -> Heights:
    low, high = min(values), max(values)
    room = (high - low) / 12 or abs(high) / 10 or Fraction(1)
    return Heights(low - room, high + room, top, bottom)


def _round_values(heights: Heights) -> list[Fraction]:
    """Return two to six round values between the lowest and the highest."""
    rough = (heights.high - heights.low) / 5
    power = Fraction(10) ** floor(log10(rough))
    step = next(each * power for each in ROUND if each * power >= rough)
    first, last = ceil(heights.low / step), floor(heights.high / step)
    return [number * step for number in range(first, last + 1)]


def _labels(heights: Heights, levels: Sequence[Level]) -> list[tuple[float, Decimal]]:
    """Return round values with their heights, but none that would stand on a named level."""
    found = [(heights.y(value), decimal(value)) for value in _round_values(heights)]
    return [(y, value) for y, value in found if all(abs(y - level.y) > LINE for level in levels)]


def _levels(levels: dict[str, Fraction], heights: Heights) -> list[Level]:
    """Return the levels from above to below, each label at least a line under the one before."""
    found: list[Level] = []
    for name, value in sorted(levels.items(), key=lambda item: (-item[1], item[0])):
        y = heights.y(value)
        label_y = max(y, found[-1].label_y + LINE) if found else y
        found.append(Level(name, value, y, label_y))
    over = max((found[-1].label_y - heights.bottom), 0) if found else 0
    return [Level(each.name, each.value, each.y, each.label_y - over) for each in found]


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "".join(f"{'L' if place else 'M'}{x} {y}" for place, (x, y) in enumerate(points))
