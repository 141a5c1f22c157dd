"""Workstreams, milestones and what waits for what, as their readers see them."""

from typing import Any, cast

from django.db.models import F, QuerySet

from core.accounts.models import User
from programs.queries import name_of
from workstreams.models import Dependency, Milestone, MilestoneForecast, Workstream

Rows = QuerySet[Any, dict[str, Any]]
PROGRAM = ("program_id", "program__key", "program__name")
WORKSTREAM_COLUMNS = ("id", "version", "code", *PROGRAM, "discipline", "name", "lead_id", "created_at", "updated_at")
MILESTONE_COLUMNS = (
    "id", "version", "code", *PROGRAM, "workstream_id", "workstream__code", "workstream__name",
    "workstream__discipline", "phase_id", "phase__code", "phase__name", "name", "owner_id", "goes_live", "state",
    "baseline_on", "baseline_frozen_at", "due_on", "actual_on", "created_at", "updated_at",
    # What it takes to tell which moves are the reader's.
    "workstream__lead_id", "program__deputy_sponsor_id",
)  # fmt: skip
DEPENDENCY_COLUMNS = (
    "id", "version", *PROGRAM, "predecessor_id", "predecessor__code", "predecessor__name",
    "successor_id", "successor__code", "successor__name", "lag_days", "created_at", "updated_at",
)  # fmt: skip


def workstream_rows(reader: User) -> Rows:
    """Return the workstreams of the reader's programs."""
    return cast("Rows", Workstream.objects.visible_to(reader).values(*WORKSTREAM_COLUMNS, lead_name=name_of("lead")))


def milestone_rows(reader: User) -> Rows:
    """Return the milestones of the reader's programs."""
    return cast(
        "Rows",
        Milestone.objects.visible_to(reader).values(
            *MILESTONE_COLUMNS, role=F("program__memberships__role"), owner_name=name_of("owner")
        ),
    )


def dependency_rows(reader: User) -> Rows:
    """Return what waits for what in the reader's programs."""
    return cast("Rows", Dependency.objects.visible_to(reader).values(*DEPENDENCY_COLUMNS))


def forecasts_of(milestone_id: int) -> list[dict[str, Any]]:
    """Return the dates said of a milestone, the first first."""
    said = MilestoneForecast.objects.filter(milestone_id=milestone_id).order_by("said_on", "id")
    return cast(
        "list[dict[str, Any]]",
        list(said.values("forecast_on", "said_on", "said_by_id", "reason", said_by_name=name_of("said_by"))),
    )
