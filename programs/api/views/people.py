"""People over the API: the reader, and whoever shares a program with them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from core.accounts.models import User
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, ResourceEndpoint
from core.exceptions import NotFound
from programs import queries
from programs.api import filters
from programs.api.serializers import people as serializers

Rows = QuerySet[Any, Row]


class People(ResourceEndpoint):
    access_rule = "signed_in"
    model = User
    ref_example = "me"
    serializer_class = serializers.Person

    def rows(self) -> Rows:
        return serializers.Person.select(queries.readable_people(self.reader))

    def whole(self, values: Row) -> Row:
        return self._with_memberships([values])[0]

    def _with_memberships(self, people: Sequence[Row]) -> list[Row]:
        places = queries.memberships_of([person["id"] for person in people], self.reader)
        return [serializers.Person.row(person, memberships=places[person["id"]]) for person in people]


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
