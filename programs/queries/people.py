"""Who a reader works with: people who share a program with them, and what these are in it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.accounts.models import User
from programs.models import Membership


def sharing(reader: User, **narrowed: Any) -> Exists:
    """Return the condition that a person belongs to a program of the reader's; `narrowed` says to which and as what."""
    shared = Membership.objects.filter(
        person_id=OuterRef("pk"), program__in=reader.memberships.values("program_id"), **narrowed
    )
    return Exists(shared)


def readable_people(reader: User) -> QuerySet[User]:
    """Return the reader and everybody who shares a program with them."""
    return User.objects.filter(Q(pk=reader.pk) | sharing(reader))


def memberships_of(person_ids: Collection[int], reader: User) -> Mapping[int, list[dict[str, Any]]]:
    """Return what people are in the programs they share with the reader, by person, in one query."""
    found: dict[int, list[dict[str, Any]]] = {person: [] for person in person_ids}
    rows = Membership.objects.filter(person_id__in=found, program__memberships__person_id=reader.pk)
    for row in rows.order_by("program__key").values(
        "person_id", "program_id", "program__key", "program__name", "role", "title"
    ):
        program = {"id": row["program_id"], "key": row["program__key"], "name": row["program__name"]}
        found[row["person_id"]].append({"program": program, "role": row["role"], "title": row["title"]})
    return found
