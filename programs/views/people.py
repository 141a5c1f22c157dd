"""The people of a program: invited, given another role, named deputy or manager, and taken out with a hand-over."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import addresses, clock, exports, flash, panels
from core.access import access, reader
from core.accounts.models import User
from core.refusals import attempt, is_done
from programs import forms, services
from programs.access import managed_program
from programs.models import Membership, Program
from programs.queries import heads
from programs.queries import members as queries
from programs.services.members import LINK_LIFETIME

COLUMNS: list[tuple[str, Any]] = [
    ("name", gettext_lazy("Name")),
    ("title", gettext_lazy("Title")),
    ("role", gettext_lazy("Role")),
    ("holds", gettext_lazy("In hand")),
    ("email", gettext_lazy("E-mail")),
    ("time_zone", gettext_lazy("Time zone")),
]


@access("member")
@require_safe
def people(request: HttpRequest, key: str) -> HttpResponse:
    """Show who belongs to a program, and what each has in hand."""
    head = heads.head(reader(request), key, clock.now())
    rows = queries.people(head.pk)
    if exports.is_asked(request):
        return exports.as_csv(f"{key}-people", COLUMNS, rows)
    context = {
        "export_url": exports.QUERY,
        "head": head,
        "tab": "people",
        "rows": rows,
        "idle": sum(not row["holds"] for row in rows),
        "ownerless": queries.ownerless(head.pk),
        "may_name_deputy": head.may_manage or head.program.sponsor_id == head.member.person_id,
        "deputy_id": head.program.deputy_sponsor_id,
    }
    return render(request, "programs/people.html", context)


@access("member")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Ask who is to be invited; show the link that signs in who has no account yet, this one time."""
    person = reader(request)
    program = managed_program(person, key)
    form = forms.InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.invitation()
        if invited := attempt(
            form, lambda: services.invite_member(program=program, invitation=asked, by=person, at=clock.now())
        ):
            if invited.secret:
                return _show_link(request, program, invited.membership.person, invited.secret)
            flash.add(request, _("%(person)s is invited, and told.") % {"person": invited.membership.person})
            return redirect("programs:people", key)
    context = {"program": program, "form": form}
    return render(request, "programs/invite.html", context, status=422 if form.errors else 200)


def _show_link(request: HttpRequest, program: Program, person: User, secret: str) -> HttpResponse:
    """Show an address that signs somebody in; nobody can show it again."""
    address = request.build_absolute_uri(reverse("signin_link", args=[secret]))
    context = {"program": program, "person": person, "address": address, "days": LINK_LIFETIME.days}
    return render(request, "programs/invited.html", context)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Show somebody's place in a program, and change the role or the title."""
    found, program = _found(request, key, pk)
    initial = {"role": found.role, "title": found.title, "version": found.version}
    form = forms.PlaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changes: dict[str, Any] = {"changes": form.values, "expected_version": form.expected_version}
        by = reader(request)
        if is_done(form, lambda: services.change_member(membership=found, **changes, by=by, at=clock.now())):
            flash.add(request, _("Changed."))
            return redirect("programs:people", key)
    return _place_page(request, found, program, form)


def _found(request: HttpRequest, key: str, pk: int) -> tuple[Membership, Program]:
    """Return somebody's place, for a manager of its program."""
    program = managed_program(reader(request), key)
    return queries.place_for(reader(request), key, pk), program


def _place_page(request: HttpRequest, found: Membership, program: Program, form: Any) -> HttpResponse:
    context = {
        "place": found,
        "program": program,
        "form": form,
        "holds": queries.holds(found),
        "is_unused": services.is_unused(found.person, program),
        "is_deputy": program.deputy_sponsor_id == found.person_id,
        "is_sponsor": program.sponsor_id == found.person_id,
        "is_named_manager": program.manager_id == found.person_id,
    }
    return render(request, "programs/place.html", context, status=422 if form.errors else 200)


@access("member")
@never_cache
@require_POST
def link(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Make another link that signs in who never came, and show it this one time."""
    found, program = _found(request, key, pk)
    secret = services.give_link(membership=found, by=reader(request), at=clock.now())
    return _show_link(request, program, found.person, secret)


@access("member")
@require_POST
def deputy(request: HttpRequest, key: str) -> HttpResponse:
    """Name who stands in for the sponsor, or nobody."""
    person = reader(request)
    head = heads.head(person, key, clock.now())
    program = Program.objects.get(pk=head.pk)
    chosen = request.POST.get("person", "")
    named = User.objects.filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdigit() else None
    services.name_deputy(program=program, person=named, by=person, at=clock.now())
    words = _("%(person)s stands in for the sponsor.") % {"person": named} if named else _("Nobody stands in now.")
    flash.add(request, words)
    return redirect("programs:people", key)


@access("member")
@require_POST
def manager(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Name the manager whom the program shows."""
    found, program = _found(request, key, pk)
    services.name_manager(program=program, person=found.person, by=reader(request), at=clock.now())
    flash.add(request, _("%(person)s is shown as the manager.") % {"person": found.person})
    return redirect("programs:people", key)


@access("member")
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Ask who takes over what somebody has in hand, and take them out."""
    found, program = _found(request, key, pk)
    sent = request.POST if request.method == "POST" else None
    form = forms.LeaveForm(sent, program=program, leaver=found.person)
    if request.method == "POST" and form.is_valid():
        heir = form.cleaned_data["hand_over_to"]
        by = reader(request)
        if is_done(form, lambda: services.remove_member(membership=found, hand_over_to=heir, by=by, at=clock.now())):
            flash.add(request, _("%(person)s is out of the program.") % {"person": found.person})
            is_oneself = by.pk == found.person_id
            return redirect(addresses.of("portfolio") if is_oneself else reverse("programs:people", args=[key]))
    context = {
        "place": found,
        "program": program,
        "form": form,
        "holds": queries.holds(found),
        "panels": panels.shown("leave", found),
        "is_sponsor": program.sponsor_id == found.person_id,
    }
    return render(request, "programs/leave.html", context, status=422 if form.errors else 200)
