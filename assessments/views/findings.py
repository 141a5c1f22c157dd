"""What an assessment found: the page of all of it with the map, and a page for each thing said of a finding."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access as assessment_access
from assessments import indicators, queries, services
from assessments.choices import COMPLETED_STATES, RecommendationState, Urgency
from assessments.forms.findings import FindingForm
from assessments.models import Assessment, Finding
from assessments.queries.pages import assessment_for, reference_of
from assessments.services import FindingDetails
from assessments.views.form_requests import sent
from core import clock, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.forms import EmptyForm
from core.refusals import is_done
from programs import access as program_access
from programs.access import MemberContext


def entered(request: HttpRequest, reference: str) -> tuple[Assessment, MemberContext]:
    """Return the assessment whose findings may be read, and who the reader is.

    Raises:
        core.exceptions.NotFound: to who may not (yet) read them.
    """
    assessment = assessment_for(reader(request), reference)
    member = program_access.membership(reader(request), assessment.program_id)
    if not assessment_access.may_see_findings(member, assessment):
        raise NotFound
    return assessment, member


def writing(request: HttpRequest, reference: str) -> Assessment:
    """Return the assessment to whoever writes its findings."""
    assessment, member = entered(request, reference)
    assessment_access.require_facilitate(member, assessment)
    return assessment


@access("member")
@require_safe
def findings(request: HttpRequest, reference: str) -> HttpResponse:
    """Show strengths and gaps, what is recommended for each, and what touches what."""
    assessment, member = entered(request, reference)
    rows = queries.findings_of(assessment, reader(request))
    strengths, gaps = queries.strengths_and_gaps(rows)
    steps = [step for row in rows for step in row["recommendations"]]
    waiting = [step for step in steps if step["state"] == RecommendationState.PROPOSED]
    may_facilitate = assessment_access.may_facilitate(member, assessment)
    context = {
        "assessment": assessment,
        "reference": reference_of(assessment),
        "strengths": strengths,
        "gaps": gaps,
        "steps": steps,
        "waiting": waiting,
        "map": indicators.touching(gaps),
        "may_write": may_facilitate and assessment_access.may_see_spread(assessment),
        "decides": _decidable(member, assessment),
    }
    return render(request, "assessments/findings.html", context)


def _decidable(member: MemberContext, assessment: Assessment) -> set[str]:
    """Return the urgencies that the reader decides on, once the assessment is completed."""
    if assessment.state not in COMPLETED_STATES:
        return set()
    return {urgency.value for urgency in Urgency if assessment_access.may_decide_urgency(member, urgency)}


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def add_finding(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what was found."""
    assessment = writing(request, reference)
    form = FindingForm(sent(request), assessment=assessment, initial={"kind": request.GET.get("kind", "gap")})
    if request.method == "POST" and form.is_valid():
        details = FindingDetails(**form.cleaned_data)
        made: list[Finding] = []

        def add() -> None:
            made.append(
                services.add_finding(assessment=assessment, details=details, by=reader(request), at=clock.now())
            )

        if is_done(form, add):
            flash.add(request, _("%(code)s is written down.") % {"code": made[0].code})
            return redirect(f"{reverse('assessments:findings', args=[reference])}#{made[0].code}")
    return _page(request, assessment, form, _("What was found?"), _("Write it down"))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_finding(request: HttpRequest, reference: str) -> HttpResponse:
    """Word a finding anew."""
    finding = queries.finding_for(reader(request), reference)
    assessment = writing(request, reference_of(finding.assessment))
    form = FindingForm(sent(request), assessment=assessment, initial=_said(finding))
    if request.method == "POST" and form.is_valid():
        details = FindingDetails(**form.cleaned_data)
        if is_done(
            form, lambda: services.edit_finding(finding=finding, details=details, by=reader(request), at=clock.now())
        ):
            flash.add(request, _("Changed."))
            return redirect(f"{reverse('assessments:findings', args=[reference_of(assessment)])}#{finding.code}")
    return _page(request, assessment, form, _("What does %(code)s say?") % {"code": finding.code}, _("Change it"))


def _said(finding: Finding) -> dict[str, Any]:
    codes = [each["code"] for each in queries.affected([finding.pk])[finding.pk]]
    names = ("kind", "text", "criterion", "root_cause", "is_systemic")
    return {name: getattr(finding, name) for name in names} | {"affects": ", ".join(codes)}


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_finding(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask before a finding is taken back."""
    finding = queries.finding_for(reader(request), reference)
    assessment = writing(request, reference_of(finding.assessment))
    form = EmptyForm(sent(request))
    back = reverse("assessments:findings", args=[reference_of(assessment)])
    if request.method == "POST" and is_done(
        form, lambda: services.delete_finding(finding=finding, by=reader(request), at=clock.now())
    ):
        flash.add(request, _("%(code)s is taken back.") % {"code": finding.code})
        return redirect(back)
    context = {
        "assessment": assessment,
        "reference": reference_of(assessment),
        "title": _("Take back %(code)s") % {"code": finding.code},
        "question": _("Take this finding back?"),
        "what": finding.text,
        "submit": _("Take it back"),
        "back": back,
        "form": form,
        "is_grave": True,
    }
    return render(request, "assessments/asked.html", context, status=409 if form.errors else 200)


def _page(request: HttpRequest, assessment: Assessment, form: FindingForm, lead: str, submit: str) -> HttpResponse:
    context = {
        "assessment": assessment,
        "reference": reference_of(assessment),
        "form": form,
        "lead": lead,
        "submit": submit,
        "back": reverse("assessments:findings", args=[reference_of(assessment)]),
    }
    return render(request, "assessments/written.html", context, status=422 if form.errors else 200)
