"""Workstreams, dependencies, gate reviews and the RAID register, to read."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, ResourceEndpoint
from programs.models import GateReview
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


class GateReviews(ResourceEndpoint):
    access_rule = "member"
    model = GateReview
    ref_example = "ONE-G3"
    serializer_class = serializers.GateReview
    code_fields = CODED

    def rows(self) -> Rows:
        return queries.gate_rows(self.reader)

    def whole(self, values: Row) -> Row:
        return self._with_conditions([values])[0]

    def _with_conditions(self, gates: Sequence[Row]) -> list[Row]:
        conditions = queries.conditions_of([gate["id"] for gate in gates])
        return [rows.gate(gate, conditions[gate["id"]]) for gate in gates]


class GateReviewList(GateReviews, ListEndpoint):
    """The gate reviews of the reader's programs, with their conditions."""

    filterset_class = filters.GateReviewFilter
    orderings = ("id", "planned_on", "held_on", "updated_at")

    def dress(self, rows: Sequence[Row]) -> list[Row]:
        return self._with_conditions(rows)


class GateReviewItem(GateReviews, ItemEndpoint):
    """One gate review, with its conditions."""


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
