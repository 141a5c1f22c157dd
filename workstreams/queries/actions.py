"""Action items as their readers see them, and what was said about each."""

from typing import Any, cast

from django.db.models import F, QuerySet

from core.accounts.models import User
from programs.queries import name_of
from workstreams.models import ActionEvent, ActionItem

COLUMNS = (
    "id", "version", "code", "program_id", "program__key", "program__name",
    "workstream_id", "workstream__code", "workstream__name", "phase_id", "phase__code", "phase__name",
    "milestone_id", "milestone__code", "milestone__name", "outcome_id", "outcome__code", "outcome__statement",
    "title", "detail", "requester_id", "performer_id", "requested_for", "promised_for", "due_on", "done_on", "state",
    "source", "miss_reason", "note", "needs_acceptance", "accepted_on", "external_source", "external_id",
    "renewal_of_id", "created_at", "updated_at",
    # What it takes to tell which moves are the reader's.
    "workstream__lead_id", "program__time_zone", "program__deputy_sponsor_id",
)  # fmt: skip


def action_rows(reader: User) -> QuerySet[Any, dict[str, Any]]:
    """Return the action items of the reader's programs, each with the names that a list shows."""
    return cast(
        "QuerySet[Any, dict[str, Any]]",
        ActionItem.objects.visible_to(reader).values(
            *COLUMNS,
            role=F("program__memberships__role"),
            requester_name=name_of("requester"),
            performer_name=name_of("performer"),
            renewal_of_code=F("renewal_of__code"),
            renewed_as_id=F("renewed_as__id"),
            renewal_of_title=F("renewal_of__title"),
            renewed_as_code=F("renewed_as__code"),
            renewed_as_title=F("renewed_as__title"),
        ),
    )


def action_history(item_id: int) -> list[dict[str, Any]]:
    """Return everything said about an action item, the first first."""
    events = ActionEvent.objects.filter(item_id=item_id).order_by("at", "id")
    return cast(
        "list[dict[str, Any]]",
        list(
            events.values(
                "at",
                "by_id",
                "move",
                "state_before",
                "state_after",
                "due_before",
                "due_after",
                "note",
                by_name=name_of("by"),
            )
        ),
    )
