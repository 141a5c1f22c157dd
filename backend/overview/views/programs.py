"""Programs: which of them need somebody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from backend.overview.queries import programs as queries
from core import clock, exports
from core.access import access, reader
from core.pagination import page_number, pager
from programs import access as program_access

COLUMNS = (
    ("key", gettext_lazy("Key")),
    ("name", gettext_lazy("Program")),
    ("organisation", gettext_lazy("Organisation")),
    ("status_label", gettext_lazy("State")),
    ("phases", gettext_lazy("Phase now")),
    ("confidence", gettext_lazy("Confidence")),
    ("on_track", gettext_lazy("Measures on track")),
    ("measures", gettext_lazy("Measures")),
    ("points", gettext_lazy("Score")),
    ("points_of", gettext_lazy("Of")),
    ("late", gettext_lazy("Milestones overdue or moved")),
    ("overdue", gettext_lazy("Overdue promises")),
    ("late_gates", gettext_lazy("Late gates")),
    ("gate_code", gettext_lazy("Next gate")),
    ("gate_on", gettext_lazy("Planned")),
    ("asks", gettext_lazy("Asked of you")),
)


@access("signed_in")
@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """Show the programs a person belongs to, those that need somebody first, or give all of them as a file."""
    person = reader(request)
    if exports.is_asked(request):
        every = queries.portfolio(person, clock.now(), size=exports.MOST_ROWS)
        return exports.as_csv("programs", COLUMNS, map(_row, every.cards))
    found = queries.portfolio(person, clock.now(), page_number(request))
    context = {
        "portfolio": found,
        "export_url": exports.QUERY,
        "may_create": program_access.may_create(person),
        **pager(request, found.page, found.has_next),
    }
    return render(request, "overview/programs.html", context)


def _row(card: queries.Card) -> dict[str, Any]:
    gate, scored = card.next_gate or {}, card.scored
    return {
        **card.program,
        "phases": ", ".join(f"{phase['code']} {phase['name']}" for phase in card.phases),
        "confidence": _("cannot be reckoned") if card.is_unreckonable else card.rating_label,
        "on_track": card.on_track.part if card.on_track.whole else None,
        "measures": card.on_track.whole,
        "points": scored.points if scored else None,
        "points_of": scored.of if scored else None,
        "late": card.late,
        "overdue": card.overdue,
        "late_gates": card.late_gates,
        "gate_code": gate.get("code"),
        "gate_on": gate.get("planned_on"),
        "asks": card.asks,
    }
