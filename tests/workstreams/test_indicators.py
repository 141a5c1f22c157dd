"""Figures of the work: expected dates, parity and promises, by property and by the sample's values."""

import datetime as dt
import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstreams import indicators
from workstreams.indicators import Calendar, Commitments, DependencyCycle, Link, Node, Promises, Side

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 20)
FIVE_DAYS = Calendar(frozenset({dt.date(2026, 12, 25), dt.date(2026, 12, 28), dt.date(2027, 1, 1)}))
days = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31))


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Node], list[Link]]:
    """A plan without rings: a milestone waits only for milestones of a lower number."""
    count = draw(st.integers(1, 12))
    nodes = [
        Node(id=number, said_on=draw(days), actual_on=draw(st.none() | days), is_cancelled=draw(st.booleans()))
        for number in range(count)
    ]
    pairs = [(low, high) for high in range(count) for low in range(high)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    return nodes, [Link(low, high, draw(st.integers(0, 15))) for low, high in chosen]


def expected(nodes: list[Node], links: list[Link]) -> dict[int, indicators.Expected]:
    return indicators.expected_dates(nodes, links, calendar=FIVE_DAYS, today=TODAY)


@given(plans())
def test_nothing_is_expected_before_what_it_waits_for_allows(plan: tuple[list[Node], list[Link]]) -> None:
    nodes, links = plan
    found = expected(nodes, links)
    by_id = {node.id: node for node in nodes}
    for link in links:
        if link.predecessor in found and link.successor in found and by_id[link.successor].actual_on is None:
            assert found[link.successor].on >= FIVE_DAYS.later(found[link.predecessor].on, link.lag_days)


@given(plans())
def test_an_expected_date_is_actual_or_neither_past_nor_before_what_was_said(
    plan: tuple[list[Node], list[Link]],
) -> None:
    nodes, links = plan
    for node in nodes:
        found = expected(nodes, links).get(node.id)
        if node.is_cancelled:
            assert found is None
        elif node.actual_on is not None:
            assert found == indicators.Expected(node.actual_on)
        else:
            assert found is not None
            assert found.on >= max(node.said_on, TODAY)
            assert found.pushed_by is None or FIVE_DAYS.is_working(found.on)


@given(plans(), st.integers(0, 11), st.integers(1, 200))
def test_a_slip_moves_only_what_depends_on_it(plan: tuple[list[Node], list[Link]], which: int, slip: int) -> None:
    nodes, links = plan
    moved = nodes[which % len(nodes)]
    before = expected(nodes, links)
    slipped = [
        Node(id=node.id, said_on=node.said_on + slip * DAY, actual_on=node.actual_on, is_cancelled=node.is_cancelled)
        if node is moved
        else node
        for node in nodes
    ]
    after = expected(slipped, links)
    downstream = {moved.id}
    for link in sorted(links, key=lambda one: one.successor):
        if link.predecessor in downstream:
            downstream.add(link.successor)
    for one, date in after.items():
        assert date.on >= before[one].on
        if one not in downstream:
            assert date == before[one]


def test_only_a_pushed_date_is_moved_to_a_working_day() -> None:
    saturday = dt.date(2026, 12, 19)
    nodes = [Node(id=1, said_on=saturday), Node(id=2, said_on=TODAY), Node(id=3, said_on=saturday)]
    found = expected(nodes, [Link(1, 2), Link(1, 3)])
    assert (found[1].on, found[1].pushed_by) == (saturday, None)
    assert (found[2].on, found[2].pushed_by) == (dt.date(2026, 12, 21), 1)
    assert (found[3].on, found[3].pushed_by) == (saturday, None)


def test_a_lag_counts_the_programs_working_days() -> None:
    nodes = [Node(id=1, said_on=dt.date(2026, 12, 24)), Node(id=2, said_on=TODAY)]
    assert expected(nodes, [Link(1, 2, 2)])[2].on == dt.date(2026, 12, 30)


def test_what_has_passed_unreached_is_expected_today() -> None:
    assert expected([Node(id=1, said_on=TODAY - 9 * DAY)], [])[1].on == TODAY


def test_a_ring_is_refused_by_its_members() -> None:
    with pytest.raises(DependencyCycle) as refused:
        indicators.in_order(range(5), [Link(0, 1), Link(1, 2), Link(2, 3), Link(3, 1), Link(3, 4)])
    assert refused.value.ring[0] == refused.value.ring[-1]
    assert set(refused.value.ring) == {1, 2, 3}
    ring = refused.value.ring
    assert all((a, b) in {(1, 2), (2, 3), (3, 1)} for a, b in itertools.pairwise(ring))


def test_the_critical_chain_leads_to_the_last_milestone() -> None:
    late = TODAY + 60 * DAY
    nodes = [Node(id=1, said_on=late), *(Node(id=number, said_on=TODAY + number * DAY) for number in (2, 3, 4))]
    links = [Link(1, 2), Link(2, 3)]
    assert indicators.critical_chain(nodes, links, calendar=FIVE_DAYS, today=TODAY) == {1, 2, 3}


def test_slips_are_days_from_the_baseline_early_ones_negative() -> None:
    baseline = dt.date(2026, 9, 25)
    assert indicators.slip_days(baseline_on=baseline, due_on=baseline, actual_on=baseline - DAY) == -1
    assert indicators.slip_days(baseline_on=baseline, due_on=baseline + 35 * DAY, actual_on=None) == 35


def test_parity_is_the_difference_of_shares_in_points() -> None:
    assert indicators.parity_points(change=Side(3, 4), project=Side(3, 4)) == 0
    assert indicators.parity_points(change=Side(1, 4), project=Side(3, 4)) == -50
    assert indicators.parity_points(change=Side(0, 0), project=Side(3, 4)) is None
    assert indicators.mean_days([7, 21, -1]) == 9
    assert indicators.mean_days([]) is None


def test_promises_and_commitments() -> None:
    assert Promises(kept=2, missed=2, overdue=0).ppc == Fraction(1, 2)
    assert Promises(kept=0, missed=0, overdue=1).ppc == 0
    assert Promises(kept=0, missed=0, overdue=0).ppc is None
    assert (Commitments(committed=6, declined=1).answered, Commitments(6, 1).rate) == (7, Fraction(6, 7))
    assert Commitments(0, 0).rate is None
    assert indicators.reasons_ranked({"b": 2, "a": 1, "c": 2}) == [("b", 2), ("c", 2), ("a", 1)]
