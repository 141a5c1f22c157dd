"""Pages of a list: keyset cursors over `values()` rows, so that a page is cheap at any depth and stable under inserts.

A cursor holds the ordering and the values of the row at the page's edge, signed: what comes back is what was given out.
Empty values sort last, on both databases.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from core.exceptions import InvalidInput, NotFound

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
SALT = "core.api.cursor"

Row = dict[str, Any]


class NoSuchPage(NotFound):
    """A cursor that this list did not give out."""

    code = "no_such_page"
    sentence = gettext_lazy("This is no cursor of this list; take it from `next` or `previous`.")


@dataclass(frozen=True)
class Term:
    """One column of an ordering."""

    column: str
    is_descending: bool
    is_nullable: bool

    def order_by(self, *, is_backward: bool) -> Any:
        descending = self.is_descending != is_backward
        if not self.is_nullable:
            return f"-{self.column}" if descending else self.column
        empties = {"nulls_first": True} if is_backward else {"nulls_last": True}
        return F(self.column).desc(**empties) if descending else F(self.column).asc(**empties)

    def beyond(self, value: Any, *, is_backward: bool) -> Q | None:
        """Return the condition for rows past a value in the direction of travel, None where there can be none."""
        if value is None:
            return Q(**{f"{self.column}__isnull": False}) if is_backward else None
        lookup = "lt" if self.is_descending != is_backward else "gt"
        beyond = Q(**{f"{self.column}__{lookup}": value})
        return beyond | Q(**{f"{self.column}__isnull": True}) if self.is_nullable and not is_backward else beyond

    def same(self, value: Any) -> Q:
        return Q(**{f"{self.column}__isnull": True}) if value is None else Q(**{self.column: value})


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: past these values, in this direction."""

    is_backward: bool
    values: Sequence[Any]


@dataclass(frozen=True)
class Page:
    """The rows of one page and the addresses of its neighbours."""

    rows: list[Row]
    next: str | None
    previous: str | None


@lru_cache(maxsize=512)
def _is_nullable(model: type[Model], column: str) -> bool:
    try:
        return bool(model._meta.get_field(column).null)
    except FieldDoesNotExist:  # an annotation
        return True


def terms(model: type[Model], ordering: str, *, allowed: Sequence[str], tie_breaker: str) -> list[Term]:
    """Return the columns that `?ordering=-due_on,code` means, made unique by the tie-breaker."""
    wanted: list[Term] = []
    for part in ordering.split(","):
        name = part.removeprefix("-")
        if name not in allowed:
            choices = ", ".join(allowed)
            raise InvalidInput(fields={"ordering": [_("“%s” is no ordering; use %s.") % (name, choices)]})
        wanted.append(Term(name, part.startswith("-"), _is_nullable(model, name)))
    if all(term.column != tie_breaker for term in wanted):
        wanted.append(Term(tie_breaker, False, False))
    return wanted


def past(cursor: Cursor, ordering: Sequence[Term]) -> Q:
    """Return the condition for the rows past a cursor: beyond in the first column, or equal there and beyond in ..."""
    condition, same = Q(pk__in=()), Q()
    for term, value in zip(ordering, cursor.values, strict=True):
        beyond = term.beyond(value, is_backward=cursor.is_backward)
        if beyond is not None:
            condition |= same & beyond
        same &= term.same(value)
    return _bound(cursor, ordering[0]) & condition


def _bound(cursor: Cursor, first: Term) -> Q:
    """Return a plain bound on the first column, implied by the condition: databases walk an index with it."""
    if first.is_nullable:
        return Q()
    lookup = "lte" if first.is_descending != cursor.is_backward else "gte"
    return Q(**{f"{first.column}__{lookup}": cursor.values[0]})


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _write(row: Row, ordering: Sequence[Term], key: str, *, is_backward: bool) -> str:
    return signing.dumps([key, is_backward, [_plain(row[term.column]) for term in ordering]], salt=SALT)


def _read(text: str, key: str) -> Cursor:
    try:
        made_for, is_backward, values = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        made_for, is_backward, values = "", False, []
    if made_for != key:
        raise NoSuchPage
    return Cursor(is_backward, values)


def read_limit(parameters: Mapping[str, str]) -> int:
    """Return the asked-for number of rows a page."""
    text = parameters.get("limit", str(DEFAULT_LIMIT))
    limit = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidInput(fields={"limit": [_("Give a whole number from 1 to %d.") % MAX_LIMIT]})
    return limit


class KeysetPagination(BasePagination):
    """Cuts a `values()` queryset into pages, in one query and without a count."""

    parameters = ("cursor", "limit")

    def page(self, queryset: QuerySet[Any, Row], request: Request, ordering: Sequence[Term], key: str) -> Page:
        """Return the page that the request asks for; `key` names the ordering that a cursor must be of."""
        limit = read_limit(request.query_params)
        text = request.query_params.get("cursor")
        cursor = _read(text, key) if text is not None else Cursor(False, ())
        if cursor.values:
            queryset = queryset.filter(past(cursor, ordering))
        order = [term.order_by(is_backward=cursor.is_backward) for term in ordering]
        found = list(queryset.order_by(*order)[: limit + 1])
        rows, has_more = found[:limit], len(found) > limit
        if cursor.is_backward:
            rows.reverse()
        has_next = cursor.is_backward or has_more
        has_previous = has_more if cursor.is_backward else bool(cursor.values)

        def address(is_wanted: bool, edge: int, *, is_backward: bool) -> str | None:
            if not (is_wanted and rows):
                return None
            return self._address(request, _write(rows[edge], ordering, key, is_backward=is_backward))

        return Page(rows, address(has_next, -1, is_backward=False), address(has_previous, 0, is_backward=True))

    def _address(self, request: Request, cursor: str) -> str:
        parameters = request.query_params.copy()
        parameters["cursor"] = cursor
        return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {"results": schema, "next": link, "previous": link},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "schema": {"type": "string"},
                "description": "Opaque; taken from `next` or `previous`.",
            },
            {"name": "limit", "in": "query", "required": False, "schema": limit, "description": "Rows a page."},
        ]
