"""What every change of an assessment leaves behind: the row with its new version, a line of the trail, reminders.

The trail never holds what an assessor answered.
"""

import datetime as dt
from typing import Any

from assessments import access
from assessments.choices import ASSESSMENT, AssessmentState
from assessments.models import Assessment
from core.accounts.models import User
from core.audit import services as audit
from notifications import services as notifications
from programs import access as program_access
from programs.access import MemberContext


def locked(assessment: Assessment, by: User) -> tuple[Assessment, MemberContext]:
    """Return the assessment as it is now, locked until the transaction ends, to whoever may facilitate it.

    Raises:
        core.exceptions.NotFound: when the person is nothing in the program; NotAllowed: to others than facilitators.
    """
    member = program_access.membership(by, assessment.program_id)
    rows = Assessment.objects.select_related("program", "template", "facilitator")
    assessment = rows.select_for_update(of=("self",)).get(pk=assessment.pk)
    access.require_facilitate(member, assessment)
    return assessment, member


def write(
    assessment: Assessment, verb: str, *, by: User, at: dt.datetime, reason: str = "", **changes: Any
) -> Assessment:
    """Write the changed fields and the audit row, and let the reminders follow."""
    was_open, closed_on = assessment.state == AssessmentState.OPEN, assessment.closes_on
    record(assessment, verb, by=by, at=at, reason=reason, changes=audit.write(assessment, changes, at=at))
    _follow(assessment, was_open, closed_on, at)
    return assessment


def _follow(assessment: Assessment, was_open: bool, closed_on: dt.date | None, at: dt.datetime) -> None:
    """Let the reminders to answer follow an assessment that was opened, that closes on another day, or that is over."""
    is_open = assessment.state == AssessmentState.OPEN
    if was_open and not is_open:
        notifications.cancel(kind=ASSESSMENT, subject_ids=[assessment.pk], at=at)
    elif is_open and closed_on != assessment.closes_on:
        notifications.reschedule(kind=ASSESSMENT, subject_id=assessment.pk, due_on=assessment.closes_on, at=at)
    elif is_open and not was_open:
        notifications.wake()


def record(
    assessment: Assessment,
    verb: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    changes: dict[str, Any] | None = None,
    is_news: bool = True,
) -> None:
    """Append to the trail what happened to an assessment; what is no news stands in its own history alone."""
    audit.record(
        by=by,
        at=at,
        verb=f"{verb}_assessment",
        scope=f"program:{assessment.program_id}" if is_news else "",
        subject=f"{ASSESSMENT}:{assessment.pk}",
        label=f"{assessment.program.key}-{assessment.code} {assessment.get_purpose_display()}",
        reason=reason,
        changes=changes,
    )
