"""A program as a file."""

import datetime as dt

from backend.programfile.format import writer
from backend.programfile.format.document import Document
from backend.programfile.queries.snapshot import take_snapshot
from core import clock, exceptions
from programs.choices import Role
from programs.models import Program
from workstreams.choices import MilestoneState


def export_program(key: str, *, at: dt.datetime) -> str:
    """Return a program as a program file, told as of the day `at` is in its time zone.

    Raises:
        core.exceptions.NotFound: when there is no program of that key.
    """
    program = Program.objects.select_related("sponsor", "deputy_sponsor", "manager").filter(key=key).first()
    if program is None:
        raise exceptions.NotFound
    document = take_snapshot(program)
    _leave_out(document)
    return writer.write(document, status_date=clock.today(program.time_zone, at))


def _leave_out(document: Document) -> None:
    """Take back what reading the file finds out again by itself."""
    for column, role in (("sponsor", Role.SPONSOR), ("manager", Role.MANAGER)):
        first = next((row.values["email"] for row in document.of("person") if row.values["role"] == role), None)
        if document.program.values[column] == first:
            document.program.values[column] = None
    for kind, column, other in (("gate", "decided_on", "held_on"), ("reading", "recorded_on", "measured_on")):
        for row in document.of(kind):
            if row.values[column] == row.values[other]:
                row.values[column] = None
    for milestone in document.of("milestone"):
        if milestone.values["state"] != MilestoneState.CANCELLED:
            milestone.values["state"] = ""
