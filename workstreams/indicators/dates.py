"""Expected dates of milestones: what their owners say, pushed by what they wait for. Pure: values in, dates out."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """The program's working days: Monday to Friday without its holidays."""

    holidays: frozenset[dt.date] = frozenset()

    def is_working(self, day: dt.date) -> bool:
        """Tell whether a day is worked."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def on_or_after(self, day: dt.date) -> dt.date:
        """Return a day, or the first working day after it."""
        while not self.is_working(day):
            day += dt.timedelta(days=1)
        return day

    def later(self, day: dt.date, working_days: int) -> dt.date:
        """Return the day so many working days after a day; 0 is the day itself."""
        while working_days > 0:
            day += dt.timedelta(days=1)
            if self.is_working(day):
                working_days -= 1
        return day


@dataclass(frozen=True, kw_only=True)
class Node:
    """A milestone as dates see it: `said_on` is its latest forecast, else its baseline."""

    id: int
    said_on: dt.date
    actual_on: dt.date | None = None
    is_cancelled: bool = False


@dataclass(frozen=True)
class Link:
    """That a milestone waits for another, plus a lag in working days."""

    predecessor: int
    successor: int
    lag_days: int = 0


@dataclass(frozen=True)
class Expected:
    """When a milestone is expected, and the one it waits for, where that is what pushes it."""

    on: dt.date
    pushed_by: int | None = None


class DependencyCycle(ValueError):
    """Milestones wait for one another in a ring; `ring` names them in order, the first again at the end."""

    def __init__(self, ring: Sequence[int]) -> None:
        super().__init__(" -> ".join(map(str, ring)))
        self.ring = list(ring)


@dataclass
class _Graph:
    before: dict[int, list[Link]] = field(default_factory=dict)
    after: dict[int, list[Link]] = field(default_factory=dict)


def _graph(nodes: Mapping[int, Node], links: Iterable[Link]) -> _Graph:
    graph = _Graph()
    for link in links:
        if link.predecessor in nodes and link.successor in nodes:
            graph.before.setdefault(link.successor, []).append(link)
            graph.after.setdefault(link.predecessor, []).append(link)
    return graph


def in_order(ids: Iterable[int], links: Collection[Link]) -> list[int]:
    """Return milestones so that each stands after all it waits for.

    Kahn, "Topological sorting of large networks", CACM 5(11), 1962.

    Raises:
        DependencyCycle: naming one ring.
    """
    nodes = {one: Node(id=one, said_on=dt.date.min) for one in ids}
    graph = _graph(nodes, links)
    waiting = {one: len(graph.before.get(one, ())) for one in nodes}
    ready = [one for one, count in waiting.items() if count == 0]
    ordered: list[int] = []
    while ready:
        one = ready.pop()
        ordered.append(one)
        for link in graph.after.get(one, ()):
            waiting[link.successor] -= 1
            if waiting[link.successor] == 0:
                ready.append(link.successor)
    if len(ordered) < len(nodes):
        raise DependencyCycle(_ring({one for one, count in waiting.items() if count}, graph))
    return ordered


def _ring(stuck: set[int], graph: _Graph) -> list[int]:
    """Return one ring among milestones that all wait for another of them."""
    path: list[int] = []
    one = min(stuck)
    while one not in path:
        path.append(one)
        one = next(link.predecessor for link in graph.before[one] if link.predecessor in stuck)
    ring = path[path.index(one) :]
    return [one, *reversed(ring[1:]), one] if len(ring) > 1 else [one, one]


def expected_dates(
    nodes: Collection[Node], links: Collection[Link], *, calendar: Calendar, today: dt.date
) -> dict[int, Expected]:
    """Return when each milestone is expected.

    The actual date; else the latest of what its owner says and, for each milestone it waits for, the expected date of
    that plus the lag in working days; only a date that was pushed is moved to a working day; today where all of these
    have passed. A cancelled milestone pushes nothing.

    Raises:
        DependencyCycle: when milestones wait for one another.
    """
    by_id = {node.id: node for node in nodes if not node.is_cancelled}
    graph = _graph(by_id, links)
    found: dict[int, Expected] = {}
    for one in in_order(by_id, links):
        found[one] = _expected(by_id[one], graph.before.get(one, ()), found, calendar, today)
    return found


def _expected(
    node: Node, links: Iterable[Link], found: Mapping[int, Expected], calendar: Calendar, today: dt.date
) -> Expected:
    if node.actual_on is not None:
        return Expected(node.actual_on)
    on, pushed_by = node.said_on, None
    for link in links:
        allowed = calendar.later(found[link.predecessor].on, link.lag_days)
        if allowed > on:
            on, pushed_by = calendar.on_or_after(allowed), link.predecessor
    return Expected(max(on, today), pushed_by if on >= today else None)


def critical_chain(nodes: Collection[Node], links: Collection[Link], *, calendar: Calendar, today: dt.date) -> set[int]:
    """Return the open milestones that a slip of the last one hangs on: back from the latest expected date.

    From each milestone expected last, the ones it waits for whose date plus lag reaches its own.
    """
    expected = expected_dates(nodes, links, calendar=calendar, today=today)
    still_open = {node.id for node in nodes if node.actual_on is None and node.id in expected}
    if not still_open:
        return set()
    last = max(expected[one].on for one in still_open)
    graph = _graph({node.id: node for node in nodes if node.id in still_open}, links)
    chain: set[int] = set()
    found = [one for one in still_open if expected[one].on == last]
    while found:
        one = found.pop()
        if one in chain:
            continue
        chain.add(one)
        for link in graph.before.get(one, ()):
            reached = calendar.on_or_after(calendar.later(expected[link.predecessor].on, link.lag_days))
            if reached >= expected[one].on:
                found.append(link.predecessor)
    return chain


def slip_days(*, baseline_on: dt.date, due_on: dt.date, actual_on: dt.date | None) -> int:
    """Return how many days after its baseline a milestone is: by its actual date, else the date it is due or expected.

    Negative is early.
    """
    return ((actual_on or due_on) - baseline_on).days
