"""The phases of a program: their order, the page of one, adding, changing and deleting them, and their moves."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core import clock, exports, flash
from core.access import access, reader
from core.forms import EmptyForm, ReasonForm
from core.refusals import attempt, is_done
from core.transitions import Transition
from programs.access import managed_program
from programs.models import Phase, Program
from programs.queries import heads
from workstreams import forms, services
from workstreams.choices import PHASE_MOVES
from workstreams.forms.phases import initial_of
from workstreams.queries import phases as queries
from workstreams.queries.decision_effects import left_open

TRANSITIONS: Mapping[str, Transition] = {
    "start": Transition(
        gettext_lazy("Start the phase"), EmptyForm, services.start_phase,
        gettext_lazy("Started. The baselines of its milestones stand from now on."), is_primary=True,
    ),
    "override": Transition(
        gettext_lazy("Override the gate"), forms.OverrideForm, services.override_gate,
        gettext_lazy("Started. The reason is on record."),
    ),
    "review": Transition(
        gettext_lazy("Send to review"), EmptyForm, services.review_phase, gettext_lazy("In review."), is_primary=True
    ),
    "rework": Transition(
        gettext_lazy("Back to work"), ReasonForm, services.rework_phase, gettext_lazy("Under way again.")
    ),
    "close": Transition(
        gettext_lazy("Close"), forms.CloseForm, services.close_phase, gettext_lazy("Closed. Its outcomes go on.")
    ),
    "stop": Transition(gettext_lazy("Stop"), forms.StopForm, services.stop_phase, gettext_lazy("Stopped.")),
    "undo-start": Transition(
        gettext_lazy("Undo the start"), ReasonForm, services.undo_start, gettext_lazy("Planned again.")
    ),
    "reopen": Transition(gettext_lazy("Reopen"), ReasonForm, services.reopen_phase, gettext_lazy("Open again.")),
}  # fmt: skip
COLUMNS: list[tuple[str, Any]] = [
    ("code", gettext_lazy("Code")),
    ("name", gettext_lazy("Phase")),
    ("status", gettext_lazy("State")),
    ("owner_name", gettext_lazy("Owner")),
    ("baseline_start_on", gettext_lazy("Baseline start")),
    ("baseline_end_on", gettext_lazy("Baseline end")),
    ("start_on", gettext_lazy("Start")),
    ("end_on", gettext_lazy("End")),
    ("variance_days", gettext_lazy("Schedule variance, days")),
    ("outcomes", gettext_lazy("Outcomes")),
    ("milestones", gettext_lazy("Milestones")),
    ("late", gettext_lazy("Milestones overdue or moved")),
    ("gate_code", gettext_lazy("Gate")),
]
# What a move of the state machine is called on a page.
_NAMES = {"undo_start": "undo-start"}


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def phases(request: HttpRequest, key: str) -> HttpResponse:
    """Show the phases of a program in their order; POST moves one of them earlier or later."""
    person, at = reader(request), clock.now()
    head = heads.head(person, key, at)
    if request.method == "POST":
        program = managed_program(reader(request), key)
        ordered = _moved(program, request.POST.get("phase", ""), request.POST.get("to", ""))
        services.order_phases(program=program, phases=ordered, by=person, at=at)
        flash.add(request, _("The new order stands."))
        return redirect("workstreams:phases", key)
    found = queries.in_order(head.pk, head.today)
    if exports.is_asked(request):
        return exports.as_csv(f"{key}-phases", COLUMNS, found)
    context = {"head": head, "tab": "phases", "phases": found, "export_url": exports.QUERY}
    return render(request, "workstreams/phases.html", context)


def _moved(program: Program, code: str, to: str) -> list[Phase]:
    """Return the phases with one of them a place earlier or later."""
    ordered = list(Phase.objects.filter(program=program).order_by("position", "pk"))
    place = next((number for number, phase in enumerate(ordered) if phase.code == code), None)
    if place is None or to not in ("earlier", "later"):
        raise Http404
    other = min(max(place + (1 if to == "later" else -1), 0), len(ordered) - 1)
    ordered.insert(other, ordered.pop(place))
    return ordered


@access("member")
@require_http_methods(["GET", "HEAD"])
def phase(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Show a phase; `?move=` opens the form of a move."""
    found = queries.phase_for(reader(request), key, code)
    name = request.GET.get("move", "")
    if name and name not in TRANSITIONS:
        raise Http404
    form = _form(name, found) if name else None
    return _page(request, found, move=name, form=form)


