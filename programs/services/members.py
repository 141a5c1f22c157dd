"""People of a program: invited, given another role, named deputy or manager. Leaving needs the work: workstreams."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from core import exceptions as core_exceptions
from core.accounts import services as accounts
from core.accounts.models import User
from core.audit import services as audit
from programs import access, exceptions, notices
from programs.access import Right
from programs.choices import ProgramStatus, Role
from programs.models import Membership, Program
from programs.services.guards import require_current, require_member
from programs.services.programs import write

# How long the link of an invitation signs in.
LINK_LIFETIME = dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Who is invited, and as what."""

    email: str
    name: str = ""
    role: str = Role.MEMBER
    title: str = ""


@dataclass(frozen=True)
class Invited:
    """A new place in a program, and the secret of the link that signs its person in once: "" for who has an account."""

    membership: Membership
    secret: str


@transaction.atomic
def invite_member(*, program: Program, invitation: Invitation, by: User, at: dt.datetime) -> Invited:
    """Give somebody a place in a program; who has no account yet gets one, and a link that signs in once.

    A sponsor who is invited takes the place of the sponsor there is, who stays as a member.

    Raises:
        core.exceptions.NotAllowed: to who is no manager; NoAddress: of what is no e-mail address.
        AlreadyAMember: when they have a place.
    """
    program = _locked(program, by)
    person = _person(invitation, program, by=by, at=at)
    if Membership.objects.filter(program=program, person=person).exists():
        taken = exceptions.AlreadyAMember(person=person)
        raise exceptions.AlreadyAMember(person=person, fields={"email": [taken.message]})
    membership = Membership.objects.create(program=program, person=person, title=invitation.title.strip())
    if invitation.role != membership.role:
        _give(program, membership, Role(invitation.role), by=by, at=at)
    _record(membership, program, "invite_member", by=by, at=at, changes={"role": [None, membership.role]})
    notices.tell(notices.INVITED, program, to=person, by=by, at=at, role=_role_text(membership.role))
    secret = ""
    if is_unused(person, program):
        _link, secret = accounts.make_signin_link(person=person, at=at, by=by, lifetime=LINK_LIFETIME)
    return Invited(membership, secret)


@transaction.atomic
def give_link(*, membership: Membership, by: User, at: dt.datetime) -> str:
    """Make another sign-in link for somebody who never came, and return its secret.

    Raises:
        LinkNotGiven: when the account was used, or opens anything but this program.
    """
    program = _locked(membership.program, by)
    if not is_unused(membership.person, program):
        raise exceptions.LinkNotGiven(person=membership.person)
    _link, secret = accounts.make_signin_link(person=membership.person, at=at, by=by, lifetime=LINK_LIFETIME)
    return secret


def is_unused(person: User, program: Program) -> bool:
    """Tell whether nobody has used an account yet and it opens nothing but one program.

    Only then may somebody else be handed a link that signs in as its person.
    """
    is_plain = person.is_active and not (person.is_staff or person.is_superuser or person.may_create_programs)
    if not is_plain or person.last_login is not None or person.has_usable_password():
        return False
    return not Membership.objects.filter(person=person).exclude(program=program).exists()


def _person(invitation: Invitation, program: Program, *, by: User, at: dt.datetime) -> User:
    email = invitation.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise exceptions.NoAddress(fields={"email": error.messages}) from error
    found = User.objects.filter(email=email).first()
    zone = program.time_zone
    return found or accounts.add_person(email=email, name=invitation.name, time_zone=zone, by=by, at=at)


@transaction.atomic
def change_member(
    *, membership: Membership, changes: dict[str, Any], by: User, at: dt.datetime, expected_version: int | None = None
) -> Membership:
    """Change somebody's role or title. A program has one sponsor: who becomes it takes the other's place.

    Raises:
        core.exceptions.Stale: when the place is no longer at the expected version.
        SponsorNeeded: when a program that is no draft would lose its sponsor.
        ManagerNeeded: when it would lose its last manager.
    """
    program = _locked(membership.program, by)
    membership = _locked_place(membership)
    require_current(membership, expected_version)
    if unknown := changes.keys() - {"role", "title"}:
        raise core_exceptions.InvalidInput(fields={name: [core_exceptions.InvalidInput.sentence] for name in unknown})
    told = {name: [getattr(membership, name), value] for name, value in changes.items()}
    told = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    if not told:
        return membership
    if "role" in told:
        _give(program, membership, Role(changes["role"]), by=by, at=at)
        notices.tell(
            notices.PLACE_CHANGED, program, to=membership.person, by=by, at=at, role=_role_text(membership.role)
        )
    if "title" in told:
        membership.title = changes["title"]
        membership.save(update_fields=["title"])
    _count_up(membership)
    _record(membership, program, "change_member", by=by, at=at, changes=told)
    return membership


