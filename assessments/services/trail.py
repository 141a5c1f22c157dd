"""What a change of a finding, a recommendation or a debrief leaves behind: the row anew, and a line of the trail.

Neither the texts of a debrief nor its private notes stand in the trail: only that they were changed.
"""

import datetime as dt
from typing import Any, TypeVar

from assessments.choices import DEBRIEF, FINDING, RECOMMENDATION
from assessments.models import Assessment, Debrief, Finding, Recommendation
from core.accounts.models import User
from core.audit import services as audit
from programs import access as program_access
from programs.access import MemberContext

Row = TypeVar("Row", Finding, Recommendation, Debrief)
_KINDS: dict[type[Any], str] = {Finding: FINDING, Recommendation: RECOMMENDATION, Debrief: DEBRIEF}


def locked(row: Row, by: User) -> tuple[Row, MemberContext]:
    """Return a row as it is now, locked with its assessment until the transaction ends, and who the person is.

    Raises:
        core.exceptions.NotFound: when the person is nothing in the program.
    """
    rows = type(row)._default_manager.select_related("assessment__program", "assessment__template")
    found = rows.select_for_update(of=("self", "assessment")).get(pk=row.pk)
    return found, program_access.membership(by, found.assessment.program_id)


def locked_assessment(assessment: Assessment, by: User) -> tuple[Assessment, MemberContext]:
    """Return an assessment, locked until the transaction ends so that its codes are given out one by one.

    Raises:
        core.exceptions.NotFound: when the person is nothing in the program.
    """
    member = program_access.membership(by, assessment.program_id)
    rows = Assessment.objects.select_related("program", "template")
    return rows.select_for_update(of=("self",)).get(pk=assessment.pk), member


def write(
    row: Row, verb: str, *, by: User, at: dt.datetime, because: str = "", also: Any = None, **changes: Any
) -> Row:
    """Write the fields that change, with a line of the trail that says why, if any did; `also` changed elsewhere."""
    told = audit.write(row, changes, at=at) | {k: pair for k, pair in (also or {}).items() if pair[0] != pair[1]}
    if told:
        record(row, verb, by=by, at=at, reason=because, changes=told)
    return row


def record(
    row: Finding | Recommendation | Debrief,
    verb: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    changes: dict[str, Any] | None = None,
    is_news: bool = True,
) -> None:
    """Append to the trail what happened to a row; what is no news stands in the row's own history alone."""
    kind = _KINDS[type(row)]
    audit.record(
        by=by,
        at=at,
        verb=f"{verb}_{kind}",
        scope=f"program:{row.assessment.program_id}" if is_news else "",
        subject=f"{kind}:{row.pk}",
        label=reference(row),
        reason=reason,
        changes=changes,
    )


def reference(row: Finding | Recommendation | Debrief) -> str:
    """Return what a row is called: ONE-T2-F1, and a debrief as its assessment, ONE-T2."""
    assessment = row.assessment
    whole = f"{assessment.program.key}-{assessment.code}"
    return whole if isinstance(row, Debrief) else f"{whole}-{row.code}"


def next_code(codes: list[str], prefix: str) -> str:
    """Return the code after the highest of its prefix, as in F3."""
    numbers = [int(code.removeprefix(prefix)) for code in codes if code.removeprefix(prefix).isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1}"
