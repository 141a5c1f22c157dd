"""The people of a program: what each is in it, and what each has in hand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from core.accounts.models import User
from core.exceptions import NotFound
from programs.choices import Role
from programs.models import Membership, Program
from programs.queries import assignments, name_of

Row = dict[str, Any]


@dataclass(frozen=True)
class Seats:
    """Who is shown as sponsor, deputy and manager."""

    sponsor_id: int | None
    deputy_id: int | None
    manager_id: int | None


def seats(program_id: int) -> Seats:
    """Return who holds the three seats of a program."""
    columns = ("sponsor_id", "deputy_sponsor_id", "manager_id")
    return Seats(*Program.objects.filter(pk=program_id).values_list(*columns).get())


def people(program_id: int) -> list[Row]:
    """Return who belongs to a program, who decides first, each with what is open in their hands, in three queries."""
    held, named = assignments.held(program_id, is_open=True), seats(program_id)
    rows = Membership.objects.filter(program_id=program_id).values(
        "pk", "person_id", "role", "title", name=name_of("person"), email=F("person__email"),
        time_zone=F("person__time_zone"),
    )  # fmt: skip
    order = list(Role)
    found = [
        row
        | {
            "role_label": Role(row["role"]).label,
            "holds": assignments.in_words(held.get(row["person_id"], {})),
            "is_deputy": row["person_id"] == named.deputy_id,
            "is_named_manager": row["person_id"] == named.manager_id,
        }
        for row in rows
    ]
    return sorted(found, key=lambda row: (order.index(Role(row["role"])), row["name"].lower()))


def ownerless(program_id: int) -> int:
    """Return how many open things of a program have an owner who does not belong to it any more."""
    members = set(Membership.objects.filter(program_id=program_id).values_list("person_id", flat=True))
    held = assignments.held(program_id, is_open=True)
    return sum(sum(counts.values()) for person, counts in held.items() if person not in members)


def place_for(reader: User, key: str, pk: int) -> Membership:
    """Return somebody's place in a program that a reader may see.

    Raises:
        core.exceptions.NotFound: when there is none.
    """
    rows = Membership.objects.select_related("program", "person").filter(program__key=key, pk=pk)
    found = rows.filter(program__memberships__person_id=reader.pk).first()
    if found is None:
        raise NotFound
    return found


def holds(place: Membership) -> str:
    """Return what somebody has in hand, in words."""
    everything = assignments.held(place.program_id, is_open=False).get(place.person_id, {})
    return assignments.in_words(everything)
