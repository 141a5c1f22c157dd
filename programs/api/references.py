"""From what a body names to what services are handed."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from core.accounts.models import User
from core.api.pagination import Row
from programs import exceptions, queries
from programs.queries.places import Named


def resolve(reader: User, program: Named, named: Mapping[str, Named | None]) -> dict[str, Any]:
    """Return the things that the reader named in a program, with the program itself; None stays None.

    Raises:
        NothingOfThatName: when the reader belongs to no such program.
        OutsideTheProgram: naming every field that points to nothing there.
    """
    wanted = {name: ref for name, ref in named.items() if ref is not None}
    found = queries.find_places(reader, program, wanted)
    if "program" not in found:
        raise exceptions.NothingOfThatName(fields={"program": [exceptions.NothingOfThatName.sentence]})
    if missing := [name for name in wanted if name not in found]:
        sentence = exceptions.OutsideTheProgram.sentence
        raise exceptions.OutsideTheProgram(fields={name: [sentence] for name in missing})
    return {**dict.fromkeys(named), **found}


def one_of(rows: QuerySet[Any], ref: Named, *, field: str) -> Any:
    """Return the row that a reference names by number or full code, among those that the reader may see.

    Raises:
        NothingOfThatName: when it is none of them.
    """
    named = {"pk": ref} if isinstance(ref, int) else _full(ref)
    row = rows.filter(**named).first()
    if row is None:
        raise exceptions.NothingOfThatName(fields={field: [exceptions.NothingOfThatName.sentence]})
    return row


def _full(ref: str) -> dict[str, Any]:
    """Return the condition of a full code; a code alone could be any program's, and names nothing."""
    key, _dash, code = ref.rpartition("-")
    return {"program__key": key, "code": code}


def changed(named: Mapping[str, Named | None], row: Row) -> dict[str, Named | None]:
    """Return the references that point elsewhere than the row does now."""
    return {name: ref for name, ref in named.items() if not _is_same(ref, row[name])}


def _is_same(ref: Named | None, shown: Row | None) -> bool:
    if ref is None or shown is None:
        return ref is None and shown is None
    return ref in (shown["id"], shown.get("code"))
