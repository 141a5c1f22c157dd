"""Programs as their readers see them."""

import datetime as dt

from django.db.models import F, QuerySet

from core.accounts.models import User
from programs import registry
from programs.models import Holiday, Program
from programs.registry import Gap


def readable_programs(reader: User) -> QuerySet[Program]:
    """Return the programs a reader belongs to, each with what the reader is in it."""
    return Program.objects.visible_to(reader).annotate(role=F("memberships__role"))


def holidays_of(program_id: int) -> list[dt.date]:
    """Return the days a program does not work, besides weekends."""
    return list(Holiday.objects.filter(program_id=program_id).order_by("on").values_list("on", flat=True))


def activation_gaps(program: Program) -> list[Gap]:
    """Return what a program lacks to be active, as each app tells of its own; an empty list when nothing.

    A sponsor, a manager, a case for change, a workstream of each discipline and at least one phase.
    """
    return [gap for app in registry.contents() for gap in app.gaps(program)]
