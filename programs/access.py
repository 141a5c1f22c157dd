"""Who may do what in a program: the role table, as data, and the one place that says no.

A person without a membership does not know that the program is there (NotFound); a member who may not do a thing is
told who may (NotAllowed). Whoever owns, performs or is reminded of a thing may act on it, whatever the role.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core import exceptions
from core.accounts.models import User
from notifications import queries as notifications
from programs.choices import Role
from programs.models import Measure, Membership, Program

_ROLE_WORDS = {
    Role.SPONSOR: gettext_lazy("the sponsor"),
    Role.MANAGER: gettext_lazy("a manager"),
    Role.LEAD: gettext_lazy("a lead"),
    Role.MEMBER: gettext_lazy("a member"),
    Role.VIEWER: gettext_lazy("a viewer"),
}


class Right(Enum):
    """What a role may do everywhere in its program."""

    READ = "read"
    REQUEST = "request"
    MANAGE = "manage"
    DECIDE = "decide"


ROLE_TABLE: dict[Right, frozenset[Role]] = {
    Right.READ: frozenset(Role),
    Right.REQUEST: frozenset({Role.MEMBER, Role.LEAD, Role.MANAGER, Role.SPONSOR}),
    Right.MANAGE: frozenset({Role.MANAGER}),
    Right.DECIDE: frozenset({Role.SPONSOR}),
}

# Who makes which move of a program; all moves of its phases are a manager's.
PROGRAM_RIGHTS: dict[str, Right] = {
    "activate": Right.MANAGE,
    "deactivate": Right.MANAGE,
    "pause": Right.MANAGE,
    "resume": Right.MANAGE,
    "close": Right.DECIDE,
    "stop": Right.DECIDE,
    "reopen": Right.DECIDE,
}


@dataclass(frozen=True)
class MemberContext:
    """What a person is in a program: the role, and whether they stand in for the sponsor."""

    program_id: int
    person_id: int
    role: Role
    is_deputy: bool

    def may(self, right: Right) -> bool:
        """Tell whether the role grants a right; a deputy has the sponsor's as well."""
        table = ROLE_TABLE[right]
        return self.role in table or (self.is_deputy and Role.SPONSOR in table)


def membership(person: User, program_id: int) -> MemberContext:
    """Return what a person is in a program, in one query.

    Raises:
        core.exceptions.NotFound: when they are nothing in it.
    """
    row = (
        Membership.objects.filter(program_id=program_id, person_id=person.pk)
        .values_list("role", "program__deputy_sponsor_id")
        .first()
    )
    if row is None:
        raise exceptions.NotFound
    role, deputy_id = row
    return MemberContext(program_id=program_id, person_id=person.pk, role=Role(role), is_deputy=deputy_id == person.pk)


def managed_program(person: User, key: str) -> Program:
    """Return a program for its manager.

    Raises:
        core.exceptions.NotFound: to strangers; NotAllowed: to members who do not manage it.
    """
    program = Program.objects.visible_to(person).filter(key=key).first()
    if program is None:
        raise exceptions.NotFound
    require(membership(person, program.pk), Right.MANAGE)
    return program


def require(member: MemberContext, right: Right) -> None:
    """Let a right pass.

    Raises:
        core.exceptions.NotAllowed: naming the roles that may.
    """
    if not member.may(right):
        raise exceptions.NotAllowed(roles=roles_text(right))


def require_any(member: MemberContext, right: Right | None, *, person_ids: Iterable[int | None], roles: str) -> None:
    """Let one of the named people pass, or whoever has the right.

    Raises:
        core.exceptions.NotAllowed: saying `roles`, the words for those who may.
    """
    if member.person_id in set(person_ids) or (right is not None and member.may(right)):
        return
    raise exceptions.NotAllowed(roles=roles)


def may_create(person: User) -> bool:
    """Tell whether the staff let a person create programs."""
    return person.is_staff or person.may_create_programs


def require_create(person: User) -> None:
    """Let those pass who may create programs.

    Raises:
        core.exceptions.NotAllowed: saying who lets them.
    """
    if not may_create(person):
        raise exceptions.NotAllowed(roles=_("somebody whom the staff let create programs"))


def manages_any(person: User) -> bool:
    """Tell whether a person manages a program, whichever."""
    return Membership.objects.filter(person=person, role=Role.MANAGER).exists()


def require_manages_any(person: User) -> None:
    """Let those pass who manage a program: templates are everybody's, and kept by those who save them.

    Raises:
        core.exceptions.NotAllowed: to who manages none.
    """
    if not manages_any(person):
        raise exceptions.NotAllowed(roles=roles_text(Right.MANAGE))


def roles_text(right: Right) -> str:
    """Return the roles that have a right, in words: "the sponsor, a manager or a lead"."""
    labels = [str(_ROLE_WORDS[role]) for role in Role if role in ROLE_TABLE[right]]
    if len(labels) == 1:
        return labels[0]
    return _("%(these)s or %(last)s") % {"these": pgettext("list", ", ").join(labels[:-1]), "last": labels[-1]}


# What falls due of a measure is its next reading: the kind under which people are reminded of it.
MEASUREMENT = "measurement"


def is_reader_of(member: MemberContext, measure: Measure) -> bool:
    """Tell whether somebody may record a measure's readings: its owner, a manager, or whoever is reminded of them."""
    if measure.owner_id == member.person_id or member.may(Right.MANAGE):
        return True
    return notifications.was_reminded(person_id=member.person_id, kind=MEASUREMENT, subject_id=measure.pk)


def require_reader_of(member: MemberContext, measure: Measure) -> None:
    """Let those pass who may record a measure's readings.

    Raises:
        core.exceptions.NotAllowed: saying who may.
    """
    if not is_reader_of(member, measure):
        raise exceptions.NotAllowed(roles=_("the owner or a manager"))


def require_owner_or_manager(member: MemberContext, measure: Measure) -> None:
    """Let the owner of a measure or a manager pass.

    Raises:
        core.exceptions.NotAllowed: saying who may.
    """
    require_any(member, Right.MANAGE, person_ids=[measure.owner_id], roles=_("the owner or a manager"))
