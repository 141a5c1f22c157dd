"""The page of a gate review, a page for each step of it, and its pack on paper."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core import clock, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.forms import ReasonForm
from core.refusals import is_done
from programs import access as program_access
from programs.choices import Rating
from programs.models import Program
from workstreams import access as work_access
from workstreams import forms, queries, services
from workstreams.choices import GATE, GATE_MOVES, GateDecision, GateState
from workstreams.models import GateReview
from workstreams.queries import gate_packs
from workstreams.queries.decision_effects import LeftOpen, effects, left_open
from workstreams.services import Condition
from workstreams.views import checklist

ROWS, MORE_ROWS = 1, 3


@dataclass(frozen=True)
class Step:
    """A move that a page asks about: the words, the form, the service, what is said after."""

    label: Any
    lead: Any
    form: type[Form]
    do: Callable[..., GateReview]
    said: Any


STEPS: Mapping[str, Step] = {
    "hold": Step(
        gettext_lazy("Hold the review"),
        gettext_lazy("How did the review go? The sponsor decides on what you found."),
        forms.HoldGateForm,
        services.hold_gate,
        gettext_lazy("Held. The sponsor is asked to decide."),
    ),
    "reschedule": Step(
        gettext_lazy("Another date"),
        gettext_lazy("For which day is the review planned now, and why?"),
        forms.RescheduleGateForm,
        services.reschedule_gate,
        gettext_lazy("The other date is on record."),
    ),
    "reopen": Step(
        gettext_lazy("It was not held"),
        gettext_lazy("Undo that it was held? What was found stays on record."),
        ReasonForm,
        services.reopen_gate,
        gettext_lazy("It is to be held again."),
    ),
}
# What stands in front on the page, by what the state asks for.
_LABELS = {"hold": gettext_lazy("Correct what was found"), "decide": gettext_lazy("Decide")}


def _reference(gate: GateReview) -> str:
    return f"{gate.program.key}-{gate.code}"


def _offers(request: HttpRequest, gate: GateReview) -> list[dict[str, Any]]:
    """Return the steps that the reader can take now, the one to take first in front."""
    member = program_access.membership(reader(request), gate.program_id)
    names = work_access.open_gate_moves(member, gate)
    ordered = sorted(names, key=("decide", "hold", "reschedule", "reopen").index)
    is_held = gate.state == GateState.HELD
    labels = {name: step.label for name, step in STEPS.items()} | (_LABELS if is_held else {})
    return [{"name": name, "label": labels[name], "is_first": place == 0} for place, name in enumerate(ordered)]


def _facts(gate: GateReview, today: dt.date) -> dict[str, Any]:
    """Return what the page and the pack both begin with: the checklist as it is now, or as it was at the decision."""
    is_decided = gate.state == GateState.DECIDED
    lines = queries.kept_checklist(gate.pk) if is_decided else queries.checklist(gate.phase, today)
    return {
        "gate": gate,
        "reference": _reference(gate),
        "is_decided": is_decided,
        "is_held": gate.state == GateState.HELD,
        "rating": Rating(gate.rating).label if gate.rating else "",
        "decision": GateDecision(gate.decision).label if gate.decision else "",
        "lines": checklist.shown(lines, gate),
        "needing": checklist.needing(lines),
        "next_phase": gate_packs.next_phase(gate.phase),
        "conditions": gate_packs.conditions(gate) if is_decided else [],
        "today": today,
        "days": (gate.planned_on - today).days,
    }


@access("member")
@require_safe
def gate(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a gate review: is this decided, and what is known?"""
    found = gate_packs.gate_for(reader(request), reference)
    context = _facts(found, clock.today(found.program.time_zone))
    context |= {"offers": _offers(request, found), "history": gate_packs.history(f"{GATE}:{found.pk}")}
    return render(request, "workstreams/gate.html", context)


@access("member")
@require_safe
def gate_pack(request: HttpRequest, reference: str) -> HttpResponse:
    """Show all that a board reads before it decides, to be printed."""
    found = gate_packs.gate_for(reader(request), reference)
    today = clock.today(found.program.time_zone)
    context = _facts(found, today) | {
        "outcomes": gate_packs.outcomes(found.phase, today),
        "milestones": gate_packs.milestones(found.phase, today),
        "promises": gate_packs.promises(found.phase, today),
        "risks": gate_packs.risks(found.program_id),
        "choices": [decision.label for decision in GateDecision],
    }
    return render(request, "workstreams/gate_pack.html", context)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def gate_move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """Ask what a step needs to know, and take it."""
    if move not in STEPS:
        raise Http404
    found, step = _entered(request, reference, move), STEPS[move]
    if _is_too_late(request, found, move):
        return redirect("workstreams:gate", _reference(found))
    form = step.form(request.POST or None, initial=_initial(found, move))
    if request.method == "POST" and form.is_valid() and _is_made(request, form, step.do, gate=found):
        flash.add(request, str(step.said))
        return redirect("workstreams:gate", _reference(found))
    context = {"gate": found, "reference": _reference(found), "step": step, "form": form}
    return render(request, "workstreams/gate_move.html", context, status=422 if form.errors else 200)


