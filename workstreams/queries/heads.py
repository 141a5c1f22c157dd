"""What the frame of a program's pages needs: the program, its today, and what its reader is in it."""

import datetime as dt
from dataclasses import dataclass

from core import clock
from core.accounts.models import User
from core.exceptions import NotFound
from programs import access
from programs.access import Right, Standing
from programs.models import Program


@dataclass(frozen=True)
class Head:
    """A program as the frame of its pages needs it, and what its reader is in it."""

    program: Program
    who: Standing
    today: dt.date

    @property
    def key(self) -> str:
        """The program's key."""
        return self.program.key

    @property
    def name(self) -> str:
        """The program's name."""
        return self.program.name

    @property
    def may_manage(self) -> bool:
        """Tell whether the reader manages the program."""
        return self.who.may(Right.MANAGE)


def head_of(person: User, key: str) -> Head:
    """Return a program for its pages.

    Raises:
        core.exceptions.NotFound: to who does not belong to it.
    """
    program = Program.objects.visible_to(person).filter(key=key).first()
    if program is None:
        raise NotFound
    return Head(program, access.standing(person, program.pk), clock.today(program.time_zone))
