"""Workstreams, dependencies and the RAID register, to read."""

from typing import Any

from django.db.models import QuerySet

from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, ResourceEndpoint
from workstreams import models, queries
from workstreams.api import filters, rows, serializers

Rows = QuerySet[Any, Row]
CODED = ("program__key", "code")


class Workstreams(ResourceEndpoint):
    access_rule = "member"
    model = models.Workstream
    ref_example = "ONE-W1"
    serializer_class = serializers.Workstream
    code_fields = CODED

    def rows(self) -> Rows:
        return queries.workstream_rows(self.reader)

    def row(self, values: Row) -> Row:
        return rows.workstream(values)


class WorkstreamList(Workstreams, ListEndpoint):
    """The workstreams of the reader's programs."""

    filterset_class = filters.WorkstreamFilter
    orderings = ("id", "name", "updated_at")


class WorkstreamItem(Workstreams, ItemEndpoint):
    """One workstream."""


class Dependencies(ResourceEndpoint):
    access_rule = "member"
    model = models.Dependency
    ref_example = "1"
    serializer_class = serializers.Dependency

    def rows(self) -> Rows:
        return queries.dependency_rows(self.reader)

    def row(self, values: Row) -> Row:
        return rows.dependency(values)


class DependencyList(Dependencies, ListEndpoint):
    """What waits for what in the reader's programs."""

    filterset_class = filters.DependencyFilter
    orderings = ("id", "updated_at")


class DependencyItem(Dependencies, ItemEndpoint):
    """One dependency."""


class RaidEntries(ResourceEndpoint):
    access_rule = "member"
    model = models.RaidEntry
    ref_example = "ONE-R1"
    serializer_class = serializers.RaidEntry
    code_fields = CODED

    def rows(self) -> Rows:
        return queries.raid_rows(self.reader)

    def row(self, values: Row) -> Row:
        return rows.raid_entry(values)


class RaidEntryList(RaidEntries, ListEndpoint):
    """The RAID entries of the reader's programs."""

    filterset_class = filters.RaidEntryFilter
    orderings = ("id", "due_on", "review_on", "updated_at")


class RaidEntryItem(RaidEntries, ItemEndpoint):
    """One RAID entry."""
