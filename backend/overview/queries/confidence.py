"""Delivery confidence in words: why each rating is what it is, and which are left out because nothing is known."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from backend.overview.indicators.confidence import THRESHOLDS
from backend.overview.queries.figures import Figures
from workstreams.indicators import Side

NAMES: Mapping[str, Any] = {
    "outcomes": gettext_lazy("Outcomes"),
    "schedule": gettext_lazy("Schedule"),
    "parity": gettext_lazy("Parity of change and project"),
    "promises": gettext_lazy("Promises"),
    "risks": gettext_lazy("Risks"),
}
MOST_NAMED = 5


def reasons(figures: Figures) -> dict[str, str]:
    """Return a sentence for each of the five ratings, those without data too, in their order."""
    return {name: _WORDS[name](figures) for name in THRESHOLDS}


def _outcomes(figures: Figures) -> str:
    if not figures.has_readings:
        return _("No unfinished measure was read, so outcomes are left out.")
    share = figures.on_track
    said = ngettext(
        "%(part)d of %(whole)d unfinished measure is neither behind nor stale.",
        "%(part)d of %(whole)d unfinished measures are neither behind nor stale.",
        share.whole,
    ) % {"part": share.part, "whole": share.whole}
    if figures.behind:
        said += " " + _("Behind: %(codes)s.") % {"codes": _codes(figures.behind)}
    if figures.stale:
        said += " " + _("Stale: %(codes)s.") % {"codes": _codes(figures.stale)}
    unread = [row for row in figures.unfinished if row["figures"].attainment is None]
    if unread:
        said += " " + _("Never read: %(codes)s.") % {"codes": _codes(unread)}
    return said


def _codes(rows: list[dict[str, Any]]) -> str:
    shown = [row["code"] for row in rows[:MOST_NAMED]] + (["…"] if len(rows) > MOST_NAMED else [])
    return pgettext("list", ", ").join(shown)


def _schedule(figures: Figures) -> str:
    phase = figures.latest_phase
    if phase is None:
        return _("No phase under way has a baseline and a day for its end, so the schedule is left out.")
    days = phase["variance_days"]
    said = {"code": phase["code"], "days": abs(days)}
    if days > 0:
        return ngettext("%(code)s ends %(days)d day late.", "%(code)s ends %(days)d days late.", days) % said
    if days < 0:
        return ngettext("%(code)s ends %(days)d day early.", "%(code)s ends %(days)d days early.", -days) % said
    return _("%(code)s ends on its day.") % said


def _parity(figures: Figures) -> str:
    parity = figures.parity
    if parity.points is None:
        return _("A discipline has no milestone due, so parity is left out.")
    return _("Change reached %(change)s milestones due, project %(project)s.") % {
        "change": _reached(parity.change),
        "project": _reached(parity.project),
    }


def _reached(side: Side) -> str:
    return _("%(part)d of %(whole)d") % {"part": side.achieved, "whole": side.due}


def _promises(figures: Figures) -> str:
    recent = figures.kept.recent
    weeks = {"weeks": settings.RECENT_PROMISES_DAYS // 7}
    if recent.ppc is None:
        return _("No promise came due in the last %(weeks)d weeks, so promises are left out.") % weeks
    return ngettext(
        "%(kept)d of %(due)d promise of the last %(weeks)d weeks was kept.",
        "%(kept)d of %(due)d promises of the last %(weeks)d weeks were kept.",
        recent.due,
    ) % {"kept": recent.kept, "due": recent.due, **weeks}


def _risks(figures: Figures) -> str:
    if figures.risk is None:
        return _("No risk or issue is open, so risks are left out.")
    facts = {"code": figures.risk.code, "score": figures.risk.score}
    return _("The highest open risk or issue, %(code)s, scores %(score)d of 25.") % facts


_WORDS: Mapping[str, Callable[[Figures], str]] = {
    "outcomes": _outcomes,
    "schedule": _schedule,
    "parity": _parity,
    "promises": _promises,
    "risks": _risks,
}
