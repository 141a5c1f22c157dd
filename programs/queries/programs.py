"""Programs as their readers see them."""

import datetime as dt
from typing import Any, cast

from django.db.models import F, QuerySet

from core.accounts.models import User
from core.accounts.queries import name_of
from programs import registry
from programs.models import Holiday, Program
from programs.registry import Gap

COLUMNS = (
    "id", "version", "key", "name", "organisation", "status", "vision", "case_for_change", "cost_of_inaction",
    "sponsor_id", "deputy_sponsor_id", "manager_id", "start_on", "end_on", "time_zone", "currency", "budget", "spent",
    "staffing_planned", "staffing_actual", "reassess_every_months", "reassess_at_gates", "manager_note",
    "manager_note_on", "created_at", "updated_at",
)  # fmt: skip


def program_rows(reader: User) -> QuerySet[Any, dict[str, Any]]:
    """Return the programs a reader belongs to, each with what the reader is in it."""
    return cast(
        "QuerySet[Any, dict[str, Any]]",
        Program.objects.visible_to(reader).values(
            *COLUMNS,
            role=F("memberships__role"),
            sponsor_name=name_of("sponsor"),
            deputy_sponsor_name=name_of("deputy_sponsor"),
            manager_name=name_of("manager"),
        ),
    )


def holidays_of(program_id: int) -> list[dt.date]:
    """Return the days a program does not work, besides weekends."""
    return list(Holiday.objects.filter(program_id=program_id).order_by("on").values_list("on", flat=True))


def activation_gaps(program: Program) -> list[Gap]:
    """Return what a program lacks to be active, as each app tells of its own; an empty list when nothing.

    A sponsor, a manager, a case for change, a workstream of each discipline and at least one phase.
    """
    return [gap for app in registry.contents() for gap in app.gaps(program)]
