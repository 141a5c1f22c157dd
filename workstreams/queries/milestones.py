"""Milestones as their readers see them."""

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.accounts.models import User
from workstreams.models import Milestone, MilestoneForecast


def readable_milestones(reader: User) -> QuerySet[Milestone]:
    """Return the milestones of the reader's programs, with the reader's role and how often each was forecast anew."""
    said = MilestoneForecast.objects.filter(milestone=OuterRef("pk")).order_by().values("milestone")
    reforecasts = Coalesce(Subquery(said.values(n=Count("pk"))), 0)
    return Milestone.objects.visible_to(reader).annotate(role=F("program__memberships__role"), reforecasts=reforecasts)
