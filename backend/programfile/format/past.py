"""What a file says has happened: none of it is dated after today."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from backend.programfile.format.document import Document
from core import clock
from core.documents.problems import Problems

# By kind, the days and instants that tell of what has happened; all others tell of what is planned.
PAST: Mapping[str, tuple[str, ...]] = {
    "program": ("manager_note_on", "forecast_at_completion_on"),
    "phase": ("actual_start_on", "actual_end_on"),
    "gate": ("held_on", "decided_on"),
    "reading": ("measured_on", "recorded_on"),
    "milestone": ("actual_on",),
    "forecast": ("said_on",),
    "rebaselining": ("decided_on",),
    "action": ("done_on", "accepted_on"),
    "event": ("at",),
    "confidence": ("at",),
    "assessor": ("submitted_at", "left_at"),
    "recommendation": ("decided_on",),
    "debrief": ("sponsor_briefed_on", "held_on", "committed_on"),
    "assessment": ("opened_at", "consensus_at", "completed_on"),
}


def check_past(document: Document, as_of: dt.date | None, problems: Problems, *, at: dt.datetime) -> None:
    """Note what has happened after today, in the program's time zone, and a day after today that all dates move to."""
    today = clock.today(document.program.values["time_zone"], at)
    if as_of is not None and not isinstance(as_of, dt.datetime) and as_of > today:
        words = _("the dates would move to %(day)s, and that is after today") % {"day": as_of.isoformat()}
        problems.add("status_date", document.program.line, words)
        return
    for row in document.every():
        for column in PAST.get(row.kind, ()):
            value = row.values.get(column)
            if value is None or column in row.wrong:
                continue
            if value > (at if isinstance(value, dt.datetime) else today):
                words = _("this has happened, so it is not after today")
                problems.add(row.path_of(column), row.line_of(column), words)
