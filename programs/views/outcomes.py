"""The outcomes of a program: their list, the page of one, adding and changing them, and their moves."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock, exports, flash, panels
from core.access import access, reader
from core.accounts.models import User
from core.forms import EmptyForm, ReasonForm
from core.refusals import is_done
from core.transitions import Transition
from notifications import queries as notifications
from programs import services
from programs.access import MEASUREMENT, managed_program
from programs.choices import OUTCOME_MOVES
from programs.forms import ClosingForm, DatedReadingForm, OutcomeForm
from programs.models import Outcome, Program
from programs.queries import charts, heads
from programs.queries import outcomes as queries
from programs.queries.charts import Measured
from programs.queries.outcomes import Row
from programs.services import OutcomeDetails

COLUMNS: list[tuple[str, Any]] = [
    ("outcome_code", gettext_lazy("Outcome")),
    ("statement", gettext_lazy("Statement")),
    ("phase_code", gettext_lazy("Phase")),
    ("area", gettext_lazy("Area")),
    ("status", gettext_lazy("State")),
    ("is_dis_benefit", gettext_lazy("Dis-benefit")),
    ("outcome_owner_name", gettext_lazy("Owner of the outcome")),
    ("code", gettext_lazy("Measure")),
    ("name", gettext_lazy("Name")),
    ("kind", gettext_lazy("Kind")),
    ("unit", gettext_lazy("Unit")),
    ("direction", gettext_lazy("Direction")),
    ("baseline", gettext_lazy("Baseline")),
    ("baseline_on", gettext_lazy("Baseline on")),
    ("target", gettext_lazy("Target")),
    ("target_on", gettext_lazy("Target on")),
    ("low", gettext_lazy("Low limit")),
    ("high", gettext_lazy("High limit")),
    ("latest_value", gettext_lazy("Now")),
    ("latest_on", gettext_lazy("Read on")),
    ("attained_percent", gettext_lazy("Attained, %")),
    ("expected_percent", gettext_lazy("Expected, %")),
    ("freshness", gettext_lazy("Freshness")),
    ("owner_name", gettext_lazy("Owner of the measure")),
]

TRANSITIONS: Mapping[str, Transition] = {
    "agree": Transition(
        gettext_lazy("Agree"), EmptyForm, services.agree_outcome, gettext_lazy("Agreed."), is_primary=True
    ),
    "begin": Transition(
        gettext_lazy("It begins to show"), EmptyForm, services.begin_outcome, gettext_lazy("It is being realised.")
    ),
    "realise": Transition(gettext_lazy("Realised"), ClosingForm, services.realise_outcome, gettext_lazy("Realised.")),
    "miss": Transition(
        gettext_lazy("Missed"), ClosingForm, services.miss_outcome, gettext_lazy("The miss is on record.")
    ),
    "withdraw": Transition(gettext_lazy("Withdraw"), ReasonForm, services.withdraw_outcome, gettext_lazy("Withdrawn.")),
    "reopen": Transition(gettext_lazy("Reopen"), ReasonForm, services.reopen_outcome, gettext_lazy("Open again.")),
}


@access("member")
@require_safe
def outcomes(request: HttpRequest, key: str) -> HttpResponse:
    """List the outcomes of a program with where each measure stands, and how the share of behaviour went."""
    head = heads.head(reader(request), key, clock.now())
    found = queries.outcomes(head.pk, head.today)
    if exports.is_asked(request):
        return exports.as_csv(f"{key}-outcomes", COLUMNS, queries.by_measure(found))
    context = {
        "head": head,
        "tab": "outcomes",
        "outcomes": found,
        "told": queries.told(found),
        "trend": queries.trend(head.pk, head.today),
        "export_url": exports.QUERY,
    }
    return render(request, "programs/outcome_list.html", context)


@access("member")
@require_safe
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an outcome; `?move=` opens the form of a move."""
    found, head = queries.outcome_with_head(reader(request), reference, clock.now())
    name = request.GET.get("move", "")
    if name and name not in TRANSITIONS:
        raise Http404
    form = TRANSITIONS[name].form(initial={"closing_note": found.closing_note}) if name else None
    return page(request, found, head, move=name, form=form)


