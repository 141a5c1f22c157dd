"""A program made, changed, and moved from draft to closed."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from core import addresses, clock, flash
from core.access import access, reader
from core.accounts.models import User
from core.forms import EmptyForm, ReasonForm
from core.refusals import attempt, is_done
from core.transitions import Transition
from programs import access as program_access
from programs import forms, queries, services
from programs.access import PROGRAM_RIGHTS, managed_program
from programs.choices import PROGRAM_MOVES
from programs.forms.programs import COPY, TEMPLATE, initial_of
from programs.models import Program
from programs.queries import heads

TRANSITIONS: Mapping[str, Transition] = {
    "activate": Transition(
        gettext_lazy("Make it active"), EmptyForm, services.activate_program, gettext_lazy("Active."), is_primary=True
    ),
    "resume": Transition(
        gettext_lazy("Resume"), EmptyForm, services.resume_program, gettext_lazy("Active again."), is_primary=True
    ),
    "pause": Transition(
        gettext_lazy("Pause"),
        EmptyForm,
        services.pause_program,
        gettext_lazy("Paused. Nobody is reminded."),
    ),
    "close": Transition(
        gettext_lazy("Close"),
        EmptyForm,
        services.close_program,
        gettext_lazy("Closed. Its outcomes go on being measured."),
    ),
    "stop": Transition(gettext_lazy("Stop"), ReasonForm, services.stop_program, gettext_lazy("Stopped.")),
    "deactivate": Transition(
        gettext_lazy("Back to draft"), ReasonForm, services.deactivate_program, gettext_lazy("A draft again.")
    ),
    "reopen": Transition(gettext_lazy("Reopen"), ReasonForm, services.reopen_program, gettext_lazy("Active again.")),
}
# What each move means, said before it is made.
MEANINGS: Mapping[str, Any] = {
    "activate": gettext_lazy(
        "From now on its phases start through their gates, and its people are held to their dates."
    ),
    "resume": gettext_lazy("People are reminded again, from today."),
    "pause": gettext_lazy("Nobody is reminded of anything until it is resumed."),
    "close": gettext_lazy("The work is done. Outcomes go on being measured."),
    "stop": gettext_lazy("The work ends before it is done. What was said stays on record."),
    "deactivate": gettext_lazy("Only while no phase has started."),
    "reopen": gettext_lazy("Undo that it was closed or stopped."),
}


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def create_program(request: HttpRequest) -> HttpResponse:
    """Ask what a new program is and what it begins with, and make it."""
    person = reader(request)
    program_access.require_create(person)
    templates = queries.templates()
    form = _new_form(request, person, templates)
    if request.method == "POST" and form.is_valid() and (opened := attempt(form, lambda: _open(form, person))):
        flash.add(request, _opened_words(opened))
        return redirect(addresses.of("program", opened.program.key))
    context = {"form": form, "templates": templates}
    return render(request, "programs/create_program.html", context, status=422 if form.errors else 200)


def _new_form(request: HttpRequest, person: User, templates: list[queries.Template]) -> forms.NewProgramForm:
    mine = Program.objects.visible_to(person).order_by("name").values_list("key", "name")
    initial = {"time_zone": person.time_zone, "begin_with": request.GET.get("begin_with", "")}
    return forms.NewProgramForm(request.POST or None, initial=initial, templates=templates, programs=list(mine))


def _opened_words(opened: services.Opened) -> str:
    """Say that a program is made, and how many of its dates were moved to a working day."""
    made = _("%(program)s is made, as a draft.") % {"program": opened.program.name}
    if not opened.dates_moved:
        return made
    moved = ngettext(
        "%(count)s date moved to the next working day.",
        "%(count)s dates moved to the next working day.",
        opened.dates_moved,
    )
    return f"{made} {moved % {'count': opened.dates_moved}}"


def _open(form: forms.NewProgramForm, person: User) -> services.Opened:
    kind, ref = form.origin
    source = Program.objects.visible_to(person).get(key=ref) if kind == COPY else None
    return services.open_program(
        details=form.details(), template=ref if kind == TEMPLATE else "", source=source, by=person, at=clock.now()
    )


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_program(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a program is."""
    person = reader(request)
    program = managed_program(person, key)
    initial = initial_of(program, queries.holidays_of(program.pk))
    form = forms.ProgramEditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changes: dict[str, Any] = {"changes": form.values, "expected_version": form.expected_version}
        if is_done(form, lambda: services.edit_program(program=program, **changes, by=person, at=clock.now())):
            flash.add(request, _("Changed."))
            return redirect(addresses.of("program", key))
    context = {"program": program, "form": form}
    return render(request, "programs/program_edit.html", context, status=422 if form.errors else 200)


def offers(head: heads.Head) -> list[tuple[str, Transition]]:
    """Return the moves of a program that its reader can make now."""
    legal = PROGRAM_MOVES.legal(head.program.status)
    return [(name, TRANSITIONS[name]) for name in legal if head.member.may(PROGRAM_RIGHTS[name])]


def gap_links(program: Program) -> list[tuple[str, str]]:
    """Return what a program lacks to be active, each with the address where it is added."""
    return [(str(gap.label), reverse(gap.page, args=[program.key])) for gap in queries.activation_gaps(program)]


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def program_move(request: HttpRequest, key: str, move: str) -> HttpResponse:
    """Ask before a program is moved, and move it: active, paused, closed, stopped, reopened."""
    if move not in TRANSITIONS:
        raise Http404
    person, transition = reader(request), TRANSITIONS[move]
    head = heads.head(person, key, clock.now())
    program_access.require(head.member, PROGRAM_RIGHTS[move])
    program = Program.objects.get(pk=head.pk)
    form = transition.form(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_done(form, lambda: transition.service(program=program, by=person, at=clock.now(), **form.cleaned_data))
    ):
        flash.add(request, str(transition.message))
        return redirect(addresses.of("program", key))
    context = {
        "head": head,
        "transition": transition,
        "meaning": MEANINGS[move],
        "form": form,
        "move": move,
        "gaps": gap_links(program) if move == "activate" else [],
    }
    return render(request, "programs/program_move.html", context, status=422 if form.errors else 200)
