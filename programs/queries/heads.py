"""What every page of a program begins with: the program itself, its today, and what its reader is in it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F

from core import clock, exceptions
from core.accounts.models import User
from programs.access import MemberContext, Right
from programs.choices import Role
from programs.models import Program


@dataclass(frozen=True)
class Head:
    """A program as its pages show it, on its today, and what its reader is in it."""

    program: Program
    member: MemberContext
    today: dt.date

    @property
    def pk(self) -> int:
        """The program's number."""
        return self.program.pk

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
        return self.member.may(Right.MANAGE)

    @property
    def may_decide(self) -> bool:
        """Tell whether the reader decides in the program."""
        return self.member.may(Right.DECIDE)

    @property
    def may_request(self) -> bool:
        """Tell whether the reader asks others for something in the program."""
        return self.member.may(Right.REQUEST)


def head(person: User, key: str, at: dt.datetime) -> Head:
    """Return a program for its pages, with its people and its reader's standing, in one query.

    Raises:
        core.exceptions.NotFound: to who does not belong to it.
    """
    rows = Program.objects.visible_to(person).filter(key=key).annotate(reader_role=F("memberships__role"))
    program = rows.select_related("manager", "sponsor", "deputy_sponsor").first()
    if program is None:
        raise exceptions.NotFound
    return of_program(program, person, role=program.reader_role, at=at)


def of_program(program: Program, person: User, *, role: str, at: dt.datetime) -> Head:
    """Return a program that was read with its reader's role, without another query."""
    member = MemberContext(
        program_id=program.pk,
        person_id=person.pk,
        role=Role(role),
        is_deputy=program.deputy_sponsor_id == person.pk,
    )
    return Head(program, member, clock.today(program.time_zone, at))
