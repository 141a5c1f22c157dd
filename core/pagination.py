"""Pages of a list: its rows, which one the address asks for, and the addresses of its neighbours."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 50
FARTHEST = 10_000

Row = dict[str, Any]
Rows = QuerySet[Any, Row] | list[Row]


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    rows: list[Row]
    number: int
    has_next: bool

    @property
    def first(self) -> int:
        """The number of its first row, counted from 1."""
        return (self.number - 1) * SIZE + 1

    @property
    def last(self) -> int:
        """The number of its last row."""
        return (self.number - 1) * SIZE + len(self.rows)


def page_of(rows: Rows, number: int) -> Page:
    """Return one page of a list in one query, without counting the rest."""
    start = (number - 1) * SIZE
    found = list(rows[start : start + SIZE + 1])
    return Page(found[:SIZE], number, has_next=len(found) > SIZE)


def page_number(request: HttpRequest) -> int:
    """Return the page that the address names, the first where it names none."""
    asked = request.GET.get("page", "")
    return min(max(int(asked), 1), FARTHEST) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"?{query.urlencode()}"


def pager(request: HttpRequest, page: int, has_next: bool) -> dict[str, Any]:
    """Return the addresses of the pages before and after, empty where there is none; filters stay in them."""
    return {
        "previous_page": _address(request, page - 1) if page > 1 else "",
        "next_page": _address(request, page + 1) if has_next else "",
    }