@transaction.atomic
def name_deputy(*, program: Program, person: User | None, by: User, at: dt.datetime) -> Program:
    """Name who stands in for the sponsor, or nobody; the sponsor and a manager may.

    Raises:
        NotInThisProgram: when they do not belong to it; NoDeputyOfOneself: when it is the sponsor.
    """
    member = access.membership(by, program.pk)
    is_allowed = member.may(Right.MANAGE) or member.role == Role.SPONSOR
    if not is_allowed:
        access.require(member, Right.MANAGE)
    program = Program.objects.select_for_update().get(pk=program.pk)
    require_member(program.pk, person, field="person")
    if person is not None and person.pk == program.sponsor_id:
        raise exceptions.NoDeputyOfOneself(fields={"person": [exceptions.NoDeputyOfOneself.sentence]})
    if (person.pk if person else None) != program.deputy_sponsor_id:
        write(program, "name_deputy", by=by, at=at, deputy_sponsor=person)
    return program


@transaction.atomic
def name_manager(*, program: Program, person: User, by: User, at: dt.datetime) -> Program:
    """Name the manager whom the program shows, a manager from now on if they were not.

    Raises:
        NotInThisProgram: when they do not belong to the program; SponsorNeeded: when it is its only sponsor.
    """
    program = _locked(program, by)
    require_member(program.pk, person, field="person")
    rows = Membership.objects.select_related("person").select_for_update(of=("self",))
    membership = rows.get(program=program, person=person)
    if membership.role != Role.MANAGER:
        _give(program, membership, Role.MANAGER, by=by, at=at)
        _count_up(membership)
    if program.manager_id != person.pk:
        write(program, "name_manager", by=by, at=at, manager=person)
    return program


def _locked(program: Program, by: User) -> Program:
    access.require(access.membership(by, program.pk), Right.MANAGE)
    return Program.objects.select_for_update().get(pk=program.pk)


def _locked_place(membership: Membership) -> Membership:
    rows = Membership.objects.select_related("person")
    return rows.select_for_update(of=("self",)).get(pk=membership.pk)


def _give(program: Program, membership: Membership, role: Role, *, by: User, at: dt.datetime) -> None:
    """Take somebody from one role into another, and keep the program's sponsor and manager true."""
    if membership.role == Role.MANAGER:
        _require_another_manager(program, membership, by=by, at=at)
    if role == Role.SPONSOR:
        _make_room_for_sponsor(program, membership, by=by, at=at)
    elif program.sponsor_id == membership.person_id:
        vacate(program, membership, by=by, at=at)
    membership.role = role
    membership.save(update_fields=["role"])
    if role == Role.SPONSOR:
        changes: dict[str, Any] = {"sponsor": membership.person}
        if program.deputy_sponsor_id == membership.person_id:
            changes["deputy_sponsor"] = None
        write(program, "change_sponsor", by=by, at=at, **changes)
    elif role == Role.MANAGER and program.manager_id is None:
        write(program, "name_manager", by=by, at=at, manager=membership.person)


def vacate(program: Program, membership: Membership, *, by: User, at: dt.datetime) -> None:
    """Let somebody leave the place of sponsor, deputy or manager, in a program that is locked.

    Raises:
        SponsorNeeded: when a program that is no draft would have no sponsor.
        ManagerNeeded: when the program would have no manager.
    """
    person = membership.person
    if program.sponsor_id == person.pk:
        if program.status != ProgramStatus.DRAFT:
            raise exceptions.SponsorNeeded
        write(program, "change_sponsor", by=by, at=at, sponsor=None)
    if program.deputy_sponsor_id == person.pk:
        write(program, "name_deputy", by=by, at=at, deputy_sponsor=None)
    if membership.role == Role.MANAGER:
        _require_another_manager(program, membership, by=by, at=at)


def _require_another_manager(program: Program, membership: Membership, *, by: User, at: dt.datetime) -> None:
    managers = Membership.objects.filter(program=program, role=Role.MANAGER).exclude(pk=membership.pk)
    other = managers.select_related("person").order_by("pk").first()
    if other is None:
        raise exceptions.ManagerNeeded(person=membership.person)
    if program.manager_id == membership.person_id:
        write(program, "name_manager", by=by, at=at, manager=other.person)


def _make_room_for_sponsor(program: Program, membership: Membership, *, by: User, at: dt.datetime) -> None:
    """Make the sponsor there is a member."""
    former = Membership.objects.filter(program=program, role=Role.SPONSOR).exclude(pk=membership.pk)
    for place in former.select_related("person"):
        place.role = Role.MEMBER
        place.save(update_fields=["role"])
        _count_up(place)
        changes = {"role": [Role.SPONSOR, Role.MEMBER]}
        _record(place, program, "change_member", by=by, at=at, changes=changes)


def _count_up(membership: Membership) -> None:
    membership.version += 1
    membership.save(update_fields=["version"])


def _role_text(role: str) -> str:
    return str(Role(role).label).lower()


def _record(
    membership: Membership, program: Program, verb: str, *, by: User, at: dt.datetime, changes: dict[str, Any]
) -> None:
    """Append to the trail what happened to somebody's place."""
    audit.record(
        by=by,
        at=at,
        verb=verb,
        scope=f"program:{program.pk}",
        subject=f"person:{membership.person_id}",
        label=f"{program.key}: {membership.person}",
        changes={name: [None if each is None else str(each) for each in pair] for name, pair in changes.items()},
    )
