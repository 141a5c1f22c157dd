"""What several services of programs ask before they write: a version, a member, words."""

from core import exceptions as core_exceptions
from core.accounts.models import User
from core.models import Stamped
from programs import exceptions
from programs.choices import ProgramStatus
from programs.models import Membership, Program


def require_current(row: Stamped | Membership, expected_version: int | None) -> None:
    """Let a change pass that was made looking at the row as it is.

    Raises:
        core.exceptions.Stale: when it is at another version by now.
    """
    if expected_version is not None and row.version != expected_version:
        raise core_exceptions.Stale


def require_going_on(program: Program) -> None:
    """Let a program pass in which something may begin.

    Raises:
        ProgramIsOver: of one that is closed or stopped.
    """
    if program.is_over:
        raise exceptions.ProgramIsOver(state=ProgramStatus(program.status).label.lower())


def require_member(program_id: int, person: User | None, *, field: str = "owner") -> None:
    """Let nobody or a member of the program pass.

    Raises:
        NotInThisProgram: of anybody else.
    """
    if person is not None and not Membership.objects.filter(program_id=program_id, person=person).exists():
        raise exceptions.NotInThisProgram(fields={field: [exceptions.NotInThisProgram.sentence]})


def require_words(text: str, *, field: str) -> str:
    """Return a text without the blanks around it.

    Raises:
        ReasonMissing: when nothing is left.
    """
    if not text.strip():
        raise exceptions.ReasonMissing(fields={field: [exceptions.ReasonMissing.sentence]})
    return text.strip()
