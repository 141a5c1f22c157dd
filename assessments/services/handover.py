"""Assessments of somebody who left a program: a manager leads them, and nobody waits for the leaver's answers."""

import datetime as dt

from django.utils.translation import ngettext

from assessments.choices import LISTING_STATES
from assessments.models import Assessment, Assessor
from assessments.services.assessment_trail import write
from assessments.services.assessors import release
from core.accounts.models import User
from programs import notices
from programs.models import Program


def release_leaver(program: Program, *, leaver: User, successor: User | None, by: User, at: dt.datetime) -> None:
    """Let a manager go on with what somebody facilitated; the caller is a transaction.

    Those of an assessment that takes answers are asked no longer; what they answered counts.
    """
    _hand_over(program, leaver, successor, by=by, at=at)
    places = Assessor.objects.filter(assessment__program=program, assessment__state__in=LISTING_STATES, left_at=None)
    asked = places.filter(person=leaver).select_related("assessment__program", "person").order_by("pk")
    for place in asked.select_for_update(of=("self",)):
        release(place, by=by, at=at)


def _hand_over(program: Program, leaver: User, successor: User | None, *, by: User, at: dt.datetime) -> None:
    rows = Assessment.objects.led_by(leaver).select_related("program", "template", "facilitator")
    led = list(rows.filter(program=program).select_for_update(of=("self",)).order_by("pk"))
    for assessment in led:
        write(assessment, "hand_over", by=by, at=at, facilitator=successor)
    if led and successor is not None:
        things = ngettext("%(n)d assessment to facilitate", "%(n)d assessments to facilitate", len(led))
        words = {"leaver": str(leaver), "things": things % {"n": len(led)}}
        notices.tell(notices.HANDED_OVER, program, to=successor, by=by, at=at, **words)
