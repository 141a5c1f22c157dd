"""How long the expected dates of a large plan take.

`python -m tests.benchmarks.expected_dates` prints the table of docs/measurements.md.
"""

import datetime as dt
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from workstreams import indicators
from workstreams.indicators import Calendar, Link, Node

MILESTONES, DEPENDENCIES, RUNS = 200, 1000, 50
TODAY = dt.date(2026, 11, 20)


def plan(chance: random.Random) -> tuple[list[Node], list[Link]]:
    """Return a plan in which every dependency leads from an earlier to a later milestone."""
    nodes = [
        Node(id=one, said_on=TODAY + dt.timedelta(days=5 * one + chance.randint(0, 40))) for one in range(MILESTONES)
    ]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < DEPENDENCIES:
        before, after = sorted(chance.sample(range(MILESTONES), 2))
        pairs.add((before, after))
    return nodes, [Link(before, after, chance.randint(0, 10)) for before, after in sorted(pairs)]


def seconds(work: Callable[[], Any]) -> list[float]:
    """Return how long each of some runs took."""
    found = []
    for _run in range(RUNS):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found


def main() -> None:
    """Print the table."""
    nodes, links = plan(random.Random(7))
    calendar = Calendar(frozenset(TODAY + dt.timedelta(days=30 * n) for n in range(40)))
    facts: dict[str, Any] = {"calendar": calendar, "today": TODAY}
    works: dict[str, Callable[[], Any]] = {
        "raw: the same milestones and dependencies put in order": lambda: indicators.in_order(range(MILESTONES), links),
        "expected dates": lambda: indicators.expected_dates(nodes, links, **facts),
        "critical chain, with the expected dates": lambda: indicators.critical_chain(nodes, links, **facts),
    }
    print("| what | milliseconds, median of 50 | least | most |\n|---|---|---|---|")
    for what, work in works.items():
        taken = [1000 * each for each in seconds(work)]
        print(f"| {what} | {statistics.median(taken):.1f} | {min(taken):.1f} | {max(taken):.1f} |")


if __name__ == "__main__":
    main()
