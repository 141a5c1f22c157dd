"""Programs, phases and people, to read."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from core.accounts.models import User
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, ResourceEndpoint
from core.exceptions import NotFound
from programs import models, queries
from programs.api import filters, rows, serializers

Rows = QuerySet[Any, Row]
CODED = ("program__key", "code")


class Programs(ResourceEndpoint):
    access_rule = "member"
    model = models.Program
    ref_example = "ONE"
    serializer_class: Any = serializers.Program
    code_fields = ("key",)

    def rows(self) -> Rows:
        return queries.program_rows(self.reader)

    def row(self, values: Row) -> Row:
        return rows.program(values)


class ProgramList(Programs, ListEndpoint):
    """The programs that the reader belongs to."""

    filterset_class = filters.ProgramFilter
    orderings = ("id", "key", "name", "start_on", "end_on", "updated_at")


class ProgramItem(Programs, ItemEndpoint):
    """One program, with its days off."""

    serializer_class = serializers.ProgramItem

    def whole(self, values: Row) -> Row:
        return {**rows.program(values), "holidays": queries.holidays_of(values["id"])}


class People(ResourceEndpoint):
    access_rule = "signed_in"
    model = User
    ref_example = "me"
    serializer_class = serializers.Person

    def rows(self) -> Rows:
        return queries.people_rows(self.reader)

    def whole(self, values: Row) -> Row:
        return self._with_memberships([values])[0]

    def _with_memberships(self, people: Sequence[Row]) -> list[Row]:
        places = queries.memberships_of([person["id"] for person in people], self.reader)
        return [rows.person(person, places[person["id"]]) for person in people]


class PersonList(People, ListEndpoint):
    """The reader, and everybody who shares a program with them."""

    filterset_class = filters.PersonListFilter
    orderings = ("id", "name", "email")

    def dress(self, rows: Sequence[Row]) -> list[Row]:
        return self._with_memberships(rows)


class PersonItem(People, ItemEndpoint):
    """One person: a number, or “me”."""

    def where(self) -> Q:
        ref = str(self.kwargs["ref"])
        if ref == "me":
            return Q(pk=self.reader.pk)
        if not ref.isdecimal():
            raise NotFound
        return super().where()
