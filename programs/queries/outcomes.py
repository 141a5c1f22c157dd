"""Outcomes as their readers see them."""

from typing import Any, cast

from django.db.models import QuerySet

from core.accounts.models import User
from core.accounts.queries import name_of
from programs.models import Outcome

COLUMNS = (
    "id", "version", "code", "program_id", "program__key", "program__name", "phase_id", "phase__code", "phase__name",
    "statement", "owner_id", "area", "is_dis_benefit", "status", "closing_note", "created_at", "updated_at",
)  # fmt: skip


def outcome_rows(reader: User) -> QuerySet[Any, dict[str, Any]]:
    """Return the outcomes of the reader's programs."""
    return cast(
        "QuerySet[Any, dict[str, Any]]",
        Outcome.objects.visible_to(reader).values(*COLUMNS, owner_name=name_of("owner")),
    )
