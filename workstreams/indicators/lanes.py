"""Where everything in the picture of the lanes stands, in pixels, so that nothing overlaps: arithmetic alone.

A milestone takes one rectangle: its mark, the hollow mark of its baseline, the line between them and its label.
Rectangles are packed into rows, those with a label first; a label for which no row is left is dropped, its mark never.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from programs.indicators.axis import Scale, Tick, ticks
from workstreams.indicators import text

WIDTH, GUTTER, MARGIN = 1200, 172, 12
ROW, PAD, FONT = 24, 6, 12
RADIUS, TARGET, GAP = 5, 12, 5
# A long label where a lane has room in its first rows, else a shorter one, else none.
LABELS = ((360, 4), (190, 12))
TOP, BAND, NAME_LINE = 40, 24, 16
# Fewer letters of a phase's name than this tell nothing: its code stands alone.
LEAST_OF_A_NAME = 8


@dataclass(frozen=True)
class Item:
    """A milestone as it is to be drawn; `rank` says who gets a label first, None asks for none."""

    key: int
    lane: int
    on: dt.date
    baseline_on: dt.date
    label: str = ""
    suffix: str = ""
    rank: int | None = None


@dataclass(frozen=True)
class Band:
    """A phase: its days, its name, and the code that stands for it where the name has no room."""

    key: int
    first: dt.date
    last: dt.date
    label: str
    short: str


@dataclass(frozen=True)
class Lane:
    """A workstream: its name and its discipline."""

    key: int
    name: str
    discipline: str


@dataclass(frozen=True)
class Gate:
    """A gate review: its day, its code, and the label with its day."""

    key: int
    on: dt.date
    label: str


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width."""
        return round(self.right - self.left, 1)

    @property
    def height(self) -> float:
        """Its height."""
        return round(self.bottom - self.top, 1)

    def overlaps(self, other: "Box") -> bool:
        """Tell whether two rectangles share more than an edge."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True)
class Mark:
    """Something drawn: its middle, the pixel of its baseline, its label, and the rectangle that is its alone."""

    key: int
    x: float
    y: float
    box: Box
    label: str = ""
    label_x: float = 0
    suffix: str = ""
    anchor: str = "start"
    baseline_x: float = 0


@dataclass(frozen=True)
class Drawn:
    """A lane or a phase in its place: the lines of its name and its rectangle."""

    key: int
    box: Box
    lines: list[str]
    note: str = ""
    note_y: float = 0


@dataclass(frozen=True)
class Picture:
    """The whole picture."""

    width: int
    height: float
    ticks: list[Tick]
    bands: list[Drawn]
    gates: list[Mark]
    lanes: list[Drawn]
    marks: list[Mark]
    today_x: float | None
    lanes_top: float
    dropped: int


@dataclass
class Shelf:
    """Rows that take intervals, each interval in the first row where it overlaps none."""

    rows: list[list[tuple[float, float]]] = field(default_factory=list)

    def place(self, left: float, right: float, *, most: int | None = None) -> int | None:
        """Return the row that takes the interval, a new one where none does; None where `most` rows are full."""
        for number, row in enumerate(self.rows[:most]):
            if all(right <= taken_left or taken_right <= left for taken_left, taken_right in row):
                row.append((left, right))
                return number
        if most is not None and len(self.rows) >= most:
            return None
        self.rows.append([(left, right)])
        return len(self.rows) - 1


def draw(
    *,
    bands: Sequence[Band],
    gates: Sequence[Gate],
    lanes: Sequence[Lane],
    items: Sequence[Item],
    today: dt.date,
) -> Picture | None:
    """Return the picture of a program's lanes; None where there is not one day to draw."""
    scale = _scale(bands, gates, items)
    if scale is None:
        return None
    drawn_bands, below_bands = _bands(bands, scale)
    drawn_gates, lanes_top = _gates(gates, scale, below_bands)
    drawn_lanes, marks, bottom = _lanes(lanes, items, scale, lanes_top)
    labelled = sum(item.rank is not None for item in items)
    return Picture(
        width=WIDTH,
        height=bottom + PAD,
        ticks=list(ticks(scale)),
        bands=drawn_bands,
        gates=drawn_gates,
        lanes=drawn_lanes,
        marks=marks,
        today_x=scale.x(today) if scale.holds(today) else None,
        lanes_top=lanes_top,
        dropped=labelled - sum(bool(mark.label) for mark in marks),
    )


def _scale(bands: Iterable[Band], gates: Iterable[Gate], items: Iterable[Item]) -> Scale | None:
    days = [day for band in bands for day in (band.first, band.last)]
    days += [gate.on for gate in gates]
    days += [day for item in items for day in (item.on, item.baseline_on)]
    if not days:
        return None
    return Scale(first=min(days), last=max(days), left=GUTTER + TARGET, right=WIDTH - MARGIN - TARGET)


