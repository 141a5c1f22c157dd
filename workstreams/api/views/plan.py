"""Workstreams and dependencies, read and written; the RAID register, to read."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core import clock
from core.api import references
from core.api.pagination import Row
from core.api.serializers import EmptyInput
from core.api.views import ItemEndpoint, ListEndpoint, ResourceEndpoint
from workstreams import models, queries, services
from workstreams.api import filters
from workstreams.api.serializers import dependencies, raid, workstreams
from workstreams.services import WorkstreamDetails

Rows = QuerySet[Any, Row]
CODED = ("program__key", "code")


class Workstreams(ResourceEndpoint):
    access_rule = "member"
    model = models.Workstream
    ref_example = "ONE-W1"
    serializer_class = workstreams.Workstream
    code_fields = CODED

    def rows(self) -> Rows:
        return workstreams.Workstream.select(self.subjects())

    def subjects(self) -> QuerySet[models.Workstream]:
        return models.Workstream.objects.visible_to(self.reader)


class WorkstreamList(Workstreams, ListEndpoint):
    """The workstreams of the reader's programs."""

    filterset_class = filters.WorkstreamFilter
    orderings = ("id", "name", "updated_at")

    @extend_schema(request=workstreams.WorkstreamRequest, responses={201: workstreams.Workstream})
    def post(self, request: Request) -> HttpResponse:
        """Add a workstream."""
        data = self.read(workstreams.WorkstreamRequest)
        found = queries.find_places(self.reader, data.pop("program"), {"lead": data.pop("lead", None)})
        details = WorkstreamDetails(lead=found["lead"], **data)
        added = services.add_workstream(program=found["program"], details=details, by=self.reader, at=clock.now())
        return self.created(added.pk)


class WorkstreamItem(Workstreams, ItemEndpoint):
    """One workstream."""

    @extend_schema(request=workstreams.WorkstreamChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change a workstream; the last of its discipline keeps it."""
        with self.changing(workstreams.WorkstreamChange) as (workstream, row, data):
            moved = references.elsewhere(data, row, ("lead",))
            data |= queries.find_moved(self.reader, workstream.program_id, moved)
            services.edit_workstream(workstream=workstream, changes=data, by=self.reader, at=clock.now())
        return self.changed(workstream.pk)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Remove a workstream that holds nothing and is not the last of its discipline."""
        with self.changing(EmptyInput) as (workstream, _row, _data):
            services.remove_workstream(workstream=workstream, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


class Dependencies(ResourceEndpoint):
    access_rule = "member"
    model = models.Dependency
    ref_example = "1"
    serializer_class = dependencies.Dependency

    def rows(self) -> Rows:
        return dependencies.Dependency.select(self.subjects())

    def subjects(self) -> QuerySet[models.Dependency]:
        return models.Dependency.objects.visible_to(self.reader)


class DependencyList(Dependencies, ListEndpoint):
    """What waits for what in the reader's programs."""

    filterset_class = filters.DependencyFilter
    orderings = ("id", "updated_at")

    @extend_schema(request=dependencies.DependencyRequest, responses={201: dependencies.Dependency})
    def post(self, request: Request) -> HttpResponse:
        """Let a milestone wait for another."""
        data = self.read(dependencies.DependencyRequest)
        named = {name: data.pop(name) for name in ("predecessor", "successor")}
        ends = queries.find_places(self.reader, data.pop("program"), named)
        del ends["program"]
        added = services.add_dependency(**ends, **data, by=self.reader, at=clock.now())
        return self.created(added.pk)


class DependencyItem(Dependencies, ItemEndpoint):
    """One dependency."""

    @extend_schema(request=dependencies.DependencyChange)
    def patch(self, request: Request, ref: str) -> HttpResponse:
        """Change the lag of a dependency."""
        with self.changing(dependencies.DependencyChange) as (dependency, _row, data):
            lag_days = data.get("lag_days", dependency.lag_days)
            services.edit_dependency(dependency=dependency, lag_days=lag_days, by=self.reader, at=clock.now())
        return self.changed(dependency.pk)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, ref: str) -> HttpResponse:
        """Let a milestone no longer wait for another."""
        with self.changing(EmptyInput) as (dependency, _row, _data):
            services.remove_dependency(dependency=dependency, by=self.reader, at=clock.now())
        return HttpResponse(status=204)


class RaidEntries(ResourceEndpoint):
    access_rule = "member"
    model = models.RaidEntry
    ref_example = "ONE-R1"
    serializer_class = raid.RaidEntry
    code_fields = CODED

    def rows(self) -> Rows:
        return raid.RaidEntry.select(self.subjects())

    def subjects(self) -> QuerySet[models.RaidEntry]:
        return models.RaidEntry.objects.visible_to(self.reader)


class RaidEntryList(RaidEntries, ListEndpoint):
    """The RAID entries of the reader's programs."""

    filterset_class = filters.RaidEntryFilter
    orderings = ("id", "due_on", "review_on", "updated_at")


class RaidEntryItem(RaidEntries, ItemEndpoint):
    """One RAID entry."""
