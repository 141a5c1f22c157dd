"""What every page of a program begins with: the program itself, and what its reader is in it."""

import datetime as dt
from typing import Any

from django.db.models import F

from core import clock, exceptions
from core.accounts.models import User
from programs.access import Right, Standing
from programs.choices import ProgramStatus, Role
from programs.models import Program

COLUMNS = (
    *("pk", "key", "name", "organisation", "status", "vision", "case_for_change", "cost_of_inaction"),
    *("start_on", "end_on", "time_zone", "currency", "budget", "spent", "manager_note", "manager_note_on"),
    *("manager_id", "sponsor_id", "deputy_sponsor_id", "staffing_planned", "staffing_actual"),
)


def head(person: User, key: str, at: dt.datetime) -> dict[str, Any]:
    """Return a program as its pages show it, with its today and its reader's standing, in one query.

    Raises:
        core.exceptions.NotFound: to who does not belong to it.
    """
    rows = Program.objects.visible_to(person).filter(key=key)
    named = {
        "role": F("memberships__role"),
        "manager_name": F("manager__name"),
        "sponsor_name": F("sponsor__name"),
        "deputy_name": F("deputy_sponsor__name"),
    }
    row: dict[str, Any] | None = rows.values(*COLUMNS, **named).first()
    if row is None:
        raise exceptions.NotFound
    who = Standing(
        program_id=row["pk"],
        person_id=person.pk,
        role=Role(row["role"]),
        is_deputy=row["deputy_sponsor_id"] == person.pk,
    )
    return row | {
        "who": who,
        "may_manage": who.may(Right.MANAGE),
        "may_decide": who.may(Right.DECIDE),
        "may_request": who.may(Right.REQUEST),
        "today": clock.today(row["time_zone"], at),
        "status_label": ProgramStatus(row["status"]).label,
        "is_draft": row["status"] == ProgramStatus.DRAFT,
    }
