"""What one assessor is asked: all of it, question by question, saved as they go; of anybody else's answers nothing."""

import json
from itertools import product
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from assessments import access as assessment_access
from assessments import indicators, services
from assessments.choices import AnswerKind, AssessmentState, Documents
from assessments.forms import judgements
from assessments.models import Assessment, Criterion, Judgement
from assessments.queries import co_assessors, pages, questions
from assessments.queries.questions import Asked, Sheet
from assessments.views.form_requests import is_fragment
from core import clock, flash
from core.access import access, reader
from core.exceptions import Stale
from core.refusals import is_done

Context = dict[str, Any]


def _entered(request: HttpRequest, reference: str) -> Sheet:
    """Return what the reader is asked, whether they belong to the program or not.

    Raises:
        NotFound: to who was not asked and does not belong to the program; NotAllowed: to a member who was not asked.
    """
    person = reader(request)
    assessment = pages.form_for(person, reference)
    assessor = assessment_access.assessor_of(person, assessment)
    assessor.assessment = assessment
    return questions.sheet(assessor)


def _common(request: HttpRequest, sheet: Sheet) -> Context:
    assessment = sheet.assessor.assessment
    return {
        "assessment": assessment,
        "reference": pages.reference_of(assessment),
        "sheet": sheet,
        "is_member": pages.is_member(reader(request), assessment),
        "is_open": assessment.state == AssessmentState.OPEN,
        "in_words": assessment.is_in_words,
        "today": clock.today(assessment.program.time_zone),
    }


@access("signed_in")
@require_safe
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an assessor what they are asked, how far they have come, and where to go on."""
    sheet = _entered(request, reference)
    others = co_assessors.asked_beside(sheet.assessor)
    context = _common(request, sheet) | {"beside": others, "outside": sum(each.is_outside for each in others)}
    return render(request, "assessments/answers.html", context)


@access("signed_in")
@require_POST
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Submit what the reader answered; what is open stays open."""
    sheet = _entered(request, reference)
    services.submit_answers(assessor=sheet.assessor, by=reader(request), at=clock.now())
    flash.add(request, _("Submitted. Until consensus opens you can still change what you said."))
    return redirect("assessments:answer", pages.reference_of(sheet.assessor.assessment))


@never_cache
@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request: HttpRequest, reference: str, criterion: str) -> HttpResponse:
    """Ask one question; save what is said, on the way or when going on to the next one that is open.

    A window that shows an older answer than the one that is kept wipes nothing: it is told so, and shown what stands.
    """
    sheet = _entered(request, reference)
    place = sheet.place_of(criterion)
    if place is None:
        raise Http404
    is_sent = request.method == "POST"
    form = _form(sheet, place, request.POST if is_sent else None)
    if not is_sent:
        return render(request, "assessments/answer.html", _page(request, sheet, place, form))
    is_saved = form.is_valid() and _is_saved(request, form, sheet, place)
    if "stay" in request.POST:
        return _said_quietly(request, sheet, place, form)
    if is_saved:
        return _next(request, _entered(request, reference), place)
    template = "assessments/answer_sheet.html" if is_fragment(request) else "assessments/answer.html"
    sheet = _entered(request, reference) if _is_stale(form) else sheet
    return render(request, template, _page(request, sheet, place, form), status=422)


def _form(sheet: Sheet, place: int, data: Any = None) -> judgements.AnswerForm:
    asked, assessment = sheet.asked[place], sheet.assessor.assessment
    return judgements.AnswerForm(
        data,
        kind=asked.question.kind,
        is_in_words=assessment.is_in_words,
        tests=assessment.template.evidence_tests,
        initial=judgements.said(asked.said),
    )


def _is_saved(request: HttpRequest, form: judgements.AnswerForm, sheet: Sheet, place: int) -> bool:
    """Keep an answer; tell whether it was kept. What refuses it stands in the form then."""
    criterion = Criterion.objects.select_related("section").get(pk=sheet.asked[place].question.pk)
    by, at = reader(request), clock.now()
    return is_done(
        form,
        lambda: services.save_answer(
            assessor=sheet.assessor,
            criterion=criterion,
            judgement=form.judgement(),
            by=by,
            at=at,
            expected_version=form.cleaned_data["version"],
        ),
    )


def _is_stale(form: judgements.AnswerForm) -> bool:
    """Tell whether what a window showed was changed elsewhere before it was sent."""
    return form.is_bound and form.has_error(NON_FIELD_ERRORS, code=Stale.code)


