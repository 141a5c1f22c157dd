"""From what a body names to what services are handed."""

from collections.abc import Sequence

from core.accounts.models import User
from programs import queries
from programs.models import Program
from workstreams import exceptions
from workstreams.models import Milestone
from workstreams.queries.references import Named


def milestones(reader: User, program: Named, named: Sequence[Named]) -> tuple[Program, list[Milestone]]:
    """Return a program of the reader's and the milestones named in it, in the order they are named, in two queries.

    Raises:
        programs.exceptions.NothingOfThatName: when the reader belongs to no such program.
        NotInThisProgram: when one of them is not in it.
        MovesRefused: when one is named twice.
    """
    found = queries.program_named(reader, program)
    rows: dict[Named, Milestone] = {}
    for row in Milestone.objects.filter(program=found).select_related("workstream"):
        rows |= {row.pk: row, row.code: row, f"{found.key}-{row.code}": row}
    if any(one not in rows for one in named):
        raise exceptions.NotInThisProgram(fields={"moves": [exceptions.NotInThisProgram.sentence]})
    if len({rows[one].pk for one in named}) < len(named):
        raise exceptions.MovesRefused(fields={"moves": [exceptions.MovesRefused.sentence]})
    return found, [rows[one] for one in named]