def _entered(request: HttpRequest, reference: str, move: str) -> GateReview:
    """Return the gate for who may make a move of it; whether its state lets them, the service says."""
    found = gate_packs.gate_for(reader(request), reference)
    work_access.require(program_access.membership(reader(request), found.program_id), found, move)
    return found


def _is_too_late(request: HttpRequest, found: GateReview, move: str) -> bool:
    """Tell whether a form is asked for that the gate's state has no use for; what is sent, the service answers."""
    return request.method != "POST" and move not in GATE_MOVES.legal(found.state)


def _initial(found: GateReview, move: str) -> dict[str, Any]:
    if move != "hold":
        return {"planned_on": found.planned_on}
    today = clock.today(found.program.time_zone)
    return {"held_on": found.held_on or today, "rating": found.rating, "findings": found.findings}


def _is_made(request: HttpRequest, form: Form, do: Callable[..., Any], **named: Any) -> bool:
    """Make a move; tell whether it was made. What refuses it stands in its form then."""
    return is_done(form, lambda: do(**named, by=reader(request), at=clock.now(), **form.cleaned_data))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def decide_gate(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the decision, its rationale and its conditions, with the checklist in sight."""
    found = _entered(request, reference, "decide")
    if _is_too_late(request, found, "decide"):
        return redirect("workstreams:gate", _reference(found))
    data = request.POST or None
    wants_more = "more" in request.POST
    still_open = left_open(found.phase)
    told = effects(found, still_open)
    form = forms.DecideGateForm(data, still_open=still_open, effects=told)
    rows = forms.conditions_of(found.program, _with_more(data) if wants_more else data, rows=ROWS)
    is_sent = request.method == "POST" and not wants_more and "change" not in request.POST
    is_whole = is_sent and all((form.is_valid(), rows.is_valid())) and _is_possible(form, rows, found)
    if is_whole and "confirmed" in request.POST and _is_decided(request, form, rows, found):
        flash.add(request, _("Decided. Everybody concerned is told."))
        return redirect("workstreams:gate", _reference(found))
    is_wrong = is_sent and bool(form.errors or not rows.is_valid())
    context = _facts(found, clock.today(found.program.time_zone)) | {"form": form, "rows": rows}
    if is_whole and not is_wrong:
        context |= _chosen(
            form, rows, effects(found, LeftOpen(0)) if form.cleaned_data.get("open_milestones") else told
        )
        return render(request, "workstreams/confirm_decision.html", context)
    return render(request, "workstreams/decide_gate.html", context, status=422 if is_wrong else 200)


def _is_possible(form: Form, rows: Iterable[forms.ConditionForm], found: GateReview) -> bool:
    """Tell whether the decision could be taken; what refuses it stands in its form then, before anybody confirms."""
    said = {"gate": found, "conditions": _asked(rows), "at": clock.now(), **form.cleaned_data}
    return is_done(form, lambda: services.check_decision(**said))


def _chosen(form: Form, rows: Iterable[forms.ConditionForm], told: Mapping[GateDecision, str]) -> dict[str, Any]:
    """Return what is to be confirmed, in words."""
    said = form.cleaned_data
    decision = GateDecision(said["decision"])
    places: Any = form.fields.get("open_milestones")
    labels = dict(places.choices) if places else {}
    return {
        "chosen": decision.label,
        "effect": told[decision],
        "place": labels.get(said.get("open_milestones") or ""),
        "asked": _asked(rows),
    }


def _with_more(data: Any) -> Any:
    """Return what was sent with room for more conditions."""
    more = data.copy()
    count = more.get("conditions-TOTAL_FORMS", "")
    more["conditions-TOTAL_FORMS"] = str((int(count) if count.isdigit() and len(count) < 3 else ROWS) + MORE_ROWS)
    return more


def _is_decided(request: HttpRequest, form: Form, rows: Iterable[forms.ConditionForm], found: GateReview) -> bool:
    return _is_made(request, form, services.decide_gate, gate=found, conditions=_asked(rows))


def _asked(rows: Iterable[forms.ConditionForm]) -> list[Condition]:
    return [Condition(**row.cleaned_data) for row in rows if row.has_changed()]


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_gate(request: HttpRequest, key: str) -> HttpResponse:
    """Schedule a review of a phase."""
    person = reader(request)
    program = Program.objects.visible_to(person).filter(key=key).first()
    if program is None:
        raise NotFound
    program_access.require(program_access.membership(person, program.pk), program_access.Right.MANAGE)
    phases = gate_packs.phases_to_review(program)
    form = forms.ScheduleGateForm(request.POST or None, phases=phases, initial={"phase": request.GET.get("phase")})
    if request.method == "POST" and form.is_valid() and _is_made(request, form, services.schedule_gate):
        flash.add(request, _("Scheduled."))
        return redirect("workstreams:gates", program.key)
    context = {"program": program, "form": form, "has_phases": phases.exists()}
    return render(request, "workstreams/schedule_gate.html", context, status=422 if form.errors else 200)
