"""What a change of an outcome or a measure leaves behind: the row with its new version, and a line of the trail."""

import datetime as dt
from typing import Any, TypeVar

from core.accounts.models import User
from core.audit import services as audit
from core.audit.models import Entry
from programs.models import Measure, Outcome

OUTCOME, MEASURE = "outcome", "measure"
Row = TypeVar("Row", Outcome, Measure)


def write(
    row: Row,
    verb: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    also: dict[str, Any] | None = None,
    **changes: Any,
) -> Row:
    """Write the fields that change, and the audit row that says from what to what; `also` changed elsewhere."""
    told = {name: pair for name, pair in (also or {}).items() if pair[0] != pair[1]}
    record(row, verb, by=by, at=at, reason=reason, changes=told | audit.write(row, changes, at=at))
    return row


def record(
    row: Outcome | Measure,
    verb: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Append to the trail what happened to an outcome or a measure."""
    audit.record_all([entry(row, verb, by=by, at=at, reason=reason, changes=changes)])


def entry(
    row: Outcome | Measure,
    verb: str,
    *,
    by: User,
    at: dt.datetime,
    reason: str = "",
    changes: dict[str, Any] | None = None,
) -> Entry:
    """Return a line of the trail about an outcome or a measure, not written yet."""
    is_outcome = isinstance(row, Outcome)
    name = row.statement if isinstance(row, Outcome) else row.name
    return Entry(
        by=by,
        at=at,
        verb=verb,
        scope=f"program:{row.program_id}",
        subject=f"{OUTCOME if is_outcome else MEASURE}:{row.pk}",
        label=f"{row.program.key}-{row.code} {name}"[:300],
        reason=reason,
        changes=changes or {},
    )
