"""Leaving a program: everything that the leaver has in hand goes to a named member, so that nothing is ownerless.

A promise is personal: one that is not yet due is asked of the new performer again, by its day. One that is overdue
stays missed on record, as people_unavailable, and is asked for anew: handing over improves nobody's figures.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit import services as audit
from core.models import Stamped
from notifications import services as notifications
from programs import access as program_access
from programs import exceptions
from programs import notices as program_notices
from programs import services as programs
from programs.access import Right
from programs.choices import Role
from programs.models import Membership, Program
from workstreams import notices
from workstreams.choices import ActionSource, ActionState, MissReason
from workstreams.models import ActionItem
from workstreams.queries import holdings
from workstreams.services import history
from workstreams.services.actions import ActionRequest, insert_action

_PROMISES = "promises"


@transaction.atomic
def remove_member(*, membership: Membership, by: User, at: dt.datetime, hand_over_to: User | None = None) -> None:
    """Take somebody out of a program; who takes over gets all that they own, and the sponsor's place if it was theirs.

    Raises:
        core.exceptions.NotAllowed: to who is no manager.
        HandOverNeeded: when they have something in hand and nobody is named.
        HeirUnsuitable: when who takes over is no other member.
        ManagerNeeded: when the program would lose its last manager.
    """
    program_access.require(program_access.standing(by, membership.program_id), Right.MANAGE)
    program = Program.objects.select_for_update().get(pk=membership.program_id)
    membership = Membership.objects.select_related("person").get(pk=membership.pk)
    leaver = membership.person
    counts = holdings.held(program.pk, is_open=False).get(leaver.pk, {})
    holds = holdings.in_words(counts)
    is_sponsor = program.sponsor_id == leaver.pk
    heir = _heir(program, leaver, hand_over_to, holds=holds or (_("the place of the sponsor") if is_sponsor else ""))
    if heir is not None:
        told = _hand_over(program, leaver, heir, by=by, at=at)
        if is_sponsor:
            programs.change_member(membership=_place(program, heir), changes={"role": Role.SPONSOR}, by=by, at=at)
    else:
        told = {}
    _leave(program, membership, by=by, at=at)
    if heir is not None and holds:
        words = {"leaver": str(leaver), "things": holds}
        program_notices.tell(program_notices.HANDED_OVER, program, to=heir, by=by, at=at, **words)
    audit.record(
        by=by, at=at, verb="remove_member", scope=f"program:{program.pk}", subject=f"person:{leaver.pk}",
        label=f"{program.key}: {leaver}",
        changes={"role": [membership.role, None], **({"handed_over_to": [None, str(heir)]} if heir else {}), **told},
    )  # fmt: skip
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
    programs.vacate(program, membership, by=by, at=at)
    membership.delete()


def _hand_over(program: Program, leaver: User, heir: User, *, by: User, at: dt.datetime) -> Mapping[str, list[str]]:
    """Give everything to the heir, and return the codes of it by kind."""
    told: dict[str, list[str]] = {}
    for one in holdings.HOLDINGS:
        rows = holdings.rows_of(one, program.pk, leaver.pk).order_by("pk")
        if one.kind == _PROMISES:
            items = list(rows.select_related("program", "workstream", "phase", "requester", "milestone", "outcome"))
            for item in items:
                _hand_over_promise(item, heir, leaver=leaver, by=by, at=at)
            codes = holdings.codes(items)
        else:
            codes = list(rows.values_list("code", flat=True))
            given: dict[str, Any] = {one.column: heir}
            if issubclass(one.model, Stamped):
                given |= {"updated_at": at, "version": F("version") + 1}
            rows.order_by().update(**given)
        if codes:
            told[one.kind] = codes
    return told


def _hand_over_promise(item: ActionItem, heir: User, *, leaver: User, by: User, at: dt.datetime) -> None:
    """Ask the heir for what somebody promised, or was asked for; what is done only waits for its acceptance."""
    words = _("%(leaver)s left; %(heir)s takes it over.") % {"leaver": leaver, "heir": heir}
    if item.awaits_acceptance:
        history.say(item, "hand_over", state=item.state, performer=heir, by=by, at=at, said=words)
        return
    if item.state == ActionState.COMMITTED and history.due_on(item) < history.today(item, at):
        _miss_and_renew(item, heir, words=words, by=by, at=at)
        return
    asked = {"performer": heir, "requested_for": history.due_on(item), "promised_for": None, "done_on": None}
    history.say(item, "hand_over", state=ActionState.REQUESTED, by=by, at=at, said=words, **asked)
    notices.tell(notices.REQUESTED, item, to=[heir.pk], by=by, at=at)


def _miss_and_renew(item: ActionItem, heir: User, *, words: str, by: User, at: dt.datetime) -> None:
    missed = {"miss_reason": MissReason.PEOPLE_UNAVAILABLE, "note": words}
    history.say(item, "miss", state=ActionState.MISSED, by=by, at=at, said=words, **missed)
    request = ActionRequest(
        workstream=item.workstream, phase=item.phase, milestone=item.milestone, outcome=item.outcome, title=item.title,
        detail=item.detail, performer=heir, requested_for=history.today(item, at),
        needs_acceptance=item.needs_acceptance,
    )  # fmt: skip
    renewed = insert_action(
        program=item.program, request=request, requester=item.requester, by=by, at=at, source=ActionSource.RENEWAL,
        renewal_of=item,
    )  # fmt: skip
    history.say(item, "renew", state=ActionState.MISSED, by=by, at=at, said=renewed.code)
