"""Taking somebody out of a program: all that they answer for goes to a named member, so that nothing is ownerless."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit import services as audit
from core.models import Stamped
from notifications import services as notifications
from programs import exceptions, notices, registry
from programs.access import Right
from programs.choices import Role
from programs.models import Membership, Program
from programs.queries import assignments
from programs.registry import Assignment
from programs.services.members import change_member, vacate
from programs.services.programs import locked


@transaction.atomic
def remove_member(*, membership: Membership, by: User, at: dt.datetime, hand_over_to: User | None = None) -> None:
    """Take somebody out of a program; who takes over gets all that they own, and the sponsor's place if it was theirs.

    What needs no heir goes to a manager: the heir or, where that one does not manage, whom the program shows.

    Raises:
        core.exceptions.NotAllowed: to who is no manager.
        HandOverNeeded: when they have something in hand and nobody is named.
        HeirUnsuitable: when who takes over is no other member.
        ManagerNeeded: when the program would lose its last manager.
    """
    program = locked(membership.program, by, Right.MANAGE)
    membership = Membership.objects.select_related("person").get(pk=membership.pk)
    leaver = membership.person
    holds = assignments.in_words(assignments.held(program.pk, is_open=False).get(leaver.pk, {}))
    is_sponsor = program.sponsor_id == leaver.pk
    heir = _heir(program, leaver, hand_over_to, holds=holds or (_("the place of the sponsor") if is_sponsor else ""))
    if heir is not None:
        told = _hand_over(program, leaver, heir, by=by, at=at)
        if is_sponsor:
            change_member(membership=_place(program, heir), changes={"role": Role.SPONSOR}, by=by, at=at)
    else:
        told = {}
    _leave(program, membership, by=by, at=at)
    if heir is not None and holds:
        words = {"leaver": str(leaver), "things": holds}
        notices.tell(notices.HANDED_OVER, program, to=heir, by=by, at=at, **words)
    audit.record(
        by=by, at=at, verb="remove_member", scope=f"program:{program.pk}", subject=f"person:{leaver.pk}",
        label=f"{program.key}: {leaver}",
        changes={"role": [membership.role, None], **({"handed_over_to": [None, str(heir)]} if heir else {}), **told},
    )  # fmt: skip
    _release(program, leaver, heir, by=by, at=at)
    notifications.wake()


def _heir(program: Program, leaver: User, heir: User | None, *, holds: str) -> User | None:
    if heir is None:
        if not holds:
            return None
        needed = exceptions.HandOverNeeded(person=leaver, holds=holds)
        raise exceptions.HandOverNeeded(person=leaver, holds=holds, fields={"hand_over_to": [needed.message]})
    is_member = Membership.objects.filter(program=program, person=heir).exists()
    if heir.pk == leaver.pk or not is_member:
        raise exceptions.HeirUnsuitable(fields={"hand_over_to": [exceptions.HeirUnsuitable.sentence]})
    return heir


def _place(program: Program, person: User) -> Membership:
    return Membership.objects.select_related("program", "person").get(program=program, person=person)


def _leave(program: Program, membership: Membership, *, by: User, at: dt.datetime) -> None:
    program.refresh_from_db()
    membership.refresh_from_db(fields=["role"])
    vacate(program, membership, by=by, at=at)
    membership.delete()


def _hand_over(program: Program, leaver: User, heir: User, *, by: User, at: dt.datetime) -> Mapping[str, Sequence[str]]:
    """Give everything to the heir, and return the codes of it by kind."""
    told: dict[str, Sequence[str]] = {}
    for one in registry.assignments():
        rows = assignments.rows_of(one, program.pk, leaver.pk).order_by("pk")
        codes = (
            _assign(one, rows, heir, at)
            if one.hand_over is None
            else one.hand_over(rows, leaver=leaver, heir=heir, by=by, at=at)
        )
        if codes:
            told[one.kind] = codes
    return told


def _assign(one: Assignment, rows: Any, heir: User, at: dt.datetime) -> list[str]:
    codes = list(rows.values_list("code", flat=True))
    given: dict[str, Any] = {one.column: heir}
    if issubclass(rows.model, Stamped):
        given |= {"updated_at": at, "version": F("version") + 1}
    rows.order_by().update(**given)
    return codes


def _release(program: Program, leaver: User, heir: User | None, *, by: User, at: dt.datetime) -> None:
    """Free the leaver from what needs no heir; the manager who goes on is named only once they are out."""
    managers = Membership.objects.filter(program=program, role=Role.MANAGER)
    is_manager = heir is not None and managers.filter(person=heir).exists()
    successor = heir if is_manager else Program.objects.select_related("manager").get(pk=program.pk).manager
    for app in registry.contents():
        if app.release is not None:
            app.release(program, leaver=leaver, successor=successor, by=by, at=at)
