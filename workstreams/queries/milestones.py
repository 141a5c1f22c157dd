"""Workstreams, milestones and what waits for what, as their readers see them."""

from typing import Any, cast

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.accounts.models import User
from workstreams.models import Dependency, Milestone, MilestoneForecast

Rows = QuerySet[Any, dict[str, Any]]
PROGRAM = ("program_id", "program__key", "program__name")
DEPENDENCY_COLUMNS = (
    "id", "version", *PROGRAM, "predecessor_id", "predecessor__code", "predecessor__name",
    "successor_id", "successor__code", "successor__name", "lag_days", "created_at", "updated_at",
)  # fmt: skip


def readable_milestones(reader: User) -> QuerySet[Milestone]:
    """Return the milestones of the reader's programs, with the reader's role and how often each was forecast anew."""
    said = MilestoneForecast.objects.filter(milestone=OuterRef("pk")).order_by().values("milestone")
    reforecasts = Coalesce(Subquery(said.values(n=Count("pk"))), 0)
    return Milestone.objects.visible_to(reader).annotate(role=F("program__memberships__role"), reforecasts=reforecasts)


def dependency_rows(reader: User) -> Rows:
    """Return what waits for what in the reader's programs."""
    return cast("Rows", Dependency.objects.visible_to(reader).values(*DEPENDENCY_COLUMNS))
