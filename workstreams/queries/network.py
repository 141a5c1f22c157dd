"""Expected dates of a program's milestones, what a new date would push, and what the plan's page shows."""

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, IntegerField, QuerySet, Value
from django.utils.translation import gettext

from core.exceptions import Unreckonable
from core.fields import LAST_DAY, is_in_range
from programs.models import Holiday
from programs.queries import name_of
from workstreams import indicators
from workstreams.choices import MilestoneState
from workstreams.exceptions import PushedTooFar
from workstreams.indicators import Calendar, DependencyCycle, Expected, Link, Node
from workstreams.models import Dependency, Milestone, MilestoneForecast

logger = logging.getLogger(__name__)

Row = dict[str, Any]
_MILESTONE, _LINK, _HOLIDAY, _FORECAST = "milestone", "link", "holiday", "forecast"


@dataclass(frozen=True)
class Network:
    """The milestones of a program on a day, what waits for what, and the days that are worked."""

    today: dt.date
    nodes: dict[int, Node] = field(default_factory=dict)
    owners: dict[int, int | None] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    holidays: set[dt.date] = field(default_factory=set)
    # The dates said of one milestone, where they were asked for, the first first.
    said: list[Row] = field(default_factory=list)
    # Why it cannot be reckoned: a day that no column takes, or a ring. Then each milestone is expected when it is said.
    fault: str = ""

    @cached_property
    def calendar(self) -> Calendar:
        """The program's working days."""
        return Calendar(frozenset(self.holidays))

    @cached_property
    def expected(self) -> dict[int, Expected]:
        """When each milestone is expected; cancelled ones are left out."""
        return indicators.expected_dates(self.nodes.values(), self.links, calendar=self.calendar, today=self.today)

    @cached_property
    def critical(self) -> set[int]:
        """The open milestones that the last date of the program hangs on."""
        return indicators.critical_chain(self.nodes.values(), self.links, calendar=self.calendar, today=self.today)

    @property
    def reckons_too_far(self) -> bool:
        """Tell whether what milestones wait for pushes one beyond the days that a program may tell of."""
        try:
            return any(each.on > LAST_DAY for each in self.expected.values())
        except OverflowError:
            return True

    def with_dates(self, proposed: Mapping[int, dt.date]) -> "Network":
        """Return the network as it would be if milestones were said for other days."""
        moved = {one: replace(self.nodes[one], said_on=on) for one, on in proposed.items() if one in self.nodes}
        return Network(self.today, {**self.nodes, **moved}, self.owners, self.links, self.holidays)

    def with_links(self, links: list[Link]) -> "Network":
        """Return the network as it would be if other milestones waited for others."""
        return Network(self.today, self.nodes, self.owners, links, self.holidays)


@dataclass(frozen=True)
class Push:
    """A milestone whose expected date another one's date moves, later or earlier."""

    milestone_id: int
    owner_id: int | None
    before: dt.date
    after: dt.date

    @property
    def days(self) -> int:
        """By how many days it moves; negative is earlier."""
        return (self.after - self.before).days


def _fault(network: Network) -> str:
    """Return why a network cannot be reckoned, "" where it can; what is reckoned is kept."""
    days = (day for node in network.nodes.values() for day in (node.said_on, node.actual_on) if day is not None)
    if not all(map(is_in_range, days)):
        return gettext("A milestone has a day outside 1990 to 2199.")
    try:
        return gettext("What its milestones wait for pushes one beyond 2199.") if network.reckons_too_far else ""
    except DependencyCycle:
        return gettext("Its milestones wait for one another in a ring.")


def _sound(network: Network, program_id: int) -> Network:
    """Return a network that can be reckoned: itself, or without what waits for what where that is what fails."""
    fault = _fault(network)
    if not fault:
        return network
    logger.error("Program %s cannot be reckoned: %s", program_id, fault)
    return replace(network, links=[], fault=fault)