def _bands(bands: Sequence[Band], scale: Scale) -> tuple[list[Drawn], float]:
    """Place the phases; those that overlap in time stand under each other. Returns the pixel below them, too."""
    shelf, drawn = Shelf(), []
    for band in bands:
        left, right = scale.x(band.first), max(scale.x(band.last), scale.x(band.first) + 4)
        row = shelf.place(left, right) or 0
        top = TOP + row * BAND
        box = Box(left=round(left + 1, 1), top=top, right=round(right - 1, 1), bottom=top + BAND - 4)
        room = box.width - 2 * PAD
        name = text.fitted(band.label, FONT, room)
        words = name if len(name) > len(band.short) + LEAST_OF_A_NAME else text.fitted(band.short, FONT, room)
        drawn.append(Drawn(key=band.key, box=box, lines=[words] if words else []))
    return drawn, TOP + len(shelf.rows) * BAND


def _gates(gates: Sequence[Gate], scale: Scale, top: float) -> tuple[list[Mark], float]:
    """Place the gates in rows of their own; returns the pixel below them, too."""
    shelf, drawn = Shelf(), []
    for gate in sorted(gates, key=lambda one: (one.on, one.key)):
        mark = _rectangle(Item(gate.key, 0, gate.on, gate.on, gate.label, rank=0), scale, WIDTH)
        row = shelf.place(mark.box.left, mark.box.right) or 0
        drawn.append(_in_row(mark, top, row))
    return drawn, top + len(shelf.rows) * ROW + PAD


def _lanes(
    lanes: Sequence[Lane], items: Sequence[Item], scale: Scale, top: float
) -> tuple[list[Drawn], list[Mark], float]:
    """Place the lanes under each other, each as high as its rows or its name need."""
    drawn: list[Drawn] = []
    marks: list[Mark] = []
    for lane in lanes:
        placed, rows = _marks([item for item in items if item.lane == lane.key], scale, top + PAD)
        lines = text.wrapped(lane.name, FONT + 1, GUTTER - 2 * PAD, 2)
        height = 2 * PAD + max(rows * ROW, (len(lines) + 1) * NAME_LINE)
        box = Box(left=0, top=top, right=WIDTH, bottom=top + height)
        note = text.fitted(lane.discipline, FONT, GUTTER - 2 * PAD)
        drawn.append(Drawn(key=lane.key, box=box, lines=lines, note=note, note_y=(len(lines) + 1) * NAME_LINE))
        marks += placed
        top += height
    return drawn, marks, top


def _marks(items: Sequence[Item], scale: Scale, top: float) -> tuple[list[Mark], int]:
    """Place the milestones of a lane, and say how many rows they took; labels give way, marks do not."""
    shelf = Shelf()
    placed: dict[int, Mark] = {}
    for item in sorted(items, key=lambda one: (one.rank is None, one.rank or 0, one.on, one.key)):
        if item.rank is None:
            continue
        for room, most in LABELS:
            mark = _rectangle(item, scale, room)
            row = shelf.place(mark.box.left, mark.box.right, most=most)
            if row is not None:
                placed[item.key] = _in_row(mark, top, row)
                break
    for item in sorted(items, key=lambda one: (one.on, one.key)):
        if item.key not in placed:
            mark = _rectangle(replace(item, rank=None), scale, 0)
            row = shelf.place(mark.box.left, mark.box.right) or 0
            placed[item.key] = _in_row(mark, top, row)
    return [placed[item.key] for item in items], len(shelf.rows)


def _rectangle(item: Item, scale: Scale, most: float) -> Mark:
    """Return a milestone's mark, its label at most so wide, with the rectangle it takes in a row that starts at 0."""
    x, baseline_x = scale.x(item.on), scale.x(item.baseline_on)
    left, right = min(x, baseline_x) - TARGET, max(x, baseline_x) + TARGET
    if abs(x - baseline_x) < 2 * RADIUS + 2:
        baseline_x = x  # the two marks would overlap: the label says the days
    bare = Mark(key=item.key, x=x, y=0, box=Box(left, 0, right, ROW), baseline_x=baseline_x)
    if item.rank is None:
        return bare
    suffix = text.width(f" {item.suffix}", FONT) if item.suffix else 0.0
    after, before = WIDTH - MARGIN - right - GAP, left - GAP - GUTTER
    wanted = min(most, text.width(item.label, FONT) + suffix)
    is_after = after >= wanted or after >= before
    label = text.fitted(item.label, FONT, min(most, after if is_after else before) - suffix)
    if not label:
        return bare
    taken = text.width(label, FONT) + suffix + GAP
    return replace(
        bare,
        box=Box(left, 0, right + taken, ROW) if is_after else Box(left - taken, 0, right, ROW),
        label=label,
        suffix=item.suffix,
        label_x=round(right if is_after else left, 1),
        anchor="start" if is_after else "end",
    )


def _in_row(mark: Mark, top: float, row: int) -> Mark:
    box = replace(mark.box, top=top + row * ROW, bottom=top + (row + 1) * ROW)
    box = replace(box, left=round(box.left, 1), right=round(box.right, 1))
    return replace(mark, box=box, y=top + row * ROW + ROW / 2)
