"""Delivery confidence: the five ratings and why, whose word stands on them, and the sponsor's form."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from backend.overview import services
from backend.overview.forms import ConfidenceForm
from backend.overview.queries import confidence as words
from backend.overview.queries import confidence_statements
from backend.overview.queries.confidence_statements import Statement
from backend.overview.queries.figures import Figures, program_figures
from backend.overview.queries.known_by import known_by
from core import clock, flash
from core.access import access, reader
from core.accounts.models import User
from core.refusals import is_done
from programs import access as program_access
from programs.access import Right
from programs.choices import Rating
from programs.models import Program
from programs.queries import heads

# Where the rows of each rating are listed.
ROWS: dict[str, tuple[str, str]] = {
    "outcomes": ("programs:outcomes", ""),
    "schedule": ("workstreams:phases", ""),
    "parity": ("workstreams:milestones", "?state=due"),
    "promises": ("workstreams:actions", "?state=due"),
    "risks": ("workstreams:raid", "?state=open"),
}


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def confidence(request: HttpRequest, key: str) -> HttpResponse:
    """Show delivery confidence with its reasons, and take the sponsor's word on it."""
    person, at = reader(request), clock.now()
    head = heads.head(person, key, at)
    form = ConfidenceForm(request.POST) if request.method == "POST" else None
    if form is not None:
        program_access.require(head.member, Right.DECIDE)
        if form.is_valid() and _stated(form, head.pk, person, at):
            flash.add(request, _("Your word on delivery confidence stands."))
            return redirect("overview:program", key=key)
    found = program_figures(head.pk, head.today)
    history = confidence_statements.history(head.pk)
    said = confidence_statements.confidence(found, history[0] if history else None, at)
    form = form or ConfidenceForm(initial={"rating": said.computed})
    reasons = words.reasons(found)
    context = {
        "head": head,
        "tab": "confidence",
        "said": said,
        "missing": pgettext("list", ", ").join(words.missing(known_by(head.pk, found), head.today)),
        "rating_label": _label(said.rating),
        "computed_label": _label(said.computed),
        "ratings": [_rated(found, key, one, name, reasons[one]) for one, name in words.NAMES.items()],
        "history": [_told(word) for word in history],
        "form": form if head.may_decide else None,
    }
    return render(request, "overview/confidence.html", context, status=422 if form.errors else 200)


def _stated(form: ConfidenceForm, program_id: int, person: User, at: dt.datetime) -> bool:
    """Tell whether the word was taken; a refusal is written into the form."""
    program = Program.objects.get(pk=program_id)
    return is_done(form, lambda: services.state_confidence(program=program, **form.cleaned_data, by=person, at=at))


def _rated(found: Figures, key: str, rating: str, name: Any, why: str) -> dict[str, Any]:
    """Return a rating with its words and the address of the rows it was computed from."""
    value, (page, query) = found.ratings.get(rating), ROWS[rating]
    url = reverse(page, args=[key]) + query
    return {"name": name, "rating": value, "label": _label(value), "why": why, "url": url}


def _told(word: Statement) -> dict[str, Any]:
    return {"word": word, "label": _label(word.rating), "computed": _label(word.computed)}


def _label(rating: str | None) -> str:
    return str(Rating(rating).label) if rating else ""
