"""The page of a milestone, and its moves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import clock, flash
from core.access import access, reader
from programs import access as program_access
from workstreams import access as work_access
from workstreams import services
from workstreams.forms import WhatIfForm
from workstreams.models import Milestone
from workstreams.queries import line_of_sight, pages
from workstreams.queries import network as networks
from workstreams.views import transitions
from workstreams.views.offers import MILESTONE_TRANSITIONS, Place, milestone_offers
from workstreams.views.transitions import Asked

# What a preview answers with is the form alone, as a refusal does.
PREVIEWED = 422
_KIND = {"route": "milestone", "transitions": MILESTONE_TRANSITIONS}


def _page(
    request: HttpRequest,
    milestone: Milestone,
    place: Place,
    asked: Asked | None,
    status: int = 200,
    pushed: list[networks.Row] | None = None,
) -> HttpResponse:
    """Show a milestone: whole, its living region, or its buttons alone, as htmx asks for it."""
    member = program_access.membership(reader(request), milestone.program_id)
    today = clock.today(milestone.program.time_zone)
    network = networks.network(milestone.program_id, today)
    days = pages.days_of(milestone, network)
    before, after = line_of_sight.neighbours(milestone.pk, network)
    context = {
        "milestone": milestone,
        "reference": place.reference,
        "place": place,
        "offers": milestone_offers(place, work_access.open_milestone_moves(member, milestone)),
        "asked": asked,
        "days": days,
        "pushed_by": pages.milestone_named(days["pushed_by"]),
        "pushed": pushed,
        "today": today,
        "history": pages.milestone_history(milestone),
        "waits_for": before,
        "waited_for_by": after,
        "actions": pages.actions_of(milestone),
    }
    template = transitions.template(
        request, place, "workstreams/milestone.html", status if pushed is None else PREVIEWED
    )
    return render(request, template, context, status=status)


@access("member")
@require_safe
def milestone(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a milestone; `?move=` opens the form of a move."""
    found = pages.milestone_for(reader(request), reference)
    place = transitions.place_of(request, found, **_KIND)
    name = request.GET.get("move", "")
    asked = transitions.ask(place, name, initial={"forecast_on": found.due_on}) if name else None
    return _page(request, found, place, asked)


@access("member")
@require_POST
def milestone_move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """Say something of a milestone: reached, another date, cancelled."""
    found = pages.milestone_for(reader(request), reference)
    place = transitions.place_of(request, found, **_KIND)
    asked = transitions.ask(place, move, data=request.POST)
    if move == "forecast" and "preview" in request.POST:
        return transitions.refused(_page(request, found, place, asked, pushed=_pushed_by(found, asked)), request, place)
    if transitions.make(request, asked, MILESTONE_TRANSITIONS[move], milestone=found):
        undo = reverse("workstreams:milestone_undo", args=[place.reference])
        return transitions.done(request, place, MILESTONE_TRANSITIONS[move], undo_url=undo)
    return transitions.refused(_page(request, found, place, asked, status=422), request, place)


def _pushed_by(milestone: Milestone, asked: Asked) -> list[networks.Row]:
    """Return what the date in a form would push, whether or not the reason is there; nothing while it is no date."""
    form = WhatIfForm(asked.form.data)
    on = form.cleaned_data["forecast_on"] if form.is_valid() else None
    proposed = {milestone.pk: on} if on else {}
    return networks.what_is_pushed(milestone.program_id, proposed, clock.today(milestone.program.time_zone))


@access("member")
@require_POST
def milestone_undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Undo that a milestone was reached or cancelled, from the message that told of it."""
    person = reader(request)
    found = pages.milestone_for(person, reference)
    services.reopen_milestone(milestone=found, reason=_("Undone at once"), by=person, at=clock.now())
    flash.add(request, _("Undone."))
    return redirect(transitions.came_from(request, reverse("workstreams:milestone", args=[reference])))
