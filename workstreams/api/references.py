"""From what a body names to what services are handed."""

from collections.abc import Mapping
from typing import Any

from core.accounts.models import User
from core.api.pagination import Row
from workstreams import exceptions, queries
from workstreams.queries.places import Named


def resolve(reader: User, program: Named, named: Mapping[str, Named | None]) -> dict[str, Any]:
    """Return the things that the reader named in a program, with the program itself; None stays None.

    Raises:
        NoSuchProgram: when the reader belongs to no such program.
        NotInThisProgram: naming every field that points to nothing there.
    """
    wanted = {name: ref for name, ref in named.items() if ref is not None}
    found = queries.find_places(reader, program, wanted)
    if "program" not in found:
        raise exceptions.NoSuchProgram(fields={"program": [exceptions.NoSuchProgram.sentence]})
    if missing := [name for name in wanted if name not in found]:
        sentence = exceptions.NotInThisProgram.sentence
        raise exceptions.NotInThisProgram(fields={name: [sentence] for name in missing})
    return {**dict.fromkeys(named), **found}


def changed(named: Mapping[str, Named | None], row: Row) -> dict[str, Named | None]:
    """Return the references that point elsewhere than the row does now."""
    return {name: ref for name, ref in named.items() if not _is_same(ref, row[name])}


def _is_same(ref: Named | None, shown: Row | None) -> bool:
    if ref is None or shown is None:
        return ref is None and shown is None
    return ref in (shown["id"], shown.get("code"))
