"""A plan as the picture of its lanes: what is drawn how, which labels it gets, and the arrows of a chosen milestone."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from programs.indicators.axis import Tick
from workstreams.indicators import lanes
from workstreams.indicators.lanes import RADIUS, ROW, Band, Gate, Item, Lane, Mark, Picture
from workstreams.queries.plan import Plan, Row

CHOSEN, LATE, CRITICAL, SOON = range(4)
# The pixels that a month and its year take beside their tick.
MONTH = 60


@dataclass(frozen=True)
class Chosen:
    """The milestone that a reader chose: what it waits for, what waits for it, and the arrows between them."""

    row: Row
    waits_for: list[Row]
    waited_for_by: list[Row]
    arrows: list[str] = field(default_factory=list)

    @property
    def ids(self) -> set[int]:
        """The milestones that belong to the choice."""
        return {row["pk"] for row in (self.row, *self.waits_for, *self.waited_for_by)}


@dataclass(frozen=True)
class Look:
    """How a mark looks: by its state, and by its relation to the chosen one: chosen, near, far or none."""

    state: str
    relation: str = ""


@dataclass(frozen=True)
class Drawing:
    """The picture with the rows that its parts stand for."""

    picture: Picture
    phases: list[tuple[lanes.Drawn, Row]]
    gates: list[tuple[Mark, Row]]
    marks: list[tuple[Mark, Row, Look]]
    ticks: list[tuple[Tick, str]]
    today: str
    chosen: Chosen | None


def drawing(plan: Plan, chosen_code: str = "") -> Drawing | None:
    """Return what the lanes of a plan look like; None where there is nothing to draw."""
    chosen = _chosen(plan, chosen_code)
    chosen_ids = chosen.ids if chosen else set()
    phases = [row for row in plan.phases if row["start_on"] and row["end_on"] and row["start_on"] <= row["end_on"]]
    picture = lanes.draw(
        bands=[_band(row) for row in phases],
        gates=[Gate(key=row["pk"], on=row["on"], label=_gate_label(row)) for row in plan.gates],
        lanes=[_lane(row) for row in plan.workstreams],
        items=[_item(row, chosen_ids) for row in plan.drawn],
        today=plan.today,
    )
    if picture is None:
        return None
    milestones = {row["pk"]: row for row in plan.milestones}
    gates = {row["pk"]: row for row in plan.gates}
    return Drawing(
        picture=picture,
        phases=list(zip(picture.bands, phases, strict=True)),
        gates=[(mark, gates[mark.key]) for mark in picture.gates],
        marks=[(mark, milestones[mark.key], _look(milestones[mark.key], chosen, chosen_ids)) for mark in picture.marks],
        ticks=[(tick, _month(tick, picture.today_x)) for tick in picture.ticks],
        today=day_and_month(plan.today),
        chosen=_with_arrows(chosen, picture) if chosen else None,
    )


def day_and_month(day: dt.date) -> str:
    """Return "14 Jan"."""
    return format_date(day, pgettext("date format", "j M"))


def _lane(row: Row) -> Lane:
    """Return a workstream, with its discipline where its name does not say it."""
    discipline = str(row["discipline_label"])
    return Lane(key=row["pk"], name=row["name"], discipline="" if row["name"] == discipline else discipline)


def _gate_label(row: Row) -> str:
    return f"{row['code']} {day_and_month(row['on'])}"


def _band(row: Row) -> Band:
    label = f"{row['code']} {row['name']}"
    return Band(key=row["pk"], first=row["start_on"], last=row["end_on"], label=label, short=row["code"])


def _item(row: Row, chosen_ids: set[int]) -> Item:
    return Item(
        key=row["pk"],
        lane=row["workstream_id"],
        on=row["on"],
        # What is done is quiet: its baseline is left to the table.
        baseline_on=row["on"] if row["is_done"] else row["baseline_on"],
        label=row["name"],
        suffix=_("+%(days)d d") % {"days": row["days_late"]} if row["days_late"] else "",
        rank=_rank(row, chosen_ids),
    )


def _month(tick: Tick, today_x: float | None) -> str:
    """Return the words beside a tick; none where the line of today would run through them."""
    is_crossed = today_x is not None and tick.x <= today_x < tick.x + MONTH
    return "" if is_crossed else format_date(tick.on, pgettext("date format", "M Y"))


def _rank(row: Row, chosen_ids: set[int]) -> int | None:
    """Return who gets a label first: what was chosen, late, on the critical chain, comes in four weeks."""
    if row["pk"] in chosen_ids:
        return CHOSEN
    if row["days_late"]:
        return LATE
    if row["is_critical"]:
        return CRITICAL
    return SOON if row["is_soon"] else None


def _look(row: Row, chosen: Chosen | None, chosen_ids: set[int]) -> Look:
    if chosen is None:
        return Look(_state_class(row))
    is_chosen = row["pk"] == chosen.row["pk"]
    return Look(_state_class(row), "chosen" if is_chosen else "near" if row["pk"] in chosen_ids else "far")


def _state_class(row: Row) -> str:
    if row["is_done"]:
        return "done"
    if row["days_late"]:
        return "overdue" if row["is_overdue"] else "late"
    return "critical" if row["is_critical"] else "planned"


def _chosen(plan: Plan, code: str) -> Chosen | None:
    by_id = {each["pk"]: each for each in plan.drawn}
    row = next((row for row in by_id.values() if row["code"] == code), None) if code else None
    if row is None:
        return None
    before = [each.predecessor for each in plan.links if each.successor == row["pk"] and each.predecessor in by_id]
    after = [each.successor for each in plan.links if each.predecessor == row["pk"] and each.successor in by_id]
    return Chosen(row, waits_for=[by_id[pk] for pk in before], waited_for_by=[by_id[pk] for pk in after])


def _with_arrows(chosen: Chosen, picture: Picture) -> Chosen:
    marks = {mark.key: mark for mark in picture.marks}
    here = marks[chosen.row["pk"]]
    arrows = [_arrow(marks[row["pk"]], here) for row in chosen.waits_for]
    arrows += [_arrow(here, marks[row["pk"]]) for row in chosen.waited_for_by]
    return Chosen(chosen.row, chosen.waits_for, chosen.waited_for_by, arrows)


def _arrow(start: Mark, end: Mark) -> str:
    """Return the path of an arrow from below or above one mark to the near side of another, clear of their labels."""
    down = 1 if end.y >= start.y else -1
    y1, y2 = start.y + down * (RADIUS + 2), end.y - down * (RADIUS + 3)
    if end.y == start.y:
        y2 = end.y + RADIUS + 3
    middle = start.y + ROW if end.y == start.y else (y1 + y2) / 2
    return f"M{start.x:.1f} {y1:.1f}C{start.x:.1f} {middle:.1f} {end.x:.1f} {middle:.1f} {end.x:.1f} {y2:.1f}"
