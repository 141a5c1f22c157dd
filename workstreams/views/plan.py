"""The plan of a program: what happens if I move this? Rows edited in place, milestones added, many moved at once."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseLocation

from core import clock, flash
from core.access import access, reader
from core.accounts.models import User
from core.exceptions import NotAllowed
from core.refusals import attempt, is_done
from programs import access as program_access
from programs.access import MemberContext, Right
from programs.choices import ProgramStatus
from programs.queries import heads
from workstreams import access as work_access
from workstreams import forms, services
from workstreams.choices import MilestoneState
from workstreams.models import Milestone
from workstreams.queries import network as networks
from workstreams.queries import pages, plan_page
from workstreams.services import MilestoneDetails, Replan

DATES = ("forecast_on", "reason")


@access("member")
@require_safe
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Show the plan; `?edit=S4` opens a row, `?left=S4` gives the focus back to where it was opened."""
    person = reader(request)
    head = heads.head(person, key, clock.now())
    found = plan_page.planned(head.program.pk, head.today)
    opened = next((row for row in found.milestones if row["code"] == request.GET.get("edit")), None)
    editor = None
    if opened is not None:
        editor = _editor(request, pages.milestone_for(person, opened["reference"]), head.member)
    for row in found.milestones:
        row["may_say"] = row["is_open"] and _may(head.member, row)
    context = {
        "head": head,
        "tab": "plan",
        "plan": found,
        "edited": editor,
        "left": request.GET.get("left"),
        "form": forms.ShiftForm(program=head.program),
        "may_replan": head.may_manage and head.program.status == ProgramStatus.DRAFT,
        "may_add": head.may_manage or any(row["lead_id"] == person.pk for row in found.workstreams),
        "may_move": any(row["may_say"] for row in found.milestones),
    }
    htmx = getattr(request, "htmx", None)
    template = "workstreams/plan.html#plan" if htmx and htmx.target == "plan" else "workstreams/plan.html"
    return render(request, template, context)


def _may(member: MemberContext, row: networks.Row) -> bool:
    """Tell whether a reader may say another date for the milestone of a row."""
    people = (row["owner_id"], row["workstream"]["lead_id"])
    return member.person_id in people or member.may(Right.MANAGE)


@dataclass
class Editor:
    """A row of the plan that is being edited: the milestone, the form, and what its new date would push."""

    milestone: Milestone
    reference: str
    form: forms.RowForm
    pushed: list[networks.Row] | None = None


def _editor(request: HttpRequest, milestone: Milestone, member: MemberContext, data: Any = None) -> Editor:
    """Return the editor of a milestone, with the fields that its reader may change.

    Raises:
        core.exceptions.NotAllowed: to who may change none of them.
    """
    work_access.require(member, milestone, "forecast")
    links = milestone.predecessor_links.values_list("predecessor__code", "lag_days")
    facts = ("name", "workstream", "phase", "baseline_on", "owner", "goes_live")
    initial = {name: getattr(milestone, name) for name in facts}
    form = forms.RowForm(
        data,
        milestone=milestone,
        may_edit=work_access.leads(member, milestone),
        may_say=milestone.state == MilestoneState.PLANNED,
        initial={**initial, "waits_for": dict(links), "forecast_on": milestone.due_on},
        auto_id=f"id_{milestone.code}_%s",
    )
    # What was pressed is gone once the row is swapped: the first field that is wrong takes the focus, else the first.
    first = next(name for name in (*form.errors, *form.fields) if name in form.fields)
    form.fields[first].widget.attrs["autofocus"] = True
    return Editor(milestone, f"{milestone.program.key}-{milestone.code}", form)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def plan_row(request: HttpRequest, reference: str) -> HttpResponse:
    """Edit a row of the plan in place; without script, on the plan's page."""
    person = reader(request)
    milestone = pages.milestone_for(person, reference)
    member = program_access.membership(person, milestone.program_id)
    back = reverse("workstreams:plan", args=[milestone.program.key])
    is_fragment = bool(getattr(request, "htmx", False))
    if request.method != "POST" and not is_fragment:
        work_access.require(member, milestone, "forecast")
        return redirect(f"{back}?edit={milestone.code}#{milestone.code}")
    editor = _editor(request, milestone, member, request.POST if request.method == "POST" else None)
    if request.method == "POST" and editor.form.is_valid():
        if "preview" in request.POST:
            editor.pushed = _pushed_by(editor)
        elif _replanned(request, editor, person):
            flash.add(request, _("The plan is changed."))
            if not is_fragment:
                return redirect(back)
            return HttpResponseLocation(back, target="#plan", swap="outerHTML", values={"left": milestone.code})
    status = 422 if editor.form.errors else 200
    template = "workstreams/plan_editor.html" if is_fragment else "workstreams/plan_row.html"
    context = {"edited": editor, "milestone": milestone, "back": back}
    return render(request, template, context, status=status)


def _pushed_by(editor: Editor) -> list[networks.Row]:
    on = editor.form.cleaned_data.get("forecast_on")
    milestone = editor.milestone
    proposed = {milestone.pk: on} if on else {}
    return networks.what_is_pushed(milestone.program_id, proposed, clock.today(milestone.program.time_zone))


