"""What each person of a program answers for: what would be ownerless if they left."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value

from programs import registry
from programs.registry import Assignment


def held(program_id: int, *, is_open: bool) -> dict[int, dict[str, int]]:
    """Return how many things of each kind each person answers for, in one query: all, or what is still to be done."""
    first, *others = [_counted(one, program_id, is_open=is_open) for one in registry.assignments()]
    found: dict[int, dict[str, int]] = {}
    for person_id, kind, count in first.union(*others, all=True):
        found.setdefault(person_id, {})[kind] = count
    return found


def rows_of(one: Assignment, program_id: int, person_id: int) -> QuerySet[Any]:
    """Return all that one person answers for in one way."""
    return one.rows().filter(program_id=program_id, **{f"{one.column}_id": person_id})


def _counted(one: Assignment, program_id: int, *, is_open: bool) -> Any:
    rows = one.rows().filter(program_id=program_id, **{f"{one.column}__isnull": False})
    if is_open:
        rows = rows.filter(one.still_open)
    whose = {"person": F(f"{one.column}_id"), "holding": Value(one.kind, output_field=CharField())}
    return rows.order_by().values(**whose).annotate(n=Count("pk")).values_list("person", "holding", "n")


def in_words(counts: Mapping[str, int]) -> str:
    """Return "2 milestones, 1 action item"."""
    return ", ".join(one.words(counts[one.kind]) for one in registry.assignments() if counts.get(one.kind))
