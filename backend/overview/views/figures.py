"""The figures of a program: each now, how it moved, and where its rows are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backend.overview.queries import history
from backend.overview.queries.figures import program_figures
from core import clock
from core.access import access, reader
from programs.queries import heads
from workstreams.choices import MissReason


@access("member")
@require_safe
def figures(request: HttpRequest, key: str) -> HttpResponse:
    """Show the figures of a program over its days."""
    head = heads.head(reader(request), key, clock.now())
    found = program_figures(head.pk, head.today)
    moved = history.history(found, head)
    context = {
        "head": head,
        "tab": "figures",
        "found": found,
        "history": moved,
        "names": [kind.name for kind in history.KINDS],
        "reasons": [(str(MissReason(reason).label), count) for reason, count in found.kept.reasons],
    }
    return render(request, "overview/figures.html", context)
