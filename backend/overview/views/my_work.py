"""My work: what is asked of its reader, what they promised, what is late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.access import access


@access("signed_in")
@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Show a person's work."""
    return render(request, "overview/my_work.html")
