"""The page of an action item, its moves, and asking for one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, flash, provenance
from core.access import access, reader
from core.exceptions import NotFound
from core.refusals import attempt
from programs import access as program_access
from programs.models import Program
from workstreams import access as work_access
from workstreams import forms, services
from workstreams.choices import ACTION, ActionState
from workstreams.models import ActionItem
from workstreams.queries import line_of_sight, pages
from workstreams.services import ActionRequest
from workstreams.views import transitions
from workstreams.views.offers import ACTION_TRANSITIONS, Place, action_offers
from workstreams.views.transitions import Asked


def card(request: HttpRequest, item: ActionItem) -> dict[str, Any]:
    """Return what stands beside an item wherever it is selected: its line of sight and its curl line."""
    reference = f"{item.program.key}-{item.code}"
    return {
        "item": item,
        "reference": reference,
        "curl": _curl(request.build_absolute_uri(f"/api/v1/action-items/{reference}/"), item),
        "sight": line_of_sight.of_action(item, clock.today(item.program.time_zone)),
        "provenance": provenance.steps_of(ACTION, item.pk, reader(request)),
    }


def _curl(url: str, item: ActionItem) -> str:
    """Return the command line that answers an item as its state asks for, or that reads it."""
    token = '-H "Authorization: Bearer $TOKEN"'
    if item.state == ActionState.COMMITTED:
        return f"curl -X POST {token} {url}keep/"
    if item.state == ActionState.REQUESTED:
        body = f'{{"promised_for": "{item.requested_for.isoformat()}"}}'
        return f"curl {token} -H 'Content-Type: application/json' -d '{body}' {url}promise/"
    return f"curl {token} {url}"


def _initial(item: ActionItem, name: str) -> dict[str, Any]:
    """Return what a move's form starts with."""
    if name == "promise":
        return {"promised_for": item.requested_for}
    return {"done_on": item.promised_for} if name == "keep" else {}


def _page(request: HttpRequest, item: ActionItem, place: Place, asked: Asked | None, status: int = 200) -> HttpResponse:
    """Show an item: whole, its living region, or its buttons alone, as htmx asks for it."""
    person = reader(request)
    today = clock.today(item.program.time_zone)
    names = work_access.open_action_moves(program_access.membership(person, item.program_id), item, today)
    context = {
        **card(request, item),
        "place": place,
        "offers": action_offers(place, names, row=vars(item), today=today),
        "asked": asked,
        "today": today,
        "history": pages.action_history(item),
        "renewed_as": ActionItem.objects.filter(renewal_of=item).values_list("code", flat=True).first(),
    }
    return render(
        request, transitions.template(request, place, "workstreams/action.html", status), context, status=status
    )


@access("member")
@require_safe
def action(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an action item; `?move=` opens the form of a move."""
    item = pages.action_for(reader(request), reference)
    place = transitions.place_of(request, item)
    name = request.GET.get("move", "")
    asked = transitions.ask(place, name, initial=_initial(item, name)) if name else None
    return _page(request, item, place, asked)


@access("member")
@require_POST
def action_move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """Say something of an item: promised, kept, declined and so on."""
    item = pages.action_for(reader(request), reference)
    place = transitions.place_of(request, item)
    asked = transitions.ask(place, move, data=request.POST)
    if transitions.make(request, asked, ACTION_TRANSITIONS[move], item=item):
        undo = reverse("workstreams:action_undo", args=[place.reference])
        return transitions.done(request, place, ACTION_TRANSITIONS[move], undo_url=undo)
    return transitions.refused(_page(request, item, place, asked, status=422), request, place)


@access("member")
@require_POST
def action_undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Undo the last answer, from the message that told of it."""
    person = reader(request)
    item = pages.action_for(person, reference)
    services.reopen_action(item=item, reason=_("Undone at once"), by=person, at=clock.now())
    flash.add(request, _("Undone."))
    return redirect(transitions.came_from(request, reverse("workstreams:action", args=[reference])))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def request_action(request: HttpRequest, key: str) -> HttpResponse:
    """Ask somebody of a program for something."""
    person = reader(request)
    program = Program.objects.visible_to(person).filter(key=key).first()
    if program is None:
        raise NotFound
    work_access.require_request(program_access.membership(person, program.pk))
    form = forms.ActionRequestForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        asked = ActionRequest(**form.cleaned_data)
        if item := attempt(
            form, lambda: services.request_action(program=program, request=asked, by=person, at=clock.now())
        ):
            flash.add(request, _("Asked. %(performer)s is told.") % {"performer": item.performer})
            return redirect("workstreams:action", f"{program.key}-{item.code}")
    status = 422 if form.errors else 200
    return render(request, "workstreams/request_action.html", {"form": form, "program": program}, status=status)
