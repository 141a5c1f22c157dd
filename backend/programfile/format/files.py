"""A whole file: its text in, its rows and its faults out."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from backend.programfile.format import derived
from backend.programfile.format.document import Document
from backend.programfile.format.parser import Parser, check_format, read_status_date
from backend.programfile.format.reminders import RuleReader
from core import clock
from core.accounts.models import validate_time_zone
from core.documents import reader
from core.documents.problems import Problems
from core.documents.reader import Mapping, Scalar
from programs.models import Program


@dataclass
class File:
    """What was understood of a file. `shift` is by how far its dates were moved."""

    document: Document
    shift: dt.timedelta


def read_file(text: str, as_of: dt.date | None, problems: Problems) -> File | None:
    """Return the file's rows, None where there is nothing to speak of; every fault is noted.

    Args:
        as_of: the day that the file is to tell of; every date moves by as many days as lie between. An instant stands
            for the day that it is in the program's time zone.
    """
    root = reader.read(text, problems)
    if root is None:
        return None
    check_format(root, problems)
    status_date = read_status_date(root, problems)
    day = clock.today(_time_zone(root), as_of) if isinstance(as_of, dt.datetime) else as_of
    shift = day - status_date if day is not None and status_date is not None else dt.timedelta()
    parser = Parser(problems, shift)
    document = parser.document(root)
    derived.complete(document, status_date + shift if status_date else None, problems)
    rules = root.entries.get("reminders")
    if rules is not None:
        document.rules = RuleReader(problems).read(rules)
        document.rule_lines = dict(rules.lines) if isinstance(rules, Mapping) else {}
    return File(document=document, shift=shift)


def _time_zone(root: Mapping) -> str:
    """Return the program's time zone, the default where the file gives none or a wrong one, which is told elsewhere."""
    program = root.entries.get("program")
    node = program.entries.get("timezone") if isinstance(program, Mapping) else None
    default: str = Program._meta.get_field("time_zone").get_default()
    if not isinstance(node, Scalar):
        return default
    try:
        validate_time_zone(node.text)
    except ValidationError:
        return default
    return node.text
