"""Where a person works: their programs, each with its today and what they may do in it."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from backend.overview.queries.confidence_statements import Confidence
from core import clock
from core.accounts.models import User
from programs.access import MemberContext, Right
from programs.choices import ProgramStatus, Role
from programs.models import Membership
from programs.queries import heads
from programs.queries.days import on_their_day
from workstreams.queries.network import Network

# The program's clockwork runs in these.
LIVE = (ProgramStatus.DRAFT, ProgramStatus.ACTIVE)


@dataclass(frozen=True)
class Place:
    """A program as somebody works in it."""

    key: str
    name: str
    status: str
    today: dt.date
    member: MemberContext


@dataclass(frozen=True)
class Scope:
    """Whose work, in which programs, now; with what is known of these already, so that it is not read twice."""

    person: User
    at: dt.datetime
    places: Mapping[int, Place]
    # Where work is shown from outside one's programs too: all of them, not one program's page.
    is_whole: bool
    networks: Mapping[int, Network] = field(default_factory=dict)
    said: Mapping[int, Confidence] = field(default_factory=dict)

    def ids(self, right: Right = Right.READ, statuses: Collection[str] = LIVE) -> list[int]:
        """Return the programs of some states in which the person has a right."""
        return [pk for pk, place in self.places.items() if place.status in statuses and place.member.may(right)]

    def days(self, ids: Collection[int]) -> dict[int, dt.date]:
        """Return the today of programs."""
        return {pk: self.places[pk].today for pk in ids}

    def on_their_day(self, ids: Collection[int], condition: Callable[[dt.date], Q]) -> Q:
        """Return the condition that holds in each of these programs on its own day."""
        return on_their_day(self.days(ids), condition)

    def common(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a task has of its program and its row, which names `program_id` and `code`."""
        place = self.places[row["program_id"]]
        return {
            "code": f"{place.key}-{row['code']}",
            "today": place.today,
            "program_key": place.key,
            "program": place.name,
            "row": row,
        }


def scope(person: User, at: dt.datetime) -> Scope:
    """Return all programs of a person, in one query."""
    columns = ("program_id", "role", "program__key", "program__name", "program__status", "program__time_zone")
    rows = Membership.objects.filter(person=person).values(*columns, "program__deputy_sponsor_id")
    places = {
        row["program_id"]: Place(
            key=row["program__key"],
            name=row["program__name"],
            status=row["program__status"],
            today=clock.today(row["program__time_zone"], at),
            member=MemberContext(
                program_id=row["program_id"],
                person_id=person.pk,
                role=Role(row["role"]),
                is_deputy=row["program__deputy_sponsor_id"] == person.pk,
            ),
        )
        for row in rows
    }
    return Scope(person, at, places, is_whole=True)


def scope_of(person: User, head: heads.Head, at: dt.datetime, *, network: Network, said: Confidence) -> Scope:
    """Return one program of a person, from what its page has read of it."""
    place = Place(head.key, head.name, head.program.status, head.today, head.member)
    return Scope(person, at, {head.pk: place}, is_whole=False, networks={head.pk: network}, said={head.pk: said})
