"""The page of a debrief, its PDF, and a page for each part, each move and the private notes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access as assessment_access
from assessments import queries, services
from assessments.choices import COMPLETED_STATES, DEBRIEF_MOVES, DebriefPartKind, DebriefState
from assessments.forms import debriefs as forms
from assessments.models import Assessment, Debrief, DebriefPart
from assessments.queries.pages import assessment_for, reference_of
from assessments.views.form_requests import sent
from core import clock, flash, pdf
from core.access import access, reader
from core.exceptions import NotFound
from core.forms import ReasonForm
from core.refusals import is_done
from programs import access as program_access


@dataclass(frozen=True)
class Step:
    """A move that a page asks about: the words, what will happen, the form, the service, what is said after."""

    label: Any
    question: Any
    what: Any
    form: type[Form]
    do: Callable[..., Debrief]
    said: Any


STEPS: Mapping[str, Step] = {
    "brief_sponsor": Step(
        gettext_lazy("The sponsor is briefed"),
        gettext_lazy("When was the sponsor briefed?"),
        gettext_lazy("The sponsor hears the results before anybody else does."),
        forms.DayForm,
        services.brief_sponsor,
        gettext_lazy("The briefing is on record."),
    ),
    "hold": Step(
        gettext_lazy("It was held"),
        gettext_lazy("When was the debrief held?"),
        gettext_lazy("From then on everybody in the program reads it, and its text stays as it was told."),
        forms.DayForm,
        services.hold_debrief,
        gettext_lazy("Held. Everybody in the program can read it."),
    ),
    "undo_briefing": Step(
        gettext_lazy("The sponsor was not briefed"),
        gettext_lazy("Undo that the sponsor was briefed?"),
        gettext_lazy("Why stays on record."),
        ReasonForm,
        services.undo_briefing,
        gettext_lazy("Undone."),
    ),
    "undo_holding": Step(
        gettext_lazy("It was not held"),
        gettext_lazy("Undo that the debrief was held?"),
        gettext_lazy("Its text can be changed again, and only those who prepare it and the sponsor read it."),
        ReasonForm,
        services.undo_holding,
        gettext_lazy("Undone."),
    ),
    "reopen": Step(
        gettext_lazy("Change how it ended"),
        gettext_lazy("Let it end in another way?"),
        gettext_lazy("The action items stand. Choose anew what was committed to."),
        ReasonForm,
        services.reopen_debrief,
        gettext_lazy("It is open how it ends."),
    ),
}
_COMMIT = gettext_lazy("Record the commitments")
_IN_ORDER = ("brief_sponsor", "hold", "commit", "reopen", "undo_holding", "undo_briefing")


def _address(assessment: Assessment) -> str:
    return reverse("assessments:debrief", args=[reference_of(assessment)])


@access("member")
@require_safe
def debrief(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the debrief; before one is prepared, to those who may, how to."""
    assessment = assessment_for(reader(request), reference)
    if not queries.readable_debriefs(reader(request)).filter(assessment=assessment).exists():
        return _unread(request, assessment)
    return _whole(request, queries.debrief_for(reader(request), reference))


def _whole(request: HttpRequest, found: Debrief) -> HttpResponse:
    assessment = found.assessment
    member = program_access.membership(reader(request), assessment.program_id)
    may_facilitate = assessment_access.may_facilitate(member, assessment)
    context = _document(found) | {
        "may_edit": may_facilitate and found.state in (DebriefState.PREPARED, DebriefState.SPONSOR_BRIEFED),
        "may_end": may_facilitate and found.state == DebriefState.HELD,
        "may_facilitate": may_facilitate,
        "may_see_notes": assessment_access.may_see_notes(reader(request), found),
        "offers": _offers(found) if may_facilitate else [],
        "history": queries.debrief_history(found),
    }
    return render(request, "assessments/debrief.html", context)