def _form(name: str, phase: Phase, data: Any = None) -> Any:
    """Return the form of a move; the one that closes asks what becomes of milestones that are still open."""
    more: dict[str, Any] = {"still_open": left_open(phase)} if name == "close" else {}
    return TRANSITIONS[name].form(data, **more)


def _page(request: HttpRequest, phase: Phase, *, move: str = "", form: Any = None) -> HttpResponse:
    head = heads.head(reader(request), phase.program.key, clock.now())
    stands = queries.stands(phase, head.today)
    context = {
        "head": head,
        "tab": "phases",
        "phase": phase,
        "stands": stands,
        "offers": _offers(phase, stands) if head.may_manage else [],
        "move": move,
        "transition": TRANSITIONS.get(move),
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "workstreams/phase.html", context, status=status)


def _offers(phase: Phase, stands: queries.Stands) -> list[tuple[str, Transition]]:
    """Return the moves that are possible now; through a closed gate leads an override alone."""
    names = [_NAMES.get(name, name) for name in PHASE_MOVES.legal(phase.status)]
    if stands.blockers is not None and "start" in names:
        is_shut = stands.blockers.is_measured and not stands.blockers.is_open
        names = [*(["override"] if is_shut else []), *(name for name in names if name != "start" or _may_start(stands))]
    order = list(TRANSITIONS)
    return [(name, TRANSITIONS[name]) for name in sorted(names, key=order.index)]


def _may_start(stands: queries.Stands) -> bool:
    return stands.blockers is not None and stands.blockers.is_measured and stands.blockers.is_open


@access("member")
@require_POST
def phase_move(request: HttpRequest, key: str, code: str, move: str) -> HttpResponse:
    """Move a phase: started, sent to review, closed, stopped, reopened."""
    found = queries.phase_for(reader(request), key, code)
    if move not in TRANSITIONS:
        raise Http404
    transition = TRANSITIONS[move]
    form = _form(move, found, request.POST)
    if form.is_valid() and is_done(
        form, lambda: transition.service(phase=found, by=reader(request), at=clock.now(), **form.cleaned_data)
    ):
        flash.add(request, str(transition.message))
        return redirect("workstreams:phase", key, code)
    return _page(request, found, move=move, form=form)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def add_phase(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what a phase is, and add it behind the others."""
    person = reader(request)
    program = managed_program(person, key)
    form = forms.PhaseForm(request.POST or None, program=program, initial={"owner": person.pk})
    if request.method == "POST" and form.is_valid():
        details = form.details()
        if added := attempt(
            form, lambda: services.add_phase(program=program, details=details, by=person, at=clock.now())
        ):
            flash.add(request, _("Added. Now say what will be true at its end: add an outcome."))
            return redirect("workstreams:phase", key, added.code)
    return _form_page(request, program, form, title=_("Add a phase"), submit=_("Add the phase"))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_phase(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Change a phase."""
    person = reader(request)
    found = queries.phase_for(person, key, code)
    program = managed_program(reader(request), key)
    form = forms.PhaseForm(request.POST or None, program=program, phase=found, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        changes: dict[str, Any] = {"changes": form.changes, "expected_version": form.expected_version}
        words = form.cleaned_data.get("reason", "")
        edit: Any = services.edit_phase
        if form.cleaned_data.get("with_milestones"):
            edit = services.edit_phase_with_milestones
        if done := attempt(form, lambda: edit(phase=found, **changes, reason=words, by=person, at=clock.now())):
            flash.add(request, _changed_words(done))
            return redirect("workstreams:phase", key, code)
    title = _("Change %(phase)s") % {"phase": found.name}
    return _form_page(request, program, form, title=title, submit=_("Change it"), phase=found)


def _changed_words(done: Phase | services.PhaseMoved) -> str:
    if isinstance(done, Phase):
        return _("Changed.")
    words = ngettext(
        "Changed. %(n)d milestone moved with it.", "Changed. %(n)d milestones moved with it.", done.milestones
    )
    return words % {"n": done.milestones}


def _form_page(request: HttpRequest, program: Program, form: Any, **more: Any) -> HttpResponse:
    context = {"program": program, "form": form, **more}
    return render(request, "workstreams/phase_form.html", context, status=422 if form.errors else 200)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_phase(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Ask whether a phase is to be deleted, and delete it."""
    person = reader(request)
    found = queries.phase_for(person, key, code)
    program = managed_program(reader(request), key)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(form, lambda: services.delete_phase(phase=found, by=person, at=clock.now()))
    ):
        flash.add(request, _("Deleted."))
        return redirect("workstreams:phases", key)
    context = {"program": program, "phase": found, "form": form}
    return render(request, "workstreams/phase_delete.html", context, status=422 if form.errors else 200)
