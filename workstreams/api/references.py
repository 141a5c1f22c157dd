"""From what a body names to what services are handed."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.accounts.models import User
from core.api.pagination import Row
from programs.models import Program
from workstreams import exceptions, queries
from workstreams.models import Milestone
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


def moved(reader: User, program_id: int, data: dict[str, Any], row: Row, names: Sequence[str]) -> dict[str, Any]:
    """Take the references out of a change; return those that point elsewhere than before, as what they name."""
    named = changed({name: data.pop(name) for name in names if name in data}, row)
    if not named:
        return {}
    found = resolve(reader, program_id, named)
    del found["program"]
    return found


def milestones(reader: User, program: Named, named: Sequence[Named]) -> tuple[Program, list[Milestone]]:
    """Return a program of the reader's and the milestones named in it, in the order they are named, in two queries.

    Raises:
        NoSuchProgram: when the reader belongs to no such program.
        NotInThisProgram: when one of them is not in it.
        MovesRefused: when one is named twice.
    """
    chosen = {"pk": program} if isinstance(program, int) else {"key": program}
    found = Program.objects.visible_to(reader).filter(**chosen).first()
    if found is None:
        raise exceptions.NoSuchProgram(fields={"program": [exceptions.NoSuchProgram.sentence]})
    rows: dict[Named, Milestone] = {}
    for row in Milestone.objects.filter(program=found).select_related("workstream"):
        rows |= {row.pk: row, row.code: row, f"{found.key}-{row.code}": row}
    if any(one not in rows for one in named):
        raise exceptions.NotInThisProgram(fields={"moves": [exceptions.NotInThisProgram.sentence]})
    if len({rows[one].pk for one in named}) < len(named):
        raise exceptions.MovesRefused(fields={"moves": [exceptions.MovesRefused.sentence]})
    return found, [rows[one] for one in named]
