"""Programs: which of them need somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.overview.queries import programs as queries
from backend.overview.views.paging import page_number, pager
from core import clock
from core.access import access, reader
from programs import access as program_access


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
