"""What waits for what: adding, changing and removing dependencies between milestones."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.accounts.models import User
from core.audit import services as audit
from programs import access as program_access
from programs.models import Program
from programs.services.guards import require_current
from workstreams import access, exceptions, indicators
from workstreams.indicators import DependencyCycle, Link
from workstreams.models import Dependency, Milestone
from workstreams.queries.network import Network
from workstreams.services import push_notices

DEPENDENCY = "dependency"
# A year of working days: more is no lag but a date.
MOST_LAG = 260


@transaction.atomic
def add_dependency(
    *, predecessor: Milestone, successor: Milestone, lag_days: int = 0, by: User, at: dt.datetime
) -> Dependency:
    """Let a milestone wait for another, plus a lag in working days; the owners of what that pushes are told.

    Raises:
        core.exceptions.NotAllowed: to who neither leads the successor's workstream nor manages the program.
        NotInThisProgram: when they stand in different programs.
        DependencyExists: when it waits already; WouldWaitForItself: naming the ring that it would close.
    """
    predecessor, successor = _ends(predecessor, successor, by)
    return _add(predecessor, successor, lag_days, by=by, at=at)


@transaction.atomic
def edit_dependency(
    *, dependency: Dependency, lag_days: int, by: User, at: dt.datetime, expected_version: int | None = None
) -> Dependency:
    """Change the lag of a dependency, in working days.

    Raises:
        core.exceptions.Stale: when it is no longer at the expected version.
    """
    dependency = _locked(dependency, by, expected_version)
    _check_lag(lag_days)
    if dependency.lag_days == lag_days:
        return dependency
    before = push_notices.network_of(dependency.program, at)
    changes = {"lag_days": [dependency.lag_days, lag_days]}
    dependency.lag_days, dependency.updated_at, dependency.version = lag_days, at, dependency.version + 1
    dependency.save(update_fields=["lag_days", "updated_at", "version"])
    _record(dependency, "edit", by=by, at=at, changes=changes)
    _tell(before, _with_lag(before, dependency, lag_days), dependency, by=by, at=at)
    return dependency


@transaction.atomic
def remove_dependency(
    *, dependency: Dependency, by: User, at: dt.datetime, expected_version: int | None = None
) -> None:
    """Let a milestone no longer wait for another."""
    dependency = _locked(dependency, by, expected_version)
    _record(dependency, "remove", by=by, at=at, changes={"lag_days": [dependency.lag_days, None]})
    dependency.delete()


@transaction.atomic
def set_predecessors(*, successor: Milestone, waits_for: Mapping[str, int], by: User, at: dt.datetime) -> None:
    """Let a milestone wait for exactly these, by code, each with its lag.

    Raises:
        NotInThisProgram: naming the codes that nothing in the program has, in the field waits_for.
        WouldWaitForItself: naming the ring that one of them would close.
    """
    links = {link.predecessor.code: link for link in successor.predecessor_links.select_related("predecessor")}
    if {code: link.lag_days for code, link in links.items()} == dict(waits_for):
        return
    wanted = Milestone.objects.filter(program_id=successor.program_id, code__in=waits_for)
    found = {milestone.code: milestone for milestone in wanted.select_related("program", "workstream")}
    if missing := sorted(waits_for.keys() - found.keys()):
        sentence = f"{', '.join(missing)}: {exceptions.NotInThisProgram.sentence}"
        raise exceptions.NotInThisProgram(fields={"waits_for": [sentence]})
    for code, link in links.items():
        if code not in waits_for:
            remove_dependency(dependency=link, by=by, at=at)
        else:
            edit_dependency(dependency=link, lag_days=waits_for[code], by=by, at=at)
    for code in waits_for.keys() - links.keys():
        add_dependency(predecessor=found[code], successor=successor, lag_days=waits_for[code], by=by, at=at)


def _ends(predecessor: Milestone, successor: Milestone, by: User) -> tuple[Milestone, Milestone]:
    """Return both ends as they are, with the plan locked, if the person may tie them together."""
    member = program_access.membership(by, successor.program_id)
    # One at a time: two dependencies that close a ring together would each find none.
    Program.objects.select_for_update().get(pk=successor.program_id)
    rows = Milestone.objects.select_related("program", "workstream")
    ends = {row.pk: row for row in rows.filter(pk__in=[predecessor.pk, successor.pk])}
    access.require(member, ends[successor.pk], "link")
    if ends[predecessor.pk].program_id != successor.program_id:
        sentence = exceptions.NotInThisProgram.sentence
        raise exceptions.NotInThisProgram(fields={"predecessor": [sentence]})
    return ends[predecessor.pk], ends[successor.pk]


def _add(predecessor: Milestone, successor: Milestone, lag_days: int, *, by: User, at: dt.datetime) -> Dependency:
    _check_lag(lag_days)
    before = push_notices.network_of(successor.program, at)
    if any(link.predecessor == predecessor.pk and link.successor == successor.pk for link in before.links):
        exists = exceptions.DependencyExists(predecessor=predecessor.code, successor=successor.code)
        raise exceptions.DependencyExists(fields={"predecessor": [exists.message]}, **exists.params)
    after = before.with_links([*before.links, Link(predecessor.pk, successor.pk, lag_days)])
    _refuse_ring(after)
    dependency = Dependency.objects.create(
        program=successor.program,
        predecessor=predecessor,
        successor=successor,
        lag_days=lag_days,
        created_at=at,
        updated_at=at,
    )
    _record(dependency, "add", by=by, at=at, changes={"lag_days": [None, lag_days]})
    _tell(before, after, dependency, by=by, at=at)
    return dependency


def _refuse_ring(network: Network) -> None:
    try:
        indicators.in_order(network.nodes, network.links)
    except DependencyCycle as cycle:
        codes = dict(Milestone.objects.filter(pk__in=cycle.ring).values_list("pk", "code"))
        ring = " → ".join(codes[one] for one in cycle.ring)
        sentence = exceptions.WouldWaitForItself(ring=ring).message
        raise exceptions.WouldWaitForItself(ring=ring, fields={"predecessor": [sentence]}) from cycle


def _locked(dependency: Dependency, by: User, expected_version: int | None) -> Dependency:
    member = program_access.membership(by, dependency.program_id)
    rows = Dependency.objects.select_related("program", "predecessor", "successor__workstream")
    dependency = rows.select_for_update(of=("self",)).get(pk=dependency.pk)
    access.require(member, dependency.successor, "link")
    require_current(dependency, expected_version)
    return dependency


def _with_lag(network: Network, dependency: Dependency, lag_days: int) -> Network:
    """Return the network with another lag for one dependency."""
    ends = (dependency.predecessor_id, dependency.successor_id)
    others = [link for link in network.links if (link.predecessor, link.successor) != ends]
    return network.with_links([*others, Link(*ends, lag_days)])


def _check_lag(lag_days: int) -> None:
    if not 0 <= lag_days <= MOST_LAG:
        raise exceptions.LagOutOfRange(
            most=MOST_LAG, fields={"lag_days": [exceptions.LagOutOfRange(most=MOST_LAG).message]}
        )


def _tell(before: Network, after: Network, dependency: Dependency, *, by: User, at: dt.datetime) -> None:
    cause = push_notices.label(dependency.predecessor)
    push_notices.tell(before, after, program=dependency.program, cause=cause, by=by, at=at)


def _record(dependency: Dependency, verb: str, *, by: User, at: dt.datetime, changes: dict[str, Any]) -> None:
    ends = f"{dependency.predecessor.code} → {dependency.successor.code} {dependency.successor.name}"
    audit.record(
        by=by,
        at=at,
        verb=f"{verb}_dependency",
        scope=f"program:{dependency.program_id}",
        subject=f"{DEPENDENCY}:{dependency.pk}",
        label=f"{dependency.program.key} {ends}",
        changes=changes,
    )
