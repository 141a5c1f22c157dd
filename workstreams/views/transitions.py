"""What every move has in common: read its form, call its service, and answer in place or with a page."""

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseLocation

from core import clock, flash
from core.access import reader
from core.refusals import is_done
from core.transitions import Transition
from workstreams.models import ActionItem, Milestone
from workstreams.views.offers import Place

REGIONS = ("work", "thing")


def place_of(request: HttpRequest, thing: ActionItem | Milestone, **kind: Any) -> Place:
    """Return where a move is offered, as the request says it; by default on the thing's own page."""
    reference = f"{thing.program.key}-{thing.code}"
    said = request.POST if request.method == "POST" else request.GET
    place = Place(back="", region="thing", reference=reference, **kind)
    region = said.get("region", "")
    back = _ours(request, said.get("next", "")) or place.page()
    return Place(back=back, region=region if region in REGIONS else "thing", reference=reference, **kind)


def came_from(request: HttpRequest, otherwise: str) -> str:
    """Return the page that a request came from, if it is one of ours."""
    return _ours(request, request.META.get("HTTP_REFERER", "")) or otherwise


def _ours(request: HttpRequest, url: str) -> str:
    """Return an address of this site, "" for any other."""
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours else ""


def template(request: HttpRequest, place: Place, page: str, status: int) -> str:
    """Return what htmx asks for of a page: its buttons alone, its living region, or all of it."""
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return page
    if status >= 400 or htmx.target == place.block:
        return "workstreams/moves.html"
    return f"{page}#thing" if htmx.target == "thing" else page


@dataclass(frozen=True)
class Asked:
    """A move that a page asks about: its name, its form, and where it is offered."""

    name: str
    form: Form
    url: str
    label: Any


def ask(place: Place, name: str, *, data: Any = None, initial: dict[str, Any] | None = None) -> Asked:
    """Return the form of a move.

    Raises:
        Http404: when there is no such move.
    """
    if name not in place.transitions:
        raise Http404
    offer = place.offer(name)
    form = place.transitions[name].form(data, initial=initial, auto_id=f"id_{place.reference}_{name}_%s")
    for field in list(form.fields.values())[:1]:
        field.widget.attrs["autofocus"] = True  # it takes the place of the button that had the focus
    return Asked(name=name, form=form, url=offer.url, label=offer.label)


def make(request: HttpRequest, asked: Asked, transition: Transition, **named: Any) -> bool:
    """Make a move; tell whether it was made. What refuses it stands in its form then.

    Raises:
        core.exceptions.NotFound: to strangers; NotAllowed: to members who may not.
    """
    return asked.form.is_valid() and is_done(
        asked.form,
        lambda: transition.service(**named, by=reader(request), at=clock.now(), **asked.form.cleaned_data),
    )


def done(request: HttpRequest, place: Place, transition: Transition, *, undo_url: str = "") -> HttpResponse:
    """Say that a move was made, and show the page again it was made on."""
    flash.add(request, str(transition.message), undo_url=undo_url if transition.is_undoable else "")
    if getattr(request, "htmx", False):
        return HttpResponseLocation(place.back, target=f"#{place.region}", swap="outerHTML")
    return redirect(place.back)


def refused(response: HttpResponse, request: HttpRequest, place: Place) -> HttpResponse:
    """Let htmx put a refused move's form where its buttons stood, whatever part it meant to replace."""
    if getattr(request, "htmx", False):
        response["HX-Retarget"] = f"#{place.block}"
        response["HX-Reswap"] = "outerHTML"
    return response
