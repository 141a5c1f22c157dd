"""What assessments ask of somebody: to answer, from inside their program or outside, and to lead on to a consensus."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from assessments.choices import AssessmentState
from assessments.models import Assessment, Assessor
from core.accounts.models import User
from programs.choices import ProgramStatus
from programs.models import Membership

Row = dict[str, Any]
_LIVE = (ProgramStatus.DRAFT, ProgramStatus.ACTIVE)
_COLUMNS = (
    *("pk", "program_id", "program__key", "program__name", "program__time_zone", "code", "state", "closes_on"),
    *("is_asked", "is_led", "is_waiting"),
)
_GOING = (AssessmentState.OPEN, AssessmentState.CONSENSUS)
# Nobody has more of them at a time.
_MOST = 50


def asked(person: User) -> list[Row]:
    """Return the assessments that ask something of somebody, by day, in one query.

    `is_asked`: they have to answer it and have not submitted; `is_led`: they facilitate it; `is_waiting`: somebody who
    is asked has not submitted yet.
    """
    missing = Assessor.objects.filter(assessment=OuterRef("pk"), left_at=None, submitted_at=None)
    seen = Membership.objects.filter(program=OuterRef("program"), person=person)
    going = Assessment.objects.filter(state__in=_GOING, program__status__in=_LIVE).annotate(
        is_asked=Exists(missing.filter(person=person)) & Q(state=AssessmentState.OPEN),
        is_led=Exists(seen) & Q(facilitator=person),
        is_waiting=Exists(missing) & Q(state=AssessmentState.OPEN),
    )
    rows = going.filter(Q(is_asked=True) | Q(is_led=True)).order_by("closes_on", "pk")
    return [{**row} for row in rows.values(*_COLUMNS, title=F("template__title"))[:_MOST]]
