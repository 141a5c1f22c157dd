"""Telling the owners of what a change of the plan pushes."""

import datetime as dt
from collections.abc import Collection, Mapping

from core import clock
from core.accounts.models import User
from programs.models import Program
from workstreams import notices
from workstreams.models import Milestone
from workstreams.queries import network as networks
from workstreams.queries.network import Network


def label(milestone: Milestone) -> str:
    """Return what a milestone is called where its program is not known."""
    return f"{milestone.program.key}-{milestone.code} {milestone.name}"


def network_of(program: Program, at: dt.datetime) -> Network:
    """Return the network of a program as it is now, in one query."""
    return networks.network(program.pk, clock.today(program.time_zone, at))


def tell(
    before: Network,
    after: Network,
    *,
    program: Program,
    cause: str,
    by: User,
    at: dt.datetime,
    moved: Collection[int] = (),
) -> None:
    """Tell the owners of milestones that are expected later now, each once; those `moved` themselves are no news."""
    pushed = networks.pushes(before, after, but=moved)
    notices.tell_pushed(pushed, cause=cause, program_id=program.pk, by=by, at=at)


def tell_of_dates(program: Program, proposed: Mapping[int, dt.date], *, cause: str, by: User, at: dt.datetime) -> None:
    """Tell what other dates for milestones push, before they are written."""
    now = network_of(program, at)
    tell(now, now.with_dates(proposed), program=program, cause=cause, by=by, at=at, moved=proposed)


def tell_of_date(milestone: Milestone, on: dt.date, *, by: User, at: dt.datetime) -> None:
    """Tell what another date for a milestone pushes, before it is written."""
    tell_of_dates(milestone.program, {milestone.pk: on}, cause=label(milestone), by=by, at=at)
