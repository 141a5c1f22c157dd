"""Where the answers lie apart, widest first, and what all agree on: set in place by whoever leads the assessment."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access as assessment_access
from assessments import services
from assessments.choices import AnswerKind, AssessmentState
from assessments.forms import judgements
from assessments.models import Assessment
from assessments.queries import consensus as consensus_queries
from assessments.queries import pages
from assessments.queries.consensus import Line
from assessments.views.answers import bands_of, proposed_by
from assessments.views.form_requests import is_fragment
from core import clock, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.refusals import is_done
from programs import access as program_access

Context = dict[str, Any]


def _seen(request: HttpRequest, reference: str) -> Assessment:
    """Return an assessment whose spread may be seen.

    Raises:
        NotFound: to a stranger, and to everybody before consensus opens: there is nothing to see yet.
    """
    found = pages.assessment_for(reader(request), reference)
    if not assessment_access.may_see_spread(found):
        raise NotFound
    return found


def _common(request: HttpRequest, found: Assessment) -> Context:
    member = program_access.membership(reader(request), found.program_id)
    is_open = found.state == AssessmentState.CONSENSUS
    return {
        "assessment": found,
        "reference": pages.reference_of(found),
        "may_agree": is_open and assessment_access.may_facilitate(member, found),
        "standing": pages.progress_of(found),
        "in_words": found.is_in_words,
    }


@access("member")
@require_safe
def consensus(request: HttpRequest, reference: str) -> HttpResponse:
    """Show every criterion with how far its answers lie apart and what was agreed; `?show=open` those still open."""
    found = _seen(request, reference)
    lines = consensus_queries.lines(found, reader(request))
    is_narrowed = request.GET.get("show") == "open"
    context = _common(request, found) | {
        "lines": [line for line in lines if not (is_narrowed and line.is_agreed)],
        "widest": next((line for line in lines if line.point.spread and line.point.spread.width), None),
        "is_narrowed": is_narrowed,
    }
    return render(request, "assessments/consensus.html", context)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def set_consensus(request: HttpRequest, reference: str, criterion: str) -> HttpResponse:
    """Set what all agree on for one criterion, in its line or on a page of its own."""
    found = _seen(request, reference)
    assessment_access.require_facilitate(program_access.membership(reader(request), found.program_id), found)
    line = consensus_queries.line(found, reader(request), criterion)
    if request.method != "POST":
        if is_fragment(request) and "line" in request.GET:
            context = _common(request, found) | {"line": line, "is_fresh": True}
            return render(request, "assessments/consensus_line.html", context)
        form = _form(found, line)
        return render(request, _template(request), _editor(request, found, line, form))
    form = _form(found, line, request.POST)
    if form.is_valid() and _is_set(request, form, found, line):
        if not is_fragment(request):
            flash.add(request, _("Agreed: %(code)s.") % {"code": criterion})
            return redirect(f"{reverse('assessments:consensus', args=[reference])}#{criterion}")
        fresh = consensus_queries.line(found, reader(request), criterion)
        context = _common(request, found) | {"line": fresh, "is_fresh": True}
        return render(request, "assessments/consensus_set.html", context)
    line = consensus_queries.line(found, reader(request), criterion)
    return render(request, _template(request), _editor(request, found, line, form), status=422)


def _template(request: HttpRequest) -> str:
    return "assessments/consensus_editor.html" if is_fragment(request) else "assessments/set_consensus.html"


def _form(found: Assessment, line: Line, data: Any = None) -> judgements.AgreeForm:
    agreed = line.point.agreed
    return judgements.AgreeForm(
        data,
        kind=line.point.criterion.answer,
        is_in_words=found.is_in_words,
        tests=found.template.evidence_tests,
        initial=judgements.said(agreed) | {"version": line.point.version},
        auto_id=f"id_{line.code}_%s",
    )


def _is_set(request: HttpRequest, form: judgements.AgreeForm, found: Assessment, line: Line) -> bool:
    """Set a consensus; tell whether it was set. Who comes second reads what stands now, and may go on from there."""
    by, version = reader(request), form.cleaned_data["version"]
    return is_done(
        form,
        lambda: services.set_consensus(
            assessment=found, criterion=line.point.criterion, judgement=form.judgement(), by=by, at=clock.now(),
            expected_version=version,
        ),
    )  # fmt: skip


def _editor(request: HttpRequest, found: Assessment, line: Line, form: judgements.AgreeForm) -> Context:
    criterion = line.point.criterion
    is_ranged = criterion.answer == AnswerKind.RANGE and not found.is_in_words
    return _common(request, found) | {
        "line": line,
        "question": {"kind": criterion.answer},
        "told_by": f"statement-{line.code}",
        "form": form,
        "url": reverse("assessments:set_consensus", args=[pages.reference_of(found), line.code]),
        "bands": json.dumps(bands_of(found)) if is_ranged else "",
        "proposed": proposed_by(line.point.agreed, found) if is_ranged else None,
        "is_stale": form.is_bound and form.data.get("version") != str(line.point.version),
    }
