"""Pasting rows into a plan: a preview that names every bad row and why, then all of them or none."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core import clock, flash
from core.access import access, reader
from core.accounts.models import User
from core.exceptions import NotAllowed
from programs.exceptions import RowsRefused
from programs.queries import heads
from workstreams import access as work_access
from workstreams.forms import paste as forms
from workstreams.services import pasted_rows as services


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, key: str) -> HttpResponse:
    """Take rows in, show what they are, and add them when their owner confirms."""
    person = reader(request)
    head = heads.head(person, key, clock.now())
    if not (head.may_manage or head.program.workstreams.filter(lead=person).exists()):
        raise NotAllowed(roles=work_access.MILESTONE_RULES["add"].roles)
    is_sent = request.method == "POST"
    form = forms.PasteForm(request.POST, request.FILES) if is_sent else forms.PasteForm(initial=request.GET.dict())
    context: dict[str, Any] = {"head": head, "tab": "plan", "form": form, "kinds": forms.KINDS}
    if not (is_sent and form.is_valid()):
        return render(request, "workstreams/paste.html", context, status=422 if form.errors else 200)
    lines = _tried(head, form, person)
    wrong = [line for line in lines if line.problem]
    if "confirm" in request.POST and not wrong and _added(request, head, lines, person):
        return redirect("workstreams:plan", key)
    context |= {
        "lines": lines,
        "wrong": wrong,
        "columns": [label for _name, label in forms.KINDS[form.cleaned_data["kind"]].columns],
        "text": form.cleaned_data["text"],
        "kind": form.cleaned_data["kind"],
    }
    return render(request, "workstreams/paste_preview.html", context, status=422 if wrong else 200)


def _rows(lines: list[forms.Line]) -> services.Rows:
    return {line.number: line.item for line in lines if line.item is not None}


def _tried(head: heads.Head, form: forms.PasteForm, person: User) -> list[forms.Line]:
    """Return the rows with what is wrong with each: with its cells, else with what a rule says of it."""
    kind = forms.KINDS[form.cleaned_data["kind"]]
    lines = forms.read_lines(head.program, kind, form.cleaned_data["rows"])
    refused = services.refused_rows(program=head.program, rows=_rows(lines), by=person, at=clock.now())
    for line in lines:
        line.problem = line.problem or refused.get(line.number, "")
    return lines


def _added(request: HttpRequest, head: heads.Head, lines: list[forms.Line], person: User) -> bool:
    """Add the rows; tell whether they were added. One that is refused after all stands in its line then."""
    try:
        count = services.add_rows(program=head.program, rows=_rows(lines), by=person, at=clock.now())
    except RowsRefused as refusal:
        refused = dict(refusal.params["rows"])
        for line in lines:
            line.problem = refused.get(line.number, "")
        return False
    flash.add(request, ngettext("%(n)d row is added.", "%(n)d rows are added.", count) % {"n": count})
    return True
