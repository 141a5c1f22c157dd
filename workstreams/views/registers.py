"""The lists of a program: action items, milestones, gate reviews, the RAID register, people."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core import clock, exports
from core.access import access, reader
from core.pagination import Rows, page_number, page_of, pager
from programs.models import Phase
from programs.queries import heads
from workstreams.choices import GateState
from workstreams.forms import ActionFilters, Filters, MilestoneFilters, RaidFilters
from workstreams.queries import plan as plans
from workstreams.queries import promises as kept_promises
from workstreams.queries import registers as queries
from workstreams.queries.plan import Row

Columns = list[tuple[str, Any]]

ACTION_COLUMNS: Columns = [
    ("code", gettext_lazy("Code")),
    ("title", gettext_lazy("Title")),
    ("state", gettext_lazy("State")),
    ("performer_name", gettext_lazy("Performer")),
    ("requester_name", gettext_lazy("Requester")),
    ("requested_for", gettext_lazy("Asked for")),
    ("promised_for", gettext_lazy("Promised for")),
    ("done_on", gettext_lazy("Done on")),
    ("miss_reason", gettext_lazy("Reason")),
    ("note", gettext_lazy("Note")),
    ("workstream_code", gettext_lazy("Workstream")),
    ("phase_code", gettext_lazy("Phase")),
    ("milestone_code", gettext_lazy("Milestone")),
    ("outcome_code", gettext_lazy("Outcome")),
]
MILESTONE_COLUMNS: Columns = [
    ("code", gettext_lazy("Code")),
    ("name", gettext_lazy("Milestone")),
    ("state", gettext_lazy("State")),
    ("owner_name", gettext_lazy("Owner")),
    ("workstream_code", gettext_lazy("Workstream")),
    ("phase_code", gettext_lazy("Phase")),
    ("baseline_on", gettext_lazy("Baseline")),
    ("due_on", gettext_lazy("Said for")),
    ("on", gettext_lazy("Expected")),
    ("actual_on", gettext_lazy("Reached on")),
    ("slip", gettext_lazy("Slip, days")),
    ("days_overdue", gettext_lazy("Days overdue")),
    ("days_moved", gettext_lazy("Days moved")),
]
GATE_COLUMNS: Columns = [
    ("code", gettext_lazy("Code")),
    ("phase_code", gettext_lazy("Phase")),
    ("phase_name", gettext_lazy("Name of the phase")),
    ("state", gettext_lazy("State")),
    ("planned_on", gettext_lazy("Planned")),
    ("held_on", gettext_lazy("Held")),
    ("rating", gettext_lazy("Rating")),
    ("findings", gettext_lazy("Findings")),
    ("decision", gettext_lazy("Decision")),
    ("decided_by_name", gettext_lazy("Decided by")),
    ("decided_on", gettext_lazy("Decided on")),
    ("rationale", gettext_lazy("Why")),
    ("condition_texts", gettext_lazy("Conditions")),
]
RAID_COLUMNS: Columns = [
    ("code", gettext_lazy("Code")),
    ("kind", gettext_lazy("Kind")),
    ("title", gettext_lazy("Title")),
    ("probability", gettext_lazy("Probability")),
    ("impact", gettext_lazy("Impact")),
    ("score", gettext_lazy("Score")),
    ("owner_name", gettext_lazy("Owner")),
    ("response", gettext_lazy("Response")),
    ("due_on", gettext_lazy("Due")),
    ("review_on", gettext_lazy("Review")),
    ("state", gettext_lazy("State")),
]


def _listed(
    request: HttpRequest,
    head: heads.Head,
    tab: str,
    rows: Rows,
    shown: Callable[..., Row],
    *,
    form: Filters | None = None,
    columns: Columns | None = None,
    **said: Any,
) -> HttpResponse:
    """Show one page of a list, or give all of it as a file; `said` is what its first sentence needs."""
    if columns and exports.is_asked(request):
        found = (shown(row, head.today) for row in rows[: exports.MOST_ROWS])
        return exports.as_csv(f"{head.key}-{tab}", columns, found)
    listed = page_of(rows, page_number(request))
    export = request.GET.copy()
    export["format"] = "csv"
    export.pop("page", None)
    context = {
        "head": head,
        "tab": tab,
        "form": form,
        "is_filtered": bool(form and form.chosen),
        "rows": [shown(row, head.today) for row in listed.rows],
        "shown": _("%(first)d–%(last)d") % {"first": listed.first, "last": listed.last},
        "export_url": f"?{export.urlencode()}" if columns else "",
        **said,
        **pager(request, listed.number, listed.has_next),
    }
    return render(request, f"workstreams/{tab}.html", context)


def _streams(head: heads.Head) -> list[tuple[str, str]]:
    return [(row["code"], f"{row['code']} {row['name']}") for row in plans.workstreams(head.pk)]


@access("member")
@require_safe
def actions(request: HttpRequest, key: str) -> HttpResponse:
    """List the action items of a program."""
    head = heads.head(reader(request), key, clock.now())
    people = [(str(row["person_id"]), row["name"] or row["email"]) for row in queries.people(head.pk)]
    form = ActionFilters(request.GET, workstreams=_streams(head), people=people)
    rows = queries.actions(head.pk, form.chosen, head.today)
    said = {"promises": kept_promises.kept({head.pk: head.today})[head.pk].promises}
    return _listed(request, head, "actions", rows, queries.shown_action, form=form, columns=ACTION_COLUMNS, **said)


@access("member")
@require_safe
def milestones(request: HttpRequest, key: str) -> HttpResponse:
    """List the milestones of a program."""
    head = heads.head(reader(request), key, clock.now())
    phases = Phase.objects.filter(program_id=head.pk).order_by("position").values_list("code", "name")
    form = MilestoneFilters(
        request.GET, workstreams=_streams(head), phases=[(code, f"{code} {name}") for code, name in phases]
    )
    rows = queries.milestones(head.pk, head.today)
    said = {"counts": queries.milestone_counts(rows)}
    kept = queries.narrowed(rows, form.chosen, head.today)
    return _listed(request, head, "milestones", kept, _as_it_is, form=form, columns=MILESTONE_COLUMNS, **said)


def _as_it_is(row: Row, today: dt.date) -> Row:
    return row


@access("member")
@require_safe
def raid(request: HttpRequest, key: str) -> HttpResponse:
    """List the RAID register of a program."""
    head = heads.head(reader(request), key, clock.now())
    form = RaidFilters(request.GET)
    rows = queries.raid(head.pk, form.chosen)
    said = {"counts": queries.raid_counts(head.pk, head.today)}
    return _listed(request, head, "raid", rows, queries.shown_raid, form=form, columns=RAID_COLUMNS, **said)


@access("member")
@require_safe
def gates(request: HttpRequest, key: str) -> HttpResponse:
    """List the gate reviews of a program with what was decided."""
    head = heads.head(reader(request), key, clock.now())
    found = queries.with_conditions(head.pk, plans.gates(head.pk, head.today))
    if exports.is_asked(request):
        return exports.as_csv(f"{key}-gates", GATE_COLUMNS, found)
    undecided = [row for row in found if row["state"] != GateState.DECIDED]
    context = {
        "head": head,
        "tab": "gates",
        "gates": found,
        "next": min(undecided, key=lambda row: row["state"] != GateState.HELD, default=None),
        "export_url": exports.QUERY,
    }
    return render(request, "workstreams/gates.html", context)
