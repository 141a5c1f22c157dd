"""What the views share: a service called for a form, its refusal written into it."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, QueryDict

from core.exceptions import NotAllowed, NotFound, Refusal
from core.refusals import on_form


def is_done(form: Form, do: Callable[[], object]) -> bool:
    """Call a service; tell whether it did its work. What refuses it stands in the form then.

    Raises:
        NotFound, NotAllowed: for the page to answer.
    """
    try:
        do()
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        on_form(form, refusal)
        return False
    return True


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asks, which takes a part of the page."""
    return bool(getattr(request, "htmx", False))


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, however little; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None