def _version(asked: Asked, form: judgements.AnswerForm) -> int:
    """Return which version a window shows: what is kept now; of a form that is not right yet what it came with."""
    if form.is_bound and form.errors and not _is_stale(form):
        return int(form.cleaned_data.get("version") or 0)
    return asked.said.version if asked.said else 0


def _page(request: HttpRequest, sheet: Sheet, place: int, form: judgements.AnswerForm) -> Context:
    asked, assessment = sheet.asked[place], sheet.assessor.assessment
    common = _common(request, sheet)
    codes = [each.question.code for each in sheet.asked]
    is_ranged = asked.question.kind == AnswerKind.RANGE and not assessment.is_in_words
    return common | {
        "asked": asked,
        "question": asked.question,
        "told_by": "statement",
        "form": form,
        "url": reverse("assessments:answer_question", args=[common["reference"], asked.question.code]),
        "before": codes[place - 1] if place else "",
        "after": codes[place + 1] if place + 1 < len(codes) else "",
        "bands": json.dumps(bands_of(assessment)) if is_ranged else "",
        "proposed": proposed_by(asked.said, assessment) if is_ranged else None,
        "is_fragment": is_fragment(request),
        "version": _version(asked, form),
        "is_stale": _is_stale(form),
    }


def bands_of(assessment: Assessment) -> dict[str, list[int]]:
    """Return the band that each result of the three tests proposes, by the values that the form sends for them."""
    words = {True: judgements.YES, False: judgements.NO}
    found = {}
    for owner, consistent, documents in product(words, words, Documents.values):
        band = indicators.proposed_band(assessment.template.range_bands, owner, consistent, documents)
        if band is not None:
            found[f"{words[owner]} {words[consistent]} {documents}"] = list(band)
    return found


def proposed_by(said: Judgement | None, assessment: Assessment) -> tuple[int, int] | None:
    """Return the band that the tests of a kept judgement propose, None where they do not yet."""
    if said is None:
        return None
    bands = assessment.template.range_bands
    return indicators.proposed_band(bands, said.has_owner, said.is_consistent, said.documents)


def _said_quietly(request: HttpRequest, sheet: Sheet, place: int, form: judgements.AnswerForm) -> HttpResponse:
    """Answer a save on the way: the quiet word, the version that is kept now, and how far its assessor has come."""
    reference = pages.reference_of(sheet.assessor.assessment)
    if not form.errors:
        sheet = _entered(request, reference)
    context: Context = {
        "reference": reference, "sheet": sheet, "asked": sheet.asked[place], "form": form, "is_on_the_way": True,
        "saved_at": None if form.errors else clock.now(), "oob": True, "is_stale": _is_stale(form),
        "version": _version(sheet.asked[place], form),
    }  # fmt: skip
    return render(request, "assessments/answer_kept.html", context, status=422 if form.errors else 200)


def _next(request: HttpRequest, sheet: Sheet, place: int) -> HttpResponse:
    """Lead to the next question that is open; once none is, to all that was said."""
    reference = pages.reference_of(sheet.assessor.assessment)
    code = sheet.next_open(place)
    if not code:
        url = reverse("assessments:answer", args=[reference])
        return HttpResponseClientRedirect(url) if is_fragment(request) else redirect(url)
    url = reverse("assessments:answer_question", args=[reference, code])
    following = sheet.place_of(code)
    if not is_fragment(request) or following is None:
        return redirect(url)
    context = _page(request, sheet, following, _form(sheet, following)) | {"saved_at": clock.now()}
    return push_url(render(request, "assessments/answer_sheet.html", context), url)


@access("signed_in")
@require_safe
def blank(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form without answers, to be printed: the whole, or what its reader is asked."""
    person = reader(request)
    found = pages.form_for(person, reference)
    is_member = pages.is_member(person, found)
    own = pages.own_sheet(person, found)
    is_own = own is not None and (not is_member or "mine" in request.GET)
    asked = [each.question for each in own.asked] if own and is_own else questions.questions(found.template_id)
    context = {
        "assessment": found,
        "reference": pages.reference_of(found),
        "is_member": is_member,
        "parts": questions.by_section(asked),
        "count": len(asked),
        "tests": found.template.evidence_tests,
        "bands": found.template.range_bands,
    }
    return render(request, "assessments/blank.html", context)
