"""The RAID register as its readers see it."""

from typing import Any, cast

from django.db.models import F, QuerySet

from core.accounts.models import User
from programs.queries import name_of
from workstreams.models import RaidEntry

COLUMNS = (
    "id", "version", "code", "program_id", "program__key", "program__name", "workstream_id", "workstream__code",
    "workstream__name", "kind", "title", "detail", "probability", "impact", "owner_id", "response", "due_on",
    "review_on", "state", "came_from_id", "created_at", "updated_at",
)  # fmt: skip


def raid_rows(reader: User) -> QuerySet[Any, dict[str, Any]]:
    """Return the RAID entries of the reader's programs."""
    return cast(
        "QuerySet[Any, dict[str, Any]]",
        RaidEntry.objects.visible_to(reader).values(
            *COLUMNS,
            owner_name=name_of("owner"),
            came_from_code=F("came_from__code"),
            came_from_title=F("came_from__title"),
            became_id=F("became__id"),
            became_code=F("became__code"),
            became_title=F("became__title"),
        ),
    )
