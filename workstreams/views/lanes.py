"""The lanes of a program by themselves, with the table of what they show."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.access import access, reader
from programs.queries import heads
from workstreams.queries import lane_picture
from workstreams.queries import plan as plans
from workstreams.queries.plan import Plan

LONGEST_CODE = 20


@access("member")
@require_safe
def lanes(request: HttpRequest, key: str) -> HttpResponse:
    """Show the lanes by themselves with the table of what they show; to htmx, the picture alone."""
    head = heads.head(reader(request), key, clock.now())
    plan = plans.plan(head.pk, head.today)
    context = {"head": head, "tab": "lanes", "plan": plan, **lanes_context(request, plan, key)}
    is_fragment = bool(getattr(request, "htmx", False))
    return render(request, "workstreams/lanes.html#lanes" if is_fragment else "workstreams/lanes.html", context)


def lanes_context(request: HttpRequest, plan: Plan, key: str) -> dict[str, Any]:
    """Return what the section of the lanes is drawn from; `?selected=` chooses a milestone."""
    selected = request.GET.get("selected", "")[:LONGEST_CODE]
    return {
        "drawing": lane_picture.drawing(plan, selected),
        "lanes_url": reverse("workstreams:lanes", args=[key]),
        "is_cut": len(plan.milestones) > plans.MOST_DRAWN,
    }
