"""Measures: adding, changing and deleting them. Each is read on its outcome's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import addresses, clock, flash
from core.access import access, reader
from core.forms import EmptyForm
from core.refusals import is_done
from programs import indicators, services
from programs.access import managed_program
from programs.forms import MeasureForm
from programs.models import Measure, Outcome
from programs.queries import measures as queries
from programs.queries.outcomes import outcome_for
from programs.services import MeasureDetails


def place(measure: Measure) -> str:
    """Return where a measure stands: on its outcome's page."""
    return f"{addresses.of('outcome', f'{measure.program.key}-{measure.outcome.code}')}#{measure.code}"


@access("member")
@require_safe
def measure(request: HttpRequest, reference: str) -> HttpResponse:
    """Lead to a measure."""
    return redirect(place(queries.measure_for(reader(request), reference)))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def add_measure(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask how an outcome will be seen, and add the measure."""
    person = reader(request)
    found = outcome_for(person, reference)
    program = managed_program(person, found.program.key)
    form = MeasureForm(request.POST or None, program=program, initial={"owner": found.owner_id})
    if request.method == "POST" and form.is_valid():
        details = MeasureDetails(**form.values)
        if is_done(form, lambda: services.add_measure(outcome=found, details=details, by=person, at=clock.now())):
            flash.add(request, _("Added: %(name)s.") % {"name": details.name})
            return redirect("programs:outcome", reference)
    return _form_page(request, found, form, title=_("Add a measure"), submit=_("Add it"))


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_measure(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a measure."""
    person = reader(request)
    found = queries.measure_for(person, reference)
    program = managed_program(person, found.program.key)
    form = MeasureForm(request.POST or None, program=program, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        change: dict[str, Any] = {"changes": form.values, "expected_version": form.expected_version}
        if is_done(form, lambda: services.edit_measure(measure=found, **change, by=person, at=clock.now())):
            flash.add(request, _("Changed."))
            return redirect(place(found))
    context = {"title": _("Change the measure"), "submit": _("Change it"), "measure": found}
    return _form_page(request, found.outcome, form, **context)


def _initial(measure: Measure) -> dict[str, Any]:
    steps = queries.planned_steps_of(measure)
    numbers = ("baseline", "target", "low", "high")
    values = {name: getattr(measure, name) for name in MeasureForm.base_fields if name != "steps"}
    return values | {name: indicators.plain(values[name]) for name in numbers} | {"steps": steps}


def _form_page(request: HttpRequest, outcome: Outcome, form: MeasureForm, **more: Any) -> HttpResponse:
    program = outcome.program
    context = {"program": program, "outcome": outcome, "reference": f"{program.key}-{outcome.code}", "form": form}
    return render(request, "programs/measure_form.html", context | more, status=422 if form.errors else 200)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_measure(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether a measure is to be deleted, and delete it."""
    person = reader(request)
    found = queries.measure_for(person, reference)
    program = managed_program(person, found.program.key)
    form = EmptyForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(form, lambda: services.delete_measure(measure=found, by=person, at=clock.now()))
    ):
        flash.add(request, _("Deleted."))
        return redirect("programs:outcome", f"{program.key}-{found.outcome.code}")
    context = {"program": program, "measure": found, "back": place(found), "form": form}
    return render(request, "programs/measure_delete.html", context, status=422 if form.errors else 200)
