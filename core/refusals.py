"""Where a refusal of the domain becomes HTML: a form's errors or a page. For the API it is core.api.problems."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from core.exceptions import NotAllowed, NotFound, Refusal, Unreckonable

Made = TypeVar("Made")


def attempt(form: Form, do: Callable[[], Made]) -> Made | None:
    """Call a service; return what it made, None where it refused: what refuses it stands in the form then.

    Raises:
        NotFound, NotAllowed: for the page to answer.
    """
    try:
        return do()
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        _write(form, refusal)
        return None


def is_done(form: Form, do: Callable[[], object]) -> bool:
    """Call a service of whose work nothing is needed; tell whether it did it, as `attempt()` does."""

    def is_called() -> bool:
        do()
        return True

    return attempt(form, is_called) is not None


def _write(form: Form, refusal: Refusal) -> None:
    """Write a refusal into a form: beside the fields it names, above the form where it names none of them.

    A form that is one document names the field beside which all faults of it stand: `refusal_field`. What stands above
    the form has the refusal's code, so that a page can say more to a refusal that it expects.
    """
    elsewhere = getattr(form, "refusal_field", None)
    if not refusal.fields:
        form.add_error(None, ValidationError(refusal.message, code=refusal.code))
    for field, sentences in refusal.fields.items():
        form.add_error(field if field in form.fields else elsewhere, [str(sentence) for sentence in sentences])


class RefusalMiddleware:
    """Answers a refusal that no form took: 404 to who may not know of the thing, else its sentence on a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if isinstance(exception, NotFound):
            return render(request, "core/errors/404.html", status=exception.status)
        context = {"reason": exception.message}
        template = "403" if exception.status == 403 else "refused"
        if isinstance(exception, Unreckonable):
            template = "unreckonable"
        return render(request, f"core/errors/{template}.html", context, status=exception.status)
