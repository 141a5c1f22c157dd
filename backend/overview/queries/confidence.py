"""Delivery confidence in words: why each rating is what it is, and which are left out because nothing is known."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from backend.overview.indicators.confidence import THRESHOLDS
from backend.overview.queries.figures import Figures
from backend.overview.queries.known_by import Known
from backend.overview.queries.sentence import in_words
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


def missing(known: Known, today: dt.date) -> list[str]:
    """Return the names of the ratings that have no data, in their order, with the day by which each will have some."""
    return [
        str(NAMES[rating])
        if day is None
        else _("%(rating)s (known by %(day)s)") % {"rating": NAMES[rating], "day": in_words(day, today)}
        for rating, day in known.items()
    ]


def _outcomes(figures: Figures) -> str:
    share = figures.on_track
    if not share.whole:
        return _("No unfinished measure was read or is due to be read, so outcomes are left out.")
    said = ngettext(
        "%(part)d of %(whole)d unfinished measure was read and is on track.",
        "%(part)d of %(whole)d unfinished measures were read and are on track.",
        share.whole,
    ) % {"part": share.part, "whole": share.whole}
    unread = [row for row in figures.told if row["latest_on"] is None]
    unknown = [row for row in figures.told if row["latest_on"] and row["figures"].variance is None]
    for words, rows in (
        (_("Behind: %(codes)s."), figures.behind),
        (_("Stale: %(codes)s."), [row for row in figures.stale if row["latest_on"]]),
        (_("Never read: %(codes)s."), unread),
        (_("No baseline or target to compare with: %(codes)s."), unknown),
    ):
        if rows:
            said += " " + words % {"codes": _codes(rows)}
    return said


def _codes(rows: list[dict[str, Any]]) -> str:
    shown = [row["code"] for row in rows[:MOST_NAMED]] + (["…"] if len(rows) > MOST_NAMED else [])
    return pgettext("list", ", ").join(shown)


def _schedule(figures: Figures) -> str:
    phase, overdue = figures.latest_phase, figures.overdue_milestones
    if phase is None and not figures.due_milestones:
        return _("No phase under way has a baseline end, and no milestone is due, so the schedule is left out.")
    said = [] if phase is None else [_phase(phase)]
    if overdue:
        days = (figures.today - overdue[0]["baseline_on"]).days
        words = ngettext(
            "%(n)d of %(due)d milestones due by baseline is still open, up to %(days)d days past it.",
            "%(n)d of %(due)d milestones due by baseline are still open, up to %(days)d days past it.",
            len(overdue),
        )
        said.append(words % {"n": len(overdue), "due": len(figures.due_milestones), "days": days})
    return " ".join(said) or _("Every milestone due by baseline is reached.")


def _phase(phase: dict[str, Any]) -> str:
    days = phase["variance_days"]
    said = {"code": phase["code"], "days": abs(days)}
    if phase["is_overdue_to_start"]:
        return (
            ngettext(
                "%(code)s should have started %(days)d day ago.",
                "%(code)s should have started %(days)d days ago.",
                days,
            )
            % said
        )
    if days > 0:
        return (
            ngettext(
                "%(code)s ends %(days)d day after its baseline.",
                "%(code)s ends %(days)d days after its baseline.",
                days,
            )
            % said
        )
    if days < 0:
        return (
            ngettext(
                "%(code)s ends %(days)d day before its baseline.",
                "%(code)s ends %(days)d days before its baseline.",
                -days,
            )
            % said
        )
    return _("%(code)s ends on its baseline.") % said


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
        return _("The RAID register is empty, so risks are left out.")
    if not figures.risk.score:
        return _("No scored risk or issue is open.")
    facts = {"code": figures.risk.code, "score": figures.risk.score}
    return _("The highest open risk or issue, %(code)s, scores %(score)d of 25.") % facts


_WORDS: Mapping[str, Callable[[Figures], str]] = {
    "outcomes": _outcomes,
    "schedule": _schedule,
    "parity": _parity,
    "promises": _promises,
    "risks": _risks,
}
