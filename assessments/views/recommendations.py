"""A page for each thing that is said of a recommended step: worded, accepted, rejected, reopened, taken back."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import access as assessment_access
from assessments import queries, services
from assessments.choices import COMPLETED_STATES
from assessments.exceptions import NotCompleted
from assessments.forms.findings import AcceptForm, RecommendationForm
from assessments.models import Assessment, Recommendation
from assessments.queries.pages import reference_of
from assessments.services import RecommendationDetails
from assessments.views.findings import writing
from assessments.views.form_requests import sent
from core import clock, flash
from core.access import access, reader
from core.forms import EmptyForm, ReasonForm
from core.refusals import is_done
from programs import access as program_access


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def recommend(request: HttpRequest, reference: str) -> HttpResponse:
    """Recommend a step for a finding."""
    finding = queries.finding_for(reader(request), reference)
    assessment = writing(request, reference_of(finding.assessment))
    form = RecommendationForm(sent(request))

    def do() -> None:
        details = RecommendationDetails(**form.cleaned_data)
        services.add_recommendation(finding=finding, details=details, by=reader(request), at=clock.now())

    lead = _("What do you recommend, so that this changes? %(finding)s") % {"finding": finding.text}
    return _answer(request, assessment, form, do, lead=lead, submit=_("Recommend it"), said=_("Recommended."))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_recommendation(request: HttpRequest, reference: str) -> HttpResponse:
    """Word a step anew."""
    found = queries.recommendation_for(reader(request), reference)
    member = program_access.membership(reader(request), found.assessment.program_id)
    assessment_access.require_recommend(member, found.assessment)
    said = {name: getattr(found, name) for name in ("text", "rationale", "urgency")}
    form = RecommendationForm(sent(request), initial=said)

    def do() -> None:
        details = RecommendationDetails(**form.cleaned_data)
        services.edit_recommendation(recommendation=found, details=details, by=reader(request), at=clock.now())

    lead = _("What is recommended?")
    return _answer(request, found.assessment, form, do, lead=lead, submit=_("Change it"), said=_("Changed."))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_recommendation(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask who does an accepted step, by when, and where it stands in the work."""
    found = _deciding(request, reference)
    program = found.assessment.program
    form = AcceptForm(sent(request), program=program)

    def do() -> None:
        services.accept_recommendation(recommendation=found, **form.cleaned_data, by=reader(request), at=clock.now())

    return _answer(
        request, found.assessment, form, do,
        lead=_("Who does it, and by when? %(step)s") % {"step": found.text},
        submit=_("Accept it"),
        said=_("Accepted: it is an action item, and its performer is asked."),
        note="" if found.assessment.state in COMPLETED_STATES else str(NotCompleted.sentence),
    )  # fmt: skip


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def reject_recommendation(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why a step is turned down."""
    found = _deciding(request, reference)
    form = ReasonForm(sent(request))

    def do() -> None:
        services.reject_recommendation(recommendation=found, **form.cleaned_data, by=reader(request), at=clock.now())

    lead = _("Why is this turned down? %(step)s") % {"step": found.text}
    return _answer(request, found.assessment, form, do, lead=lead, submit=_("Reject it"), said=_("Rejected."))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_recommendation(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why a step is decided on again."""
    found = _deciding(request, reference)
    form = ReasonForm(sent(request))

    def do() -> None:
        services.reopen_recommendation(recommendation=found, **form.cleaned_data, by=reader(request), at=clock.now())

    lead = _("Why is this decided on again? %(step)s") % {"step": found.text}
    said = _("It waits for a decision again.")
    return _answer(request, found.assessment, form, do, lead=lead, submit=_("Reopen it"), said=said)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_recommendation(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask before a step is taken back that nobody decided on."""
    found = queries.recommendation_for(reader(request), reference)
    member = program_access.membership(reader(request), found.assessment.program_id)
    assessment_access.require_recommend(member, found.assessment)
    form = EmptyForm(sent(request))

    def do() -> None:
        services.delete_recommendation(recommendation=found, by=reader(request), at=clock.now())

    lead = _("Take this step back? %(step)s") % {"step": found.text}
    return _answer(request, found.assessment, form, do, lead=lead, submit=_("Take it back"), said=_("Taken back."))


def _deciding(request: HttpRequest, reference: str) -> Recommendation:
    """Return a recommendation to whoever may decide on it."""
    found = queries.recommendation_for(reader(request), reference)
    member = program_access.membership(reader(request), found.assessment.program_id)
    assessment_access.require_decide(member, found)
    return found


def _answer(
    request: HttpRequest, assessment: Assessment, form: Form, do: Callable[[], None], *, said: str, **words: Any
) -> HttpResponse:
    """Take what a form says, or show it; afterwards lead back to the findings."""
    back = reverse("assessments:findings", args=[reference_of(assessment)])
    if request.method == "POST" and form.is_valid() and is_done(form, do):
        flash.add(request, said)
        return redirect(back)
    context = {"assessment": assessment, "reference": reference_of(assessment), "form": form, "back": back, **words}
    return render(request, "assessments/written.html", context, status=422 if form.errors else 200)
