"""Workstreams, milestones and what waits for what, as their readers see them."""

from typing import Any, cast

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

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
    # What it takes to tell when it is expected.
    "program__time_zone",
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
    said = MilestoneForecast.objects.filter(milestone=OuterRef("pk")).order_by().values("milestone")
    reforecasts = Coalesce(Subquery(said.values(n=Count("pk"))), 0)
    return cast(
        "Rows",
        Milestone.objects.visible_to(reader).values(
            *MILESTONE_COLUMNS,
            role=F("program__memberships__role"),
            owner_name=name_of("owner"),
            reforecasts=reforecasts,
        ),
    )


def dependency_rows(reader: User) -> Rows:
    """Return what waits for what in the reader's programs."""
    return cast("Rows", Dependency.objects.visible_to(reader).values(*DEPENDENCY_COLUMNS))
