"""What the views ask of a request: whether it takes a part of a page, and what a form was sent with."""

from django.http import HttpRequest, QueryDict


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asks, which takes a part of the page."""
    return bool(getattr(request, "htmx", False))


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, however little; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None
