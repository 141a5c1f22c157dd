"""The assessments of a program, the page of one, preparing and editing it, and its moves."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access as assessment_access
from assessments import services
from assessments.choices import COMPLETED_STATES, AssessmentState
from assessments.forms import assessments as forms
from assessments.models import Assessment
from assessments.queries import lists, open_prompt, pages, progress, score_history
from assessments.services.assessments import EDITABLE
from assessments.views import results
from core import clock, flash
from core.access import access, reader
from core.forms import EmptyForm, ReasonForm
from core.refusals import is_done
from programs import access as program_access
from programs.access import MemberContext
from programs.queries import heads


@dataclass(frozen=True)
class Step:
    """A move that a page asks about: the words, what will happen, the form, the service, what is said after."""

    label: Any
    question: Any
    what: Any
    form: type[Form]
    do: Callable[..., Any]
    said: Any
    is_grave: bool = False


STEPS: Mapping[str, Step] = {
    "open": Step(
        gettext_lazy("Open it"),
        gettext_lazy("Ask everybody to answer?"),
        gettext_lazy("Each assessor is told at once, and answers alone. Whether names are shown stands from now on."),
        EmptyForm,
        services.open_assessment,
        gettext_lazy("Open. Everybody who is asked is told."),
    ),
    "withdraw": Step(
        gettext_lazy("Back to draft"),
        gettext_lazy("Take it back before anybody answers?"),
        gettext_lazy("The assessors are told that no answers are needed for now."),
        EmptyForm,
        services.withdraw_assessment,
        gettext_lazy("It is a draft again."),
    ),
    "open_consensus": Step(
        gettext_lazy("Open consensus"),
        gettext_lazy("End the answering and open consensus?"),
        gettext_lazy(
            "From then on nobody answers any more, and how far the answers lie apart is seen. There is no way back."
        ),
        EmptyForm,
        services.open_consensus,
        gettext_lazy("Consensus is open."),
        is_grave=True,
    ),
    "complete": Step(
        gettext_lazy("Complete it"),
        gettext_lazy("Lock what was agreed?"),
        gettext_lazy("The points of each section are kept. What nobody agreed on stays unanswered, never zero."),
        EmptyForm,
        services.complete_assessment,
        gettext_lazy("Completed."),
    ),
    "reopen": Step(
        gettext_lazy("Take consensus up again"),
        gettext_lazy("Take up again what was completed?"),
        gettext_lazy("The reason stays on record. No answers are taken any more."),
        ReasonForm,
        services.reopen_assessment,
        gettext_lazy("Consensus is open again."),
    ),
    "review": Step(
        gettext_lazy("Reviewed"),
        gettext_lazy("Were the results gone through together?"),
        gettext_lazy("It is then on record as reviewed."),
        EmptyForm,
        services.review_assessment,
        gettext_lazy("Reviewed."),
    ),
}
# In the order that the page offers them.
_ORDER = ("open", "open_consensus", "complete", "review", "withdraw", "reopen")


@access("member")
@require_safe
def program_assessments(request: HttpRequest, key: str) -> HttpResponse:
    """List the assessments of a program: those under way, and how the past ones scored."""
    head = heads.head(reader(request), key, clock.now())
    rows = lists.of_program(head.program.pk)
    scored = {each.code: each for each in score_history([head.program.pk])[head.program.pk]}
    past = [row | {"scored": scored.get(row["code"])} for row in rows if not row["is_under_way"]]
    context = {
        "head": head,
        "tab": "assessments",
        "rows": rows,
        "under_way": [row for row in rows if row["is_under_way"]],
        "past": past,
        "last": past[0] if past else None,
        "prompt": open_prompt(head.program.pk),
    }
    return render(request, "assessments/program_assessments.html", context)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, key: str) -> HttpResponse:
    """Prepare an assessment; `?from=ONE-T2` prepares it like that one, with the same people and sections."""
    person = reader(request)
    head = heads.head(person, key, clock.now())
    assessment_access.require_manage(head.member)
    previous = lists.previous(head.program.pk, request.GET.get("from", ""))
    form = forms.PrepareForm(request.POST or None, program=head.program, initial=_proposed(request, previous))
    if request.method == "POST" and form.is_valid():
        made: list[Assessment] = []

        def make() -> None:
            made.append(
                services.prepare_assessment(
                    program=head.program, details=form.details(), previous=previous, by=person, at=clock.now()
                )
            )

        if is_done(form, make):
            flash.add(request, _("Prepared. Say who answers; nobody is told before you open it."))
            return redirect("assessments:assessors", f"{key}-{made[0].code}")
    context = {"head": head, "tab": "assessments", "form": form, "previous": previous}
    return render(request, "assessments/prepare.html", context, status=422 if form.errors else 200)


def _proposed(request: HttpRequest, previous: Assessment | None) -> dict[str, Any]:
    """Return what a new assessment begins with: what the previous one was, and its target for the next."""
    own: dict[str, Any] = {"facilitator": reader(request)}
    if previous is None:
        return own
    return own | {
        "template": previous.template_id,
        "purpose": previous.purpose,
        "target": previous.target_next,
        "is_named": previous.is_named,
        "is_in_words": previous.is_in_words,
    }


@access("member")
@require_safe
def assessment(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an assessment: where it stands, what it asks of its reader, who answers."""
    person = reader(request)
    found = pages.assessment_for(person, reference)
    member = program_access.membership(person, found.program_id)
    may_facilitate = assessment_access.may_facilitate(member, found)
    standing, today = pages.progress_of(found), clock.today(found.program.time_zone)
    context = {
        **(results.results_of(found, clock.now()) if found.state in COMPLETED_STATES else {}),
        "assessment": found,
        "reference": pages.reference_of(found),
        "may_facilitate": may_facilitate,
        "offers": _offers(member, found, standing, today),
        "is_lacking": may_facilitate and _is_lacking(found, standing, today),
        "people": progress.places(found) if may_facilitate else [],
        "own": pages.own_sheet(person, found),
        "standing": standing,
        "is_completed": found.state in COMPLETED_STATES,
        "sees_spread": assessment_access.may_see_spread(found),
        "history": pages.history(found),
        "today": today,
    }
    return render(request, "assessments/assessment.html", context)


