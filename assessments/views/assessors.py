"""Who answers an assessment: people of the program, several at once, and others by address; with their sections."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments import services
from assessments.choices import AssessmentState
from assessments.forms import assessments as forms
from assessments.models import Assessment, Assessor
from assessments.queries import pages, progress
from assessments.views.assessments import facilitated
from core import clock, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.forms import EmptyForm
from core.refusals import is_done


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def assessors(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who answers, and ask more people: members together, or one from outside."""
    found = facilitated(request, reference)
    is_outside = "email" in request.POST
    sent = request.POST if request.method == "POST" else None
    members = forms.AskMembersForm(None if is_outside else sent, assessment=found, auto_id="id_member_%s")
    outside = forms.AskOutsideForm(sent if is_outside else None, assessment=found, auto_id="id_outside_%s")
    form = outside if is_outside else members
    if sent is not None and form.is_valid() and _is_asked(request, form, found):
        return redirect("assessments:assessors", reference)
    people = progress.places(found)
    context = {
        "assessment": found,
        "reference": pages.reference_of(found),
        "people": people,
        "asked": sum(each.left_at is None for each in people),
        "members": members,
        "outside": outside,
        "may_change": found.state in (AssessmentState.DRAFT, AssessmentState.OPEN),
        "is_outside": is_outside,
    }
    return render(request, "assessments/assessors.html", context, status=422 if form.errors else 200)


def _is_asked(request: HttpRequest, form: Any, found: Assessment) -> bool:
    """Ask whom a form names; tell whether they were asked."""
    said, by, at = dict(form.cleaned_data), reader(request), clock.now()
    people = list(said.pop("people", ()))
    said["sections"] = list(said["sections"])
    if people:
        is_asked = is_done(form, lambda: services.add_assessors(assessment=found, people=people, by=by, at=at, **said))
    else:
        is_asked = is_done(form, lambda: services.add_assessor(assessment=found, by=by, at=at, **said))
    if is_asked:
        count = len(people) or 1
        flash.add(request, ngettext("%(n)d person is added.", "%(n)d people are added.", count) % {"n": count})
    return is_asked


def _place(found: Assessment, pk: int) -> Assessor:
    place = Assessor.objects.select_related("person").filter(assessment=found, pk=pk, left_at=None).first()
    if place is None:
        raise NotFound
    place.assessment = found
    return place


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def assessor(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change which sections somebody answers, and whether they count as a leader."""
    found = facilitated(request, reference)
    place = _place(found, pk)
    initial = {"sections": place.sections.all(), "is_leader": place.is_leader, "version": place.version}
    sent = request.POST if request.method == "POST" else None
    form = forms.AssessorForm(sent, assessment=found, initial=initial)
    if sent is not None and form.is_valid():
        version, by = form.cleaned_data["version"], reader(request)
        if is_done(
            form,
            lambda: services.edit_assessor(
                assessor=place, changes=form.changes(), expected_version=version, by=by, at=clock.now()
            ),
        ):
            flash.add(request, _("Changed."))
            return redirect("assessments:assessors", reference)
    context = {"assessment": found, "reference": reference, "place": place, "form": form}
    return render(request, "assessments/assessor.html", context, status=422 if form.errors else 200)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def remove_assessor(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask, then ask somebody no longer; what they answered counts."""
    found = facilitated(request, reference)
    place = _place(found, pk)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = reader(request)
        if is_done(form, lambda: services.remove_assessor(assessor=place, by=by, at=clock.now())):
            flash.add(request, _("%(person)s is no longer asked.") % {"person": place.person})
            return redirect("assessments:assessors", reference)
    context = {"assessment": found, "reference": reference, "place": place, "form": form}
    return render(request, "assessments/remove_assessor.html", context, status=422 if form.errors else 200)