def _unread(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Say that there is none to read: not prepared, or not held, which is not everybody's to know."""
    member = program_access.membership(reader(request), assessment.program_id)
    context = {
        "assessment": assessment,
        "reference": reference_of(assessment),
        "is_completed": assessment.state in COMPLETED_STATES,
        "may_prepare": assessment_access.may_facilitate(member, assessment) and assessment.state in COMPLETED_STATES,
    }
    return render(request, "assessments/debrief_none.html", context)


def _offers(found: Debrief) -> list[dict[str, Any]]:
    """Return the moves that the state allows, the one to take next in front."""
    labels = {**{name: step.label for name, step in STEPS.items()}, "commit": _COMMIT}
    names = sorted(DEBRIEF_MOVES.legal(found.state), key=_IN_ORDER.index)
    is_onward = {"brief_sponsor", "hold", "commit"}
    return [{"name": name, "label": labels[name], "is_first": name in is_onward} for name in names]


def _document(found: Debrief) -> dict[str, Any]:
    """Return what page and PDF both show; the private notes are not in it."""
    assessment = found.assessment
    return {
        "debrief": found,
        "assessment": assessment,
        "reference": reference_of(assessment),
        "parts": queries.parts(found),
        "commitments": queries.commitments(found),
        "results": queries.results(assessment),
        "today": clock.today(assessment.program.time_zone),
    }


@access("member")
@require_safe
def debrief_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the debrief as a PDF: its parts, the results and the commitments, never the private notes."""
    found = queries.debrief_for(reader(request), reference)
    context = _document(found) | {"language": get_language(), "dated_on": found.held_on or found.planned_on}
    answer = HttpResponse(pdf.render(render_to_string("assessments/debrief_pdf.html", context)), "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{reference_of(found.assessment)}-debrief.pdf"'
    return answer


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_debrief(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the day of the meeting, and write the debrief."""
    assessment = assessment_for(reader(request), reference)
    member = program_access.membership(reader(request), assessment.program_id)
    assessment_access.require_facilitate(member, assessment)
    form = forms.PlanForm(sent(request))

    def do() -> None:
        services.prepare_debrief(assessment=assessment, **form.cleaned_data, by=reader(request), at=clock.now())

    lead = _("The product writes all eight parts from what is known today. For which day is the meeting planned?")
    return _answer(request, assessment, form, do, lead=lead, submit=_("Write it"), said=_("Written. Read it through."))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def plan_debrief(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan the meeting for another day."""
    found = _facilitated(request, reference)
    form = forms.PlanForm(sent(request), initial={"planned_on": found.planned_on})

    def do() -> None:
        services.plan_debrief(debrief=found, **form.cleaned_data, by=reader(request), at=clock.now())

    lead = _("For which day is the meeting planned?")
    return _answer(request, found.assessment, form, do, lead=lead, submit=_("Plan it"), said=_("Planned."))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def debrief_part(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change what a part says, or write it anew from the facts."""
    found = _facilitated(request, reference)
    part = _part(found, pk)
    is_own = part.kind == DebriefPartKind.OWN
    kind = forms.OwnPartForm if is_own else forms.PartForm
    said = {"text": part.text, "is_left_out": part.is_left_out, "title": part.title}
    form = kind(None if "rewrite" in request.POST else sent(request), initial=said)
    if request.method == "POST" and "rewrite" in request.POST and not is_own:
        services.rewrite_debrief_part(part=part, by=reader(request), at=clock.now())
        flash.add(request, _("Written anew from what is known today."))
        return redirect("assessments:debrief_part", reference, part.pk)

    def do() -> None:
        services.edit_debrief_part(part=part, **form.cleaned_data, by=reader(request), at=clock.now())

    heading = part.title or part.get_kind_display()
    return _answer(
        request, found.assessment, form, do, lead=heading, submit=_("Keep it"), said=_("Kept."),
        template="assessments/debrief_part.html", part=part, is_own=is_own,
    )  # fmt: skip


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def add_debrief_part(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a part of one's own behind another."""
    found = _facilitated(request, reference)
    place = request.GET.get("after", "")
    after = found.parts.filter(pk=place).first() if place.isdecimal() and len(place) < 19 else None
    form = forms.OwnPartForm(sent(request))
    del form.fields["is_left_out"]

    def do() -> None:
        services.add_debrief_part(debrief=found, after=after, **form.cleaned_data, by=reader(request), at=clock.now())

    lead = _("What else is told?")
    return _answer(request, found.assessment, form, do, lead=lead, submit=_("Add it"), said=_("Added."))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_debrief_part(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask before a part of one's own is taken out."""
    found = _facilitated(request, reference)
    part = _part(found, pk)
    form = Form(sent(request))

    def do() -> None:
        services.delete_debrief_part(part=part, by=reader(request), at=clock.now())

    lead = _("Take “%(heading)s” out?") % {"heading": part.title or part.get_kind_display()}
    return _answer(request, found.assessment, form, do, lead=lead, submit=_("Take it out"), said=_("Taken out."))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def private_notes(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the private notes to the sponsor and the facilitator, and keep what they write."""
    seen = queries.debrief_for(reader(request), reference)
    assessment_access.require_see_notes(reader(request), seen)
    text, version = queries.private_notes_of(seen)
    form = forms.NotesForm(sent(request), initial={"text": text, "version": version})

    def do() -> None:
        said = form.cleaned_data
        services.write_private_notes(
            debrief=seen, text=said["text"], expected_version=said["version"], by=reader(request), at=clock.now()
        )

    return _answer(
        request, seen.assessment, form, do, submit=_("Keep them"), said=_("Kept."),
        lead=_("What stays between the sponsor and the facilitator?"),
        note=_("Nobody else reads this. It stands in no export, no PDF and no history."),
    )  # fmt: skip


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def move_debrief(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """Ask what a move needs to know, and make it."""
    if move not in STEPS:
        raise Http404
    found, step = _facilitated(request, reference), STEPS[move]
    initial = {"on": clock.today(found.assessment.program.time_zone)} if step.form is forms.DayForm else {}
    form = step.form(sent(request), initial=initial)

    def do() -> None:
        step.do(debrief=found, **form.cleaned_data, by=reader(request), at=clock.now())

    words = {"lead": step.question, "note": step.what, "submit": step.label}
    return _answer(request, found.assessment, form, do, said=str(step.said), **words)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def commit_debrief(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what people committed to, or why there is nothing."""
    found = _facilitated(request, reference)
    program = found.assessment.program
    items = queries.commitment_choices(found)
    data = sent(request)
    form = forms.CommitForm(data, items=items, initial={"action_items": items})
    rows = forms.requests_of(program, data)

    def do() -> None:
        said = form.cleaned_data
        asked = [services.asked_there(**row.cleaned_data) for row in rows if row.has_changed()]
        services.commit_debrief(
            debrief=found, action_items=list(said["action_items"]), requests=asked, none_reason=said["none_reason"],
            by=reader(request), at=clock.now(),
        )  # fmt: skip

    if data is not None and all((form.is_valid(), rows.is_valid())) and is_done(form, do):
        flash.add(request, _("The debrief has ended, and how is on record."))
        return redirect(_address(found.assessment))
    context = {
        "assessment": found.assessment,
        "reference": reference_of(found.assessment),
        "form": form,
        "rows": rows,
        "has_items": items.exists(),
        "back": _address(found.assessment),
    }
    is_wrong = data is not None and bool(form.errors or not rows.is_valid())
    return render(request, "assessments/debrief_commit.html", context, status=422 if is_wrong else 200)


def _facilitated(request: HttpRequest, reference: str) -> Debrief:
    """Return a debrief to whoever prepares and ends it."""
    found = queries.debrief_for(reader(request), reference)
    member = program_access.membership(reader(request), found.assessment.program_id)
    assessment_access.require_facilitate(member, found.assessment)
    return found


def _part(found: Debrief, pk: int) -> DebriefPart:
    part = found.parts.filter(pk=pk).first()
    if part is None:
        raise NotFound
    return part


def _answer(
    request: HttpRequest,
    assessment: Assessment,
    form: Form,
    do: Callable[[], None],
    *,
    said: str,
    template: str = "assessments/written.html",
    **words: Any,
) -> HttpResponse:
    """Take what a form says, or show it; afterwards lead back to the debrief."""
    if request.method == "POST" and form.is_valid() and is_done(form, do):
        flash.add(request, said)
        return redirect(_address(assessment))
    context = {
        "assessment": assessment,
        "reference": reference_of(assessment),
        "form": form,
        "back": _address(assessment),
        **words,
    }
    return render(request, template, context, status=422 if form.errors else 200)
