"""The page of a program: will it deliver, and what does it want of its reader?"""

from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from assessments.queries import score_history
from backend.overview import services
from backend.overview.queries import asks, confidence_statements, gauges
from backend.overview.queries import program as queries
from backend.overview.queries import recent_changes as news
from backend.overview.queries import sentence as sentences
from backend.overview.queries.confidence_statements import Confidence
from backend.overview.queries.figures import Figures, program_figures
from core import clock
from core.access import access, reader
from programs.choices import Rating
from programs.models import Program
from programs.queries import heads
from programs.views import programs as program_pages
from workstreams.queries import pairs
from workstreams.queries import plan as plans
from workstreams.views import lanes

LISTED = 8


@access("member")
@require_safe
def program(request: HttpRequest, key: str) -> HttpResponse:
    """Show where a program stands and what it asks of its reader."""
    person, at = reader(request), clock.now()
    head = heads.head(person, key, at)
    plan = plans.plan(head.pk, head.today)
    found = program_figures(head.pk, head.today, plan.network)
    outcomes = queries.outcomes(head.pk, found.measures)
    foremost = queries.foremost(outcomes)
    said = confidence_statements.confidence(found, confidence_statements.latest([head.pk]).get(head.pk), at)
    last_visit_at = services.note_visit(person=person, program_id=head.pk, at=at)
    work = asks.tasks(asks.scope_of(person, head, at, network=plan.network, said=said))
    asked = asks.asks(work)
    sentence = sentences.sentence(plan, found.stale, len(found.behind))
    context = {
        "head": head,
        "tab": "program",
        "plan": plan,
        "sentence": sentence,
        "said": said,
        "lead_tone": _lead_tone(said, sentence),
        "rating_label": Rating(said.rating.value).label if said.rating else "",
        "pairing_gaps": pairs.gaps(plan),
        "gaps": program_pages.gap_links(Program.objects.get(pk=head.pk)) if head.program.is_draft else [],
        "gauges": gauges.gauges(head),
        "forecast": gauges.forecast(head),
        "program_offers": program_pages.offers(head),
        "asks": asked[: queries.MOST_ASKS],
        "has_more_asks": len(asked) > queries.MOST_ASKS,
        "next_task": asks.coming(work),
        "outcomes": foremost,
        "outcomes_more": len(outcomes) - len(foremost),
        "numbers": _numbers(head, found),
        "scored": next(reversed(score_history([head.pk])[head.pk]), None),
        "late": plan.late[:LISTED],
        "soon": plan.soon[:LISTED],
        "last_visit_at": last_visit_at,
        "news": news.since(program_id=head.pk, reader_id=person.pk, last_visit_at=last_visit_at),
        **lanes.lanes_context(request, plan, key),
    }
    return render(request, "overview/program.html", context)


def _lead_tone(said: Confidence, sentence: sentences.Sentence) -> str:
    """Return the colour of the first sentence: the rating's, else what the sentence itself tells."""
    if said.rating:
        return "" if said.rating.value == Rating.GREEN.value else said.rating.value
    if sentence.is_overdue:
        return "red"
    return "amber" if sentence.late or sentence.gates else ""


def _numbers(head: heads.Head, found: Figures) -> list[dict[str, str]]:
    """Return the four figures of a program, each with the address of its rows."""
    key = head.key
    actions, milestones = reverse("workstreams:actions", args=[key]), reverse("workstreams:milestones", args=[key])
    promises, parity = found.kept.promises, found.parity
    overdue = ngettext("%(n)d is past its day", "%(n)d are past their day", promises.overdue) % {"n": promises.overdue}
    return [
        {
            "value": _of(promises.kept, promises.due),
            "label": _("promises kept"),
            "href": f"{actions}?state=due",
            "note": overdue if promises.overdue else "",
            "tone": _tone(promises.due),
        },
        {
            "value": _of(parity.change.achieved, parity.change.due),
            "label": _("change milestones due are reached"),
            "href": f"{milestones}?state=due",
            "note": _("project: %(share)s") % {"share": _of(parity.project.achieved, parity.project.due)},
            "tone": "amber" if parity.is_alert else _tone(parity.change.due),
        },
        {
            "value": _of(found.behaviour.part, found.behaviour.whole),
            "label": _("measures of what customers do"),
            "href": reverse("programs:outcomes", args=[key]),
            "tone": _tone(found.behaviour.whole),
        },
        *_money_and_time(head),
    ]


def _money_and_time(head: heads.Head) -> list[dict[str, str]]:
    spent, time = queries.spent_share(head), queries.time_share(head)
    over = _("%(share)s of the time over") % {"share": _percent(time)} if time is not None else ""
    if spent is None:
        return [{"value": _percent(time), "label": _("of the time over"), "href": "#about"}] if time is not None else []
    return [{"value": _percent(spent), "label": _("of the money spent"), "href": "#about", "note": over}]


def _tone(whole: int) -> str:
    """Return how a figure is shown: quietly where there is nothing to count yet."""
    return "" if whole else "quiet"


def _of(part: int, whole: int) -> str:
    if not whole:
        return _("none yet")
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole}


def _percent(share: Fraction) -> str:
    return _("%(n)d %%") % {"n": round(share * 100)}