def networks(today: Mapping[int, dt.date], *, said_of: int | None = None) -> dict[int, Network]:
    """Return the networks of programs, in one query whatever their size; `today` is by program.

    The network of the program of the milestone `said_of` has the dates said of that one, too. One that cannot be
    reckoned has its `fault`, and harms no other.
    """
    found = {program_id: Network(day) for program_id, day in today.items()}
    for kind, program_id, one, other, lag, on, actual_on, state, reason, name in _facts(list(found), said_of):
        network = found[program_id]
        if kind == _HOLIDAY:
            network.holidays.add(on)
        elif kind == _LINK:
            network.links.append(Link(one, other, lag))
        elif kind == _FORECAST:
            member = {"said_by_id": other, "said_by_name": name}
            network.said.append({"id": one, "forecast_on": on, "said_on": actual_on, "reason": reason, **member})
        else:
            is_cancelled = state == MilestoneState.CANCELLED
            network.nodes[one] = Node(id=one, said_on=on, actual_on=actual_on, is_cancelled=is_cancelled)
            network.owners[one] = other
    for each in found.values():
        each.said.sort(key=lambda row: (row["said_on"], row["id"]))
    return {program_id: _sound(each, program_id) for program_id, each in found.items()}


def network(program_id: int, today: dt.date) -> Network:
    """Return the network of a program, in one query.

    Raises:
        core.exceptions.Unreckonable: where it cannot be reckoned.
    """
    found = networks({program_id: today})[program_id]
    if found.fault:
        raise Unreckonable(why=found.fault)
    return found


def _facts(program_ids: Collection[int], said_of: int | None) -> QuerySet[Any, tuple[Any, ...]]:
    """Return milestones, dependencies and days off in one statement; the first part gives the columns their types.

    With the dates said of one milestone, where they are wanted: an item of the API shows them beside its own dates.
    """
    number, count, day = (Value(None, output_field=kind) for kind in (BigIntegerField(), IntegerField(), DateField()))
    nothing = (_text(""), _text(""), _text(""))
    milestones = Milestone.objects.filter(program_id__in=program_ids).order_by()
    links = Dependency.objects.filter(program_id__in=program_ids).order_by()
    holidays = Holiday.objects.filter(program_id__in=program_ids).order_by()
    first: QuerySet[Any, Any] = milestones.values_list(
        _text(_MILESTONE),
        "program_id",
        "pk",
        "owner_id",
        Value(0),
        "due_on",
        "actual_on",
        "state",
        _text(""),
        _text(""),
    )
    second: QuerySet[Any, Any] = links.values_list(
        _text(_LINK), "program_id", "predecessor_id", "successor_id", "lag_days", day, day, *nothing
    )
    third: QuerySet[Any, Any] = holidays.values_list(
        _text(_HOLIDAY), "program_id", number, number, count, "on", day, *nothing
    )
    if said_of is None:
        return first.union(second, third, all=True)
    forecasts = MilestoneForecast.objects.filter(milestone_id=said_of, milestone__program_id__in=program_ids)
    said: QuerySet[Any, Any] = forecasts.order_by().values_list(
        _text(_FORECAST), "milestone__program_id", "pk", "said_by_id", count, "forecast_on", "said_on", _text(""),
        "reason", name_of("said_by"),
    )  # fmt: skip
    return first.union(second, third, said, all=True)


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())


def pushes(before: Network, after: Network, *, but: Collection[int] = ()) -> list[Push]:
    """Return the milestones that are expected on another day afterwards, the earliest first.

    Those that were moved themselves, `but`, are left out: only what follows is pushed.

    Raises:
        PushedTooFar: where that is beyond the days that a program may tell of.
    """
    if after.reckons_too_far:
        raise PushedTooFar
    moved = [
        Push(one, before.owners[one], was.on, after.expected[one].on)
        for one, was in before.expected.items()
        if one not in but and after.expected[one].on != was.on
    ]
    return sorted(moved, key=lambda push: (push.after, push.milestone_id))


def named(moved: Iterable[Push]) -> list[Row]:
    """Return pushes with the code, name and owner of each milestone, in one query."""
    by_id = {push.milestone_id: push for push in moved}
    rows = Milestone.objects.filter(pk__in=by_id).order_by()
    found = {row["pk"]: row for row in rows.values("pk", "code", "name", "program__key", owner_name=name_of("owner"))}
    return [
        {**found[one], "owner_id": push.owner_id, "before": push.before, "after": push.after, "days": push.days}
        for one, push in by_id.items()
    ]


def what_is_pushed(program_id: int, proposed: Mapping[int, dt.date], today: dt.date) -> list[Row]:
    """Return what other dates for milestones of a program would push, and whom, in two queries."""
    now = network(program_id, today)
    return named(pushes(now, now.with_dates(proposed), but=proposed))
