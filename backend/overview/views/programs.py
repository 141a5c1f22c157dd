"""Programs: which of them need somebody; and making a new one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backend.overview.queries import programs as queries
from backend.overview.views.paging import page_number, pager
from core import clock, refusals, toasts
from core.access import access, reader
from core.exceptions import Refusal
from programs import access as program_access
from programs.forms import ProgramForm
from workstreams import services


@access("signed_in")
@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """Show the programs a person belongs to, those that need somebody first."""
    person = reader(request)
    found = queries.portfolio(person, clock.now(), page_number(request))
    context = {
        "portfolio": found,
        "may_create": program_access.may_create(person),
        **pager(request, found.page, found.has_next),
    }
    return render(request, "overview/programs.html", context)


@access("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def create_program(request: HttpRequest) -> HttpResponse:
    """Ask what a new program is, and make it."""
    person = reader(request)
    program_access.require_create(person)
    form = ProgramForm(request.POST or None, initial={"time_zone": person.time_zone})
    if request.method == "POST" and form.is_valid():
        try:
            program = services.open_program(details=form.details(), by=person, at=clock.now())
        except Refusal as refusal:
            refusals.on_form(form, refusal)
        else:
            toasts.say(request, _("%(program)s is made, as a draft.") % {"program": program.name})
            return redirect("overview:program", key=program.key)
    return render(request, "overview/create_program.html", {"form": form}, status=422 if form.errors else 200)
