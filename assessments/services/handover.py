"""Leaving a program: nobody who left leads one of its assessments, or is waited for to answer one."""

import datetime as dt

from django.db import transaction
from django.utils.translation import ngettext

from assessments.choices import LISTING_STATES
from assessments.models import Assessment, Assessor
from assessments.services.assessors import release
from assessments.services.writing import write
from core.accounts.models import User
from programs import notices
from programs.choices import Role
from programs.models import Membership, Program
from workstreams import services as work


@transaction.atomic
def remove_member(*, membership: Membership, by: User, at: dt.datetime, hand_over_to: User | None = None) -> None:
    """Take somebody out of a program, as the work does, and let a manager go on with what they facilitated.

    That is who takes over or, where that one does not manage, the manager whom the program shows. Those of an
    assessment that takes answers are asked no longer; what they answered counts.

    Raises:
        core.exceptions.NotAllowed, HandOverNeeded, HeirUnsuitable, ManagerNeeded: as
            `workstreams.services.remove_member` says.
    """
    program, leaver = membership.program, membership.person
    work.remove_member(membership=membership, hand_over_to=hand_over_to, by=by, at=at)
    _hand_over(program, leaver, _successor(program, hand_over_to), by=by, at=at)
    places = Assessor.objects.filter(assessment__program=program, assessment__state__in=LISTING_STATES, left_at=None)
    asked = places.filter(person=leaver).select_related("assessment__program", "person").order_by("pk")
    for place in asked.select_for_update(of=("self",)):
        release(place, by=by, at=at)


def _successor(program: Program, heir: User | None) -> User | None:
    """Return the manager who goes on: the heir, or whom the program shows by now."""
    managers = Membership.objects.filter(program=program, role=Role.MANAGER)
    if heir is not None and managers.filter(person=heir).exists():
        return heir
    return Program.objects.select_related("manager").get(pk=program.pk).manager


def _hand_over(program: Program, leaver: User, successor: User | None, *, by: User, at: dt.datetime) -> None:
    rows = Assessment.objects.led_by(leaver).select_related("program", "template", "facilitator")
    led = list(rows.filter(program=program).select_for_update(of=("self",)).order_by("pk"))
    for assessment in led:
        write(assessment, "hand_over", by=by, at=at, facilitator=successor)
    if led and successor is not None:
        things = ngettext("%(n)d assessment to facilitate", "%(n)d assessments to facilitate", len(led))
        words = {"leaver": str(leaver), "things": things % {"n": len(led)}}
        notices.tell(notices.HANDED_OVER, program, to=successor, by=by, at=at, **words)
