"""What several services of the work ask before they write: a name, places and an owner of the program."""

from collections.abc import Mapping
from typing import Any

from programs.models import Membership, Program
from workstreams import exceptions

_PLACES = ("workstream", "phase", "milestone", "outcome")


def require_name(name: str) -> str:
    """Return a name without the blanks around it.

    Raises:
        NameMissing: when nothing is left.
    """
    if not name.strip():
        raise exceptions.NameMissing(fields={"name": [exceptions.NameMissing.sentence]})
    return name.strip()


def require_places(program: Program, values: Mapping[str, Any]) -> None:
    """Let values pass whose places and owner are of the program.

    Raises:
        NotInThisProgram: naming each that is of elsewhere.
    """
    wrong = [name for name in _PLACES if (place := values.get(name)) is not None and place.program_id != program.pk]
    owner = values.get("owner")
    if owner is not None and not Membership.objects.filter(program=program, person=owner).exists():
        wrong.append("owner")
    if wrong:
        raise exceptions.NotInThisProgram(fields={name: [exceptions.NotInThisProgram.sentence] for name in wrong})
