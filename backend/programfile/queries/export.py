"""A program as a file."""

import datetime as dt

from assessments.choices import COMPLETED_STATES, DebriefState
from backend.programfile.format import assessed, assessments, writer
from backend.programfile.format.document import Document, Row
from backend.programfile.queries.snapshot import people_named, take_snapshot
from backend.programfile.queries.templates import known_templates
from core import clock, exceptions
from core.accounts.models import User
from programs import access
from programs.access import Right
from programs.choices import Role
from programs.models import Program
from workstreams.choices import MilestoneState


def export_program(key: str, *, at: dt.datetime, reader: User | None = None) -> str:
    """Return a program as a program file, told as of the day `at` is in its time zone.

    Single answers and private notes are in no file. An assessment under way, and a debrief that was not held, are in
    the files of those who see them in the product.

    Args:
        reader: whose file it is; None is the operator's, which leaves nothing else out.

    Raises:
        core.exceptions.NotFound: when there is no program of that key.
    """
    program = Program.objects.select_related("sponsor", "deputy_sponsor", "manager").filter(key=key).first()
    if program is None:
        raise exceptions.NotFound
    document = take_snapshot(program)
    if reader is not None:
        _hide(document, program, reader)
    _leave_out(document)
    return writer.write(document, status_date=clock.today(program.time_zone, at))


def _leave_out(document: Document) -> None:
    """Take back what reading the file finds out again by itself."""
    for column, role in (("sponsor", Role.SPONSOR), ("manager", Role.MANAGER)):
        first = next((row.values["email"] for row in document.of("person") if row.values["role"] == role), None)
        if document.program.values[column] == first:
            document.program.values[column] = None
    assessed.leave_out(document, known_templates(document))
    for kind, column, other in (("gate", "decided_on", "held_on"), ("reading", "recorded_on", "measured_on")):
        for row in document.of(kind):
            if row.values[column] == row.values[other]:
                row.values[column] = None
    for milestone in document.of("milestone"):
        if milestone.values["state"] != MilestoneState.CANCELLED:
            milestone.values["state"] = ""


def _hide(document: Document, program: Program, reader: User) -> None:
    """Take out the assessments that a reader does not see yet, and whoever is named nowhere else."""
    is_manager = access.membership(reader, program.pk).may(Right.MANAGE)
    hidden = set() if is_manager else {
        row.key for row in document.of("assessment") if row.values["state"] not in COMPLETED_STATES
    }  # fmt: skip
    document.rows["assessment"] = [row for row in document.of("assessment") if row.key not in hidden]
    untold = {row.key for row in document.of("debrief") if not _sees(document, row, program, reader, is_manager)}
    for shape in assessments.SHAPES:
        gone = untold if shape in (assessments.DEBRIEF, assessments.PART, assessments.COMMITMENT) else hidden
        if shape.parent:
            rows = document.of(shape.kind)
            document.rows[shape.kind] = [row for row in rows if assessments.assessment_of(row) not in hidden | gone]
    named = set(people_named(document))
    document.rows["person"] = [
        row for row in document.of("person") if row.values["role"] or row.values["email"] in named
    ]


def _sees(document: Document, debrief: Row, program: Program, reader: User, is_manager: bool) -> bool:
    """Tell whether somebody sees a debrief: all once it was held, before that managers, sponsor and facilitator."""
    assessment = document.by_code("assessment").get(debrief.key)
    is_facilitator = assessment is not None and assessment.values["facilitator"] == reader.email
    return (
        is_manager
        or is_facilitator
        or reader.pk == program.sponsor_id
        or debrief.values["state"] in (DebriefState.HELD, DebriefState.COMMITTED)
    )
