"""Pages of a list in the address: which one is asked for, and the addresses of its neighbours."""

from typing import Any

from django.http import HttpRequest

FARTHEST = 10_000


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
