"""The page of a program: will it deliver, and what does it want of its reader? And its lanes by themselves."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from backend.overview import services
from backend.overview.queries import asks, picture
from backend.overview.queries import head as heads
from backend.overview.queries import plan as plans
from backend.overview.queries import program as queries
from backend.overview.queries import sentence as sentences
from backend.overview.queries import since as news
from backend.overview.queries.plan import Plan, Row
from backend.overview.queries.program import Share
from core import clock
from core.access import access, reader
from programs.models import Program
from workstreams.choices import Discipline
from workstreams.queries import activation_gaps

LISTED = 8
REACHED: dict[Discipline, Any] = {
    Discipline.CHANGE: gettext_lazy("change milestones due are reached"),
    Discipline.PROJECT: gettext_lazy("project milestones due are reached"),
}


@access("member")
@require_safe
def program(request: HttpRequest, key: str) -> HttpResponse:
    """Show where a program stands and what it asks of its reader."""
    person, at = reader(request), clock.now()
    head = heads.head(person, key, at)
    plan = plans.plan(head["pk"], head["today"])
    outcomes = queries.outcomes(head["pk"])
    last_visit_at = services.note_visit(person=person, program_id=head["pk"], at=at)
    asked = asks.asks(person, head, plan)
    context = {
        "head": head,
        "tab": "program",
        "plan": plan,
        "sentence": sentences.sentence(plan),
        "gaps": activation_gaps(Program.objects.get(pk=head["pk"])) if head["is_draft"] else [],
        "asks": asked[: queries.MOST_ASKS],
        "has_more_asks": len(asked) > queries.MOST_ASKS,
        "outcomes": outcomes,
        "numbers": _numbers(head, plan, outcomes),
        "late": plan.late[:LISTED],
        "soon": plan.soon[:LISTED],
        "last_visit_at": last_visit_at,
        "news": news.since(program_id=head["pk"], reader_id=person.pk, last_visit_at=last_visit_at),
        **_lanes(request, plan, key),
    }
    return render(request, "overview/program.html", context)


@access("member")
@require_safe
def lanes(request: HttpRequest, key: str) -> HttpResponse:
    """Show the lanes by themselves with the table of what they show; to htmx, the picture alone."""
    head = heads.head(reader(request), key, clock.now())
    plan = plans.plan(head["pk"], head["today"])
    context = {"head": head, "tab": "lanes", "plan": plan, **_lanes(request, plan, key)}
    is_fragment = bool(getattr(request, "htmx", False))
    return render(request, "overview/lanes.html#lanes" if is_fragment else "overview/lanes.html", context)


def _lanes(request: HttpRequest, plan: Plan, key: str) -> dict[str, Any]:
    selected = request.GET.get("selected", "")[:20]
    return {
        "drawing": picture.drawing(plan, selected),
        "lanes_url": reverse("overview:lanes", args=[key]),
        "is_cut": len(plan.milestones) >= plans.MOST_MILESTONES,
    }


def _numbers(head: Row, plan: Plan, outcomes: list[Row]) -> list[dict[str, str]]:
    """Return the figures of a program, each with the address of its rows."""
    key = head["key"]
    actions, milestones = reverse("overview:actions", args=[key]), reverse("overview:milestones", args=[key])
    kept = queries.promises(head["pk"], head["today"])
    found = [
        {
            "value": _of(Share(kept.kept, kept.due)),
            "label": _("promises kept"),
            "href": f"{actions}?state=due",
            "note": _("%(n)d past their day without an answer") % {"n": kept.overdue} if kept.overdue else "",
        }
    ]
    for discipline, share in queries.due_by_discipline(plan):
        found.append(
            {
                "value": _of(share),
                "label": REACHED[discipline],
                "href": f"{milestones}?state=due&discipline={discipline}",
            }
        )
    behaviour = queries.behaviour_share(outcomes)
    found.append({"value": _of(behaviour), "label": _("measures of what customers do"), "href": "#outcomes"})
    if (spent := queries.spent_share(head)) is not None:
        found.append({"value": _percent(spent), "label": _("of the money spent"), "href": "#about"})
    if (time := queries.time_share(head)) is not None:
        found.append({"value": _percent(time), "label": _("of the time over"), "href": "#about"})
    return found


def _of(share: Share) -> str:
    if not share.whole:
        return _("none yet")
    return _("%(part)d of %(whole)d") % {"part": share.part, "whole": share.whole}


def _percent(share: Fraction) -> str:
    return _("%(n)d %%") % {"n": round(share * 100)}
