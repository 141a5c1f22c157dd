"""The decision log of a program, and recording a decision in it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core import clock, exports, flash
from core.access import access, reader
from core.exceptions import NotFound
from core.pagination import page_number, page_of, pager
from core.refusals import attempt
from programs.choices import Role
from programs.models import Program
from programs.queries import heads
from workstreams import services
from workstreams.choices import DecisionKind
from workstreams.forms import DecisionFilters, DecisionForm
from workstreams.queries import decisions as queries
from workstreams.services import DecisionDetails

COLUMNS: list[tuple[str, Any]] = [
    ("on", gettext_lazy("Day")),
    ("kind", gettext_lazy("Kind")),
    ("code", gettext_lazy("Code")),
    ("title", gettext_lazy("Title")),
    ("verdict", gettext_lazy("Decision")),
    ("from_on", gettext_lazy("From")),
    ("to_on", gettext_lazy("To")),
    ("by_name", gettext_lazy("Decided by")),
    ("reason", gettext_lazy("Why")),
]
_PAGES = {DecisionKind.GATE: "workstreams:gate", DecisionKind.BASELINE: "workstreams:milestone"}


@access("member")
@require_safe
def decisions(request: HttpRequest, key: str) -> HttpResponse:
    """List what was decided in a program, the newest first; or give all of it as a file."""
    head = heads.head(reader(request), key, clock.now())
    form = DecisionFilters(request.GET)
    rows = queries.decisions(queries.Scope(head.pk, head.program.time_zone), form.chosen.get("kind", ""))
    if exports.is_asked(request):
        return exports.as_csv(f"{key}-decisions", COLUMNS, (queries.shown(row) for row in rows[: exports.MOST_ROWS]))
    listed = page_of(rows, page_number(request))
    export = request.GET.copy()
    export["format"] = "csv"
    context = {
        "head": head,
        "tab": "decisions",
        "form": form,
        "is_filtered": bool(form.chosen),
        "rows": [_linked(queries.shown(row), key) for row in listed.rows],
        "shown": _("%(first)d–%(last)d") % {"first": listed.first, "last": listed.last},
        "export_url": f"?{export.urlencode()}",
        "may_record": head.may_manage or head.may_decide or head.member.role == Role.LEAD,
        **pager(request, listed.number, listed.has_next),
    }
    return render(request, "workstreams/decisions.html", context)


def _linked(row: dict[str, Any], key: str) -> dict[str, Any]:
    """Return a row with the address of what was decided on."""
    url = ""
    if row["kind"] in _PAGES:
        url = reverse(_PAGES[row["kind"]], args=[f"{key}-{row['code']}"])
    elif row["kind"] == DecisionKind.RECORDED:
        url = f"{reverse('workstreams:raid', args=[key])}?kind=decision#{row['code']}"
    return {**row, "url": url}


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def record_decision(request: HttpRequest, key: str) -> HttpResponse:
    """Record a decision; it is final."""
    person = reader(request)
    program = Program.objects.visible_to(person).filter(key=key).first()
    if program is None:
        raise NotFound
    form = DecisionForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        details = DecisionDetails(**form.cleaned_data)
        if entry := attempt(
            form, lambda: services.record_decision(program=program, details=details, by=person, at=clock.now())
        ):
            flash.add(request, _("%(code)s is recorded.") % {"code": f"{key}-{entry.code}"})
            return redirect("workstreams:decisions", key)
    context = {"form": form, "program": program}
    return render(request, "workstreams/record_decision.html", context, status=422 if form.errors else 200)