def _offers(
    member: MemberContext, found: Assessment, standing: pages.AssessmentProgress, today: dt.date
) -> list[dict[str, Any]]:
    """Return the moves that the reader can make now, the one that goes on in front."""
    names = set(assessment_access.open_moves(member, found))
    if standing.is_begun:
        names.discard("withdraw")
    if not standing.agreed:
        names.discard("reopen")
    if found.program.is_over:
        names.discard("open")
    front = "filled" if _is_ripe(found, standing, today) else "outline"
    return [
        {"name": name, "label": STEPS[name].label, "kind": "plain" if place else front}
        for place, name in enumerate(sorted(names, key=_ORDER.index))
    ]


def _is_lacking(found: Assessment, standing: pages.AssessmentProgress, today: dt.date) -> bool:
    """Tell whether a draft waits for something before it can be opened."""
    is_draft = found.state == AssessmentState.DRAFT and not found.program.is_over
    return is_draft and not _is_ripe(found, standing, today)


def _is_ripe(found: Assessment, standing: pages.AssessmentProgress, today: dt.date) -> bool:
    """Tell whether an assessment waits for nothing but its next move."""
    if found.state == AssessmentState.DRAFT:
        return standing.asked > 0 and found.closes_on is not None
    if found.state == AssessmentState.OPEN:
        return standing.is_all_submitted or (found.closes_on is not None and found.closes_on < today)
    return found.state == AssessmentState.CONSENSUS and not standing.open


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what an assessment is, as far as its state lets."""
    found = facilitated(request, reference)
    editable = EDITABLE[found.state]
    initial = {name: getattr(found, name) for name in (*editable, "version")}
    form = forms.EditForm(request.POST or None, program=found.program, editable=editable, initial=initial)
    if request.method == "POST" and form.is_valid():
        version, by = form.cleaned_data["version"], reader(request)
        if is_done(
            form,
            lambda: services.edit_assessment(
                assessment=found, changes=form.changes(), expected_version=version, by=by, at=clock.now()
            ),
        ):
            flash.add(request, _("Changed."))
            return redirect("assessments:assessment", reference)
    context = {"assessment": found, "reference": reference, "form": form}
    return render(request, "assessments/edit.html", context, status=422 if form.errors else 200)


def facilitated(request: HttpRequest, reference: str) -> Assessment:
    """Return an assessment for whoever leads it.

    Raises:
        core.exceptions.NotFound: to a stranger; NotAllowed: to a member who does not lead it.
    """
    person = reader(request)
    found = pages.assessment_for(person, reference)
    assessment_access.require_facilitate(program_access.membership(person, found.program_id), found)
    return found


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """Ask before a move of an assessment, and make it."""
    step = STEPS.get(move)
    if step is None:
        raise Http404
    found = facilitated(request, reference)
    form = step.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said, by = form.cleaned_data, reader(request)
        if is_done(form, lambda: step.do(assessment=found, by=by, at=clock.now(), **said)):
            flash.add(request, str(step.said))
            return redirect("assessments:assessment", reference)
    context = {
        "assessment": found, "reference": reference, "step": step, "form": form,
        "left_over": _left_over(found, move),
    }  # fmt: skip
    return render(request, "assessments/move.html", context, status=422 if form.errors else 200)


def _left_over(found: Assessment, move: str) -> str:
    """Return what a move leaves undone for good, or until something is taken up again; "" for nothing."""
    if move == "open":
        return _("The program is paused: nobody is reminded until it goes on.") if found.program.is_paused else ""
    if move == "open_consensus":
        waiting = [each.person_name for each in progress.places(found) if not (each.left_at or each.has_submitted)]
        return _("Not submitted yet: %(names)s.") % {"names": ", ".join(waiting)} if waiting else ""
    if move != "complete":
        return ""
    left = pages.progress_of(found).open
    words = ngettext("%(n)d criterion has no consensus.", "%(n)d criteria have no consensus.", left) % {"n": left}
    return words if left else ""


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask, then delete a draft."""
    found = facilitated(request, reference)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = reader(request)
        if is_done(form, lambda: services.delete_assessment(assessment=found, by=by, at=clock.now())):
            flash.add(request, _("Deleted."))
            return redirect("assessments:program_assessments", found.program.key)
    context = {"assessment": found, "reference": reference, "form": form}
    return render(request, "assessments/delete.html", context, status=422 if form.errors else 200)
