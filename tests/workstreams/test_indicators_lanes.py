"""The picture of the lanes, as arithmetic: whatever the plan, no two things in it overlap."""

import datetime as dt
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from programs.indicators.axis import Scale, ticks
from workstreams.indicators import lanes, text
from workstreams.indicators.lanes import Band, Box, Gate, Item, Lane, Picture

TODAY = dt.date(2026, 11, 20)
LANES = [Lane(1, "Project management", ""), Lane(2, "A workstream with a very long name indeed", "Change management")]
days = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
names = st.text("abcWMiq 漢字é", max_size=60)


def _draw(
    items: list[Item], *, bands: list[Band] | None = None, gates: list[Gate] | None = None, streams: list[Lane] = LANES
) -> Picture:
    picture = lanes.draw(bands=bands or [], gates=gates or [], lanes=streams, items=items, today=TODAY)
    assert picture is not None
    return picture


def _boxes(picture: Picture) -> list[Box]:
    """Return every rectangle that has its place alone: phases, gates, milestones, the gutter with the names."""
    gutter = Box(0, picture.lanes_top, lanes.GUTTER, picture.height)
    marks = [mark.box for mark in (*picture.gates, *picture.marks)]
    return [gutter, *(band.box for band in picture.bands), *marks]


def _item(key: int, day: int, *, baseline: int | None = None, **more: object) -> Item:
    on = TODAY + dt.timedelta(days=day)
    baseline_on = on if baseline is None else TODAY + dt.timedelta(days=baseline)
    return Item(key=key, lane=1 + key % 2, on=on, baseline_on=baseline_on, **more)  # type: ignore[arg-type]


items_strategy = st.lists(
    st.builds(
        lambda lane, on, baseline, label, late, rank: (lane, on, baseline, label, late, rank),
        st.integers(1, 2),
        days,
        days,
        names,
        st.booleans(),
        st.sampled_from([None, 0, 1, 2, 3]),
    ),
    min_size=1,
    max_size=120,
)


@settings(max_examples=60)
@given(rows=items_strategy, gate_days=st.lists(days, max_size=15), spans=st.lists(st.tuples(days, days), max_size=12))
def test_nothing_overlaps(
    rows: list[tuple[int, dt.date, dt.date, str, bool, int | None]],
    gate_days: list[dt.date],
    spans: list[tuple[dt.date, dt.date]],
) -> None:
    picture = _draw(
        [
            Item(key, lane, on, baseline, label, "+35 d" if late else "", rank)
            for key, (lane, on, baseline, label, late, rank) in enumerate(rows)
        ],
        bands=[Band(n, min(span), max(span), f"PH{n} A phase", f"PH{n}") for n, span in enumerate(spans)],
        gates=[Gate(n, day, f"G{n} 14 Jan") for n, day in enumerate(gate_days)],
    )
    assert len(picture.marks) == len(rows)
    assert not [pair for pair in combinations(_boxes(picture), 2) if pair[0].overlaps(pair[1])]
    for box in _boxes(picture):
        assert box.left >= 0 and box.right <= picture.width and box.bottom <= picture.height


@settings(max_examples=60)
@given(rows=items_strategy)
def test_a_mark_and_its_label_lie_in_their_own_rectangle(
    rows: list[tuple[int, dt.date, dt.date, str, bool, int | None]],
) -> None:
    items = [
        Item(key, lane, on, baseline, label, "+35 d" if late else "", rank)
        for key, (lane, on, baseline, label, late, rank) in enumerate(rows)
    ]
    for mark in _draw(items).marks:
        assert mark.box.left <= min(mark.x, mark.baseline_x) - lanes.RADIUS
        assert max(mark.x, mark.baseline_x) + lanes.RADIUS <= mark.box.right
        if mark.label:
            suffix = f" {mark.suffix}" if mark.suffix else ""
            width = text.width(mark.label + suffix, lanes.FONT)
            left = mark.label_x if mark.anchor == "start" else mark.label_x - width
            assert mark.box.left - 0.1 <= left and left + width <= mark.box.right + 0.1


def test_two_milestones_of_one_day_stand_under_each_other() -> None:
    first, second = _draw([_item(2, 10), _item(4, 10), _item(6, 300)]).marks[:2]
    assert first.x == second.x
    assert first.y != second.y


def test_a_late_milestone_shows_its_baseline_its_day_and_how_late() -> None:
    picture = _draw([_item(2, 35, baseline=0, label="Write-back live", suffix="+35 d", rank=1), _item(4, 300)])
    mark = picture.marks[0]
    assert mark.baseline_x < mark.x
    assert (mark.label, mark.suffix) == ("Write-back live", "+35 d")


def test_marks_that_would_touch_become_one() -> None:
    mark = _draw([_item(2, 2, baseline=0, label="Soon", suffix="+2 d", rank=1), _item(4, 600)]).marks[0]
    assert mark.baseline_x == mark.x


def test_a_label_gives_way_before_a_mark_does() -> None:
    crowd = [_item(2 * n, 30, label=f"Milestone number {n}", rank=1) for n in range(40)]
    picture = _draw([*crowd, _item(200, 500)])
    assert len(picture.marks) == len(crowd) + 1
    assert picture.dropped == len(crowd) - lanes.LABELS[-1][1]
    assert sum(bool(mark.label) for mark in picture.marks) == lanes.LABELS[-1][1]


def test_the_latest_keep_their_labels_when_room_is_short() -> None:
    crowd = [_item(2 * n, 30, label=f"Soon {n}", rank=3) for n in range(40)]
    late = _item(100, 30, label="The late one", suffix="+35 d", rank=1)
    by_key = {mark.key: mark for mark in _draw([*crowd, late]).marks}
    assert by_key[100].label == "The late one"


def test_a_label_at_the_end_of_the_axis_stands_on_the_left() -> None:
    mark = _draw([_item(2, 0), _item(4, 500, label="Handed over", rank=3)]).marks[1]
    assert mark.anchor == "end"
    assert mark.box.right <= lanes.WIDTH


def test_nothing_to_draw_is_no_picture() -> None:
    assert lanes.draw(bands=[], gates=[], lanes=LANES, items=[], today=TODAY) is None


def test_today_is_drawn_only_where_the_axis_has_it() -> None:
    assert _draw([_item(2, -10), _item(4, 10)]).today_x is not None
    assert _draw([_item(2, 10), _item(4, 20)]).today_x is None


@given(first=days, length=st.integers(1, 4000))
def test_named_months_have_room(first: dt.date, length: int) -> None:
    scale = Scale(first, first + dt.timedelta(days=length), lanes.GUTTER, lanes.WIDTH)
    found = list(ticks(scale))
    assert all(tick.on.day == 1 for tick in found)
    # Months differ in length, so that two of the shortest stand a little closer.
    assert all(later.x - earlier.x >= 52 for earlier, later in pairwise(found))


@given(words=st.text(max_size=80), room=st.floats(0, 400))
def test_a_fitted_text_fits(words: str, room: float) -> None:
    assert text.width(text.fitted(words, 12, room), 12) <= room + 0.001


def test_a_name_is_broken_between_words_and_cut_at_the_end() -> None:
    assert text.wrapped("Project management", 12, 400, 2) == ["Project management"]
    assert text.wrapped("Project management", 12, 100, 2) == ["Project", text.fitted("management", 12, 100)]
    assert text.wrapped("", 12, 100, 2) == []
