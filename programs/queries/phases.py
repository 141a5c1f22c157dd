"""Phases as their readers see them."""

from typing import Any, cast

from django.db.models import QuerySet

from core.accounts.models import User
from core.accounts.queries import name_of
from programs.models import Phase

COLUMNS = (
    "id", "version", "code", "program_id", "program__key", "program__name", "position", "name", "owner_id", "status",
    "baseline_start_on", "baseline_end_on", "forecast_start_on", "forecast_end_on", "actual_start_on",
    "actual_end_on", "override_reason", "created_at", "updated_at",
)  # fmt: skip


def phase_rows(reader: User) -> QuerySet[Any, dict[str, Any]]:
    """Return the phases of the reader's programs."""
    return cast(
        "QuerySet[Any, dict[str, Any]]", Phase.objects.visible_to(reader).values(*COLUMNS, owner_name=name_of("owner"))
    )