def page(
    request: HttpRequest,
    outcome: Outcome,
    head: heads.Head,
    *,
    move: str = "",
    form: Any = None,
    reading_forms: Mapping[int, DatedReadingForm] | None = None,
) -> HttpResponse:
    """Show an outcome, with the form of a move where one is asked about and what was typed of a reading."""
    measures = charts.measures_of(outcome, head.today)
    typed = reading_forms or {}
    readers = _readers(reader(request), head, measures)
    status = 422 if (form is not None and form.errors) or typed else 200
    context = {
        "head": head,
        "tab": "outcomes",
        "outcome": outcome,
        "reference": f"{head.key}-{outcome.code}",
        "measures": [(one, _reading_form(head, one.row, typed, readers)) for one in measures],
        "told": queries.told_of(outcome, [one.row for one in measures]),
        "offers": _offers(head, outcome),
        "move": move,
        "transition": TRANSITIONS.get(move),
        "form": form,
        "panels": panels.shown("outcome", outcome, today=head.today),
        "history": queries.history(outcome, measures),
    }
    return render(request, "programs/outcome.html", context, status=status)


def _offers(head: heads.Head, outcome: Outcome) -> list[tuple[str, Transition]]:
    if not head.may_manage:
        return []
    return [(name, TRANSITIONS[name]) for name in OUTCOME_MOVES.legal(outcome.status)]


def _readers(person: User, head: heads.Head, measures: list[Measured]) -> set[int]:
    """Return the measures whose readings a person may record: their own, those they are reminded of, a manager all."""
    if head.may_manage:
        return {one.row["pk"] for one in measures}
    own = {one.row["pk"] for one in measures if one.row["owner_id"] == person.pk}
    return own | set(notifications.reminded_subjects(person, MEASUREMENT))


def _reading_form(
    head: heads.Head, row: Row, typed: Mapping[int, DatedReadingForm], readers: set[int]
) -> DatedReadingForm | None:
    """Return the form with which the reader records a reading, None where it is not theirs to record."""
    if row["pk"] in typed:
        return typed[row["pk"]]
    blank = DatedReadingForm(prefix=f"m{row['pk']}", initial={"measured_on": head.today})
    return blank if row["pk"] in readers else None


@access("member")
@require_POST
def outcome_move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """Move an outcome: agreed, realised, missed, withdrawn and so on."""
    person = reader(request)
    found, head = queries.outcome_with_head(person, reference, clock.now())
    if move not in TRANSITIONS:
        raise Http404
    form = TRANSITIONS[move].form(request.POST)
    if form.is_valid() and is_done(
        form, lambda: TRANSITIONS[move].service(outcome=found, by=person, at=clock.now(), **form.cleaned_data)
    ):
        flash.add(request, str(TRANSITIONS[move].message))
        return redirect("programs:outcome", reference)
    return page(request, found, head, move=move, form=form)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def add_outcome(request: HttpRequest, key: str) -> HttpResponse:
    """Ask what an outcome is, and add it."""
    person = reader(request)
    program = managed_program(person, key)
    phase = program.phases.filter(code=request.GET.get("phase", "")[:20]).first()
    form = OutcomeForm(request.POST or None, program=program, initial={"owner": person.pk, "phase": phase})
    added: list[Outcome] = []
    if request.method == "POST" and form.is_valid():
        details = OutcomeDetails(**form.values)
        if is_done(
            form,
            lambda: added.append(services.add_outcome(program=program, details=details, by=person, at=clock.now())),
        ):
            flash.add(request, _("Proposed. Now say how somebody will see it: add a measure."))
            return redirect("programs:outcome", f"{program.key}-{added[0].code}")
    return _form_page(request, program, form, title=_("Add an outcome"), submit=_("Propose it"))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Change an outcome."""
    person = reader(request)
    found = queries.outcome_for(person, reference)
    program = managed_program(person, found.program.key)
    initial = {name: getattr(found, name) for name in OutcomeForm.base_fields}
    form = OutcomeForm(request.POST or None, program=program, initial=initial)
    if request.method == "POST" and form.is_valid():
        change: dict[str, Any] = {"changes": form.values, "expected_version": form.expected_version}
        if is_done(form, lambda: services.edit_outcome(outcome=found, **change, by=person, at=clock.now())):
            flash.add(request, _("Changed."))
            return redirect("programs:outcome", reference)
    return _form_page(request, program, form, title=_("Change the outcome"), submit=_("Change it"), outcome=found)


def _form_page(request: HttpRequest, program: Program, form: Any, **more: Any) -> HttpResponse:
    context = {"program": program, "form": form, **more}
    return render(request, "programs/outcome_form.html", context, status=422 if form.errors else 200)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether an outcome is to be deleted, and delete it."""
    person = reader(request)
    found = queries.outcome_for(person, reference)
    program = managed_program(person, found.program.key)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(form, lambda: services.delete_outcome(outcome=found, by=person, at=clock.now()))
    ):
        flash.add(request, _("Deleted."))
        return redirect("programs:outcomes", program.key)
    context = {"program": program, "outcome": found, "reference": reference, "form": form}
    return render(request, "programs/outcome_delete.html", context, status=422 if form.errors else 200)