def _replanned(request: HttpRequest, editor: Editor, person: User) -> bool:
    """Save a row; tell whether it was saved. What refuses it stands in its form then."""
    said = editor.form.cleaned_data
    changes = {name: value for name, value in said.items() if name not in (*DATES, "waits_for")}
    replan = Replan(
        changes=changes,
        waits_for=said.get("waits_for"),
        forecast_on=said.get("forecast_on"),
        reason=said.get("reason", ""),
    )
    return is_done(
        editor.form,
        lambda: services.replan_milestone(milestone=editor.milestone, replan=replan, by=person, at=clock.now()),
    )


@access("member")
@require_safe
def milestone_pushes(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what another date for a milestone would push, before anybody says it: `?forecast_on=`."""
    milestone = pages.milestone_for(reader(request), reference)
    form = forms.WhatIfForm(request.GET)
    pushed = None
    if form.is_valid() and form.cleaned_data["forecast_on"]:
        proposed = {milestone.pk: form.cleaned_data["forecast_on"]}
        pushed = networks.what_is_pushed(milestone.program_id, proposed, clock.today(milestone.program.time_zone))
    is_fragment = bool(getattr(request, "htmx", False))
    template = "workstreams/pushes.html" if is_fragment else "workstreams/pushes_page.html"
    context = {"milestone": milestone, "reference": reference, "form": form, "pushed": pushed}
    return render(request, template, context)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def add_milestone(request: HttpRequest, key: str) -> HttpResponse:
    """Add a milestone to the plan, and the next one right after it where somebody goes on."""
    person = reader(request)
    head = heads.head(person, key, clock.now())
    leads = head.program.workstreams.filter(lead=person).exists()
    if not (head.may_manage or leads):
        raise NotAllowed(roles=work_access.MILESTONE_RULES["add"].roles)
    form = forms.MilestoneForm(request.POST or None, program=head.program, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid() and (added := _added(form, head, person)):
        flash.add(request, _("%(name)s is in the plan.") % {"name": added})
        back = reverse("workstreams:plan", args=[key])
        again = f"{reverse('workstreams:add_milestone', args=[key])}?{_same_place(form)}"
        return redirect(again if "again" in request.POST else f"{back}#{added.code}")
    status = 422 if form.errors else 200
    return render(request, "workstreams/add_milestone.html", {"head": head, "tab": "plan", "form": form}, status=status)


def _same_place(form: forms.MilestoneForm) -> str:
    said = form.cleaned_data
    return f"workstream={said['workstream'].pk}&phase={said['phase'].pk}"


def _added(form: forms.MilestoneForm, head: heads.Head, person: User) -> Milestone | None:
    said = dict(form.cleaned_data)
    waits_for = said.pop("waits_for")
    details = MilestoneDetails(**said)
    return attempt(
        form,
        lambda: services.add_planned(
            program=head.program, details=details, waits_for=waits_for, by=person, at=clock.now()
        ),
    )


@access("member")
@require_POST
def move_milestones(request: HttpRequest, key: str) -> HttpResponse:
    """Move many milestones with one reason: first what that pushes is shown, then it is done."""
    person = reader(request)
    head = heads.head(person, key, clock.now())
    form = forms.ShiftForm(request.POST, program=head.program)
    context: dict[str, Any] = {"head": head, "tab": "plan", "form": form}
    if form.is_valid():
        moves = form.moves()
        if "confirm" in request.POST:
            if _moved(request, form, head, person):
                return redirect("workstreams:plan", key)
        else:
            for milestone in form.cleaned_data["milestone"].select_related("workstream"):
                work_access.require(head.member, milestone, "forecast")
        context["pushed"] = networks.what_is_pushed(head.program.pk, moves, head.today)
        context["moved"] = [(row, moves[row.pk]) for row in form.cleaned_data["milestone"]]
    return render(request, "workstreams/move_milestones.html", context, status=422 if form.errors else 200)


def _moved(request: HttpRequest, form: forms.ShiftForm, head: heads.Head, person: User) -> bool:
    moves = form.moves()
    reason = form.cleaned_data["reason"]
    if not is_done(
        form,
        lambda: services.move_milestones(program=head.program, moves=moves, reason=reason, by=person, at=clock.now()),
    ):
        return False
    sentence = ngettext("%(n)d milestone moved.", "%(n)d milestones moved.", len(moves)) % {"n": len(moves)}
    flash.add(request, sentence)
    return True


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def replan_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Move all dates of a draft together, by days or to a start."""
    person = reader(request)
    head = heads.head(person, key, clock.now())
    program_access.require(head.member, Right.MANAGE)
    form = forms.ReplanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wish = form.cleaned_data
        if done := attempt(
            form, lambda: services.replan_draft(program=head.program, by=person, at=clock.now(), **wish)
        ):
            words = ngettext("%(n)d date moved.", "%(n)d dates moved.", done.dates_moved)
            flash.add(request, words % {"n": done.dates_moved})
            return redirect("workstreams:plan", key)
    is_draft = head.program.status == ProgramStatus.DRAFT
    context = {"head": head, "tab": "plan", "form": form, "is_draft": is_draft}
    return render(request, "workstreams/replan_draft.html", context, status=422 if form.errors else 200)
