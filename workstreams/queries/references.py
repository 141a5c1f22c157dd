"""What somebody names when they ask for something: the program, and what of the work and whom in it, in one query."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.accounts.models import User
from programs import queries
from programs.queries.references import PLACES, Kinds
from programs.queries.references import Named as Named
from workstreams.models import Milestone, Workstream

_MILESTONES = dict.fromkeys(("milestone", "predecessor", "successor"), Milestone)
KINDS: Kinds = {**PLACES, "workstream": Workstream, **_MILESTONES}


def find_places(reader: User, program: Named, named: Mapping[str, Named | None]) -> dict[str, Any]:
    """Return what the reader named in one of their programs, with the program itself; None stays None.

    `named` maps workstream, phase, milestone or outcome to a number or code, and anything else to a member of the
    program. The models carry their number, program and code, which is all that pointing to them takes.

    Raises:
        programs.exceptions.NothingOfThatName: when the reader belongs to no such program.
        NotInThisProgram: naming every field that points to nothing there.
    """
    return queries.find_places(reader, program, named, kinds=KINDS)


def find_each(reader: User, program: Named, rows: Sequence[Mapping[str, Named]], *, field: str) -> list[dict[str, Any]]:
    """Return what each of many rows names in one program, in one query for all of them.

    Raises:
        NotInThisProgram: naming each reference that points to nothing there, as in conditions.2.performer.
    """
    labels = [{name: f"{field}.{place}.{name}" for name in row} for place, row in enumerate(rows)]
    named = {label: row[name] for row, mine in zip(rows, labels, strict=True) for name, label in mine.items()}
    kinds = {label: KINDS[name] for mine in labels for name, label in mine.items() if name in KINDS}
    found = queries.find_places(reader, program, named, kinds=kinds) if named else {}
    return [{name: found[label] for name, label in mine.items()} for mine in labels]


def find_moved(reader: User, program_id: int, named: Mapping[str, Named | None]) -> dict[str, Any]:
    """Return what a change points to now in a program of the reader's, without a look-up where it names nothing."""
    return queries.find_moved(reader, program_id, named, kinds=KINDS)
