"""The lines of a gate's checklist in words, each with the address where one sees more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext

from core import navigation
from workstreams.choices import Check
from workstreams.indicators import Line
from workstreams.models import GateReview


@dataclass(frozen=True)
class Words:
    """How a check is told: its fact, what it says of nothing, what it names, and the tab behind it."""

    fact: Any
    nothing: Any
    named: Any
    tab: str
    query: str = ""


_WORDS: Mapping[str, Words] = {
    Check.MEASURED: Words(
        ngettext_lazy(
            "%(done)s of %(total)s outcome has an owner and complete measures",
            "%(done)s of %(total)s outcomes have an owner and complete measures",
            "total",
        ),
        _("The phase has no outcome"),
        _("Not yet: %(names)s"),
        "outcomes",
    ),
    Check.FRESH: Words(
        ngettext_lazy(
            "%(done)s of %(total)s measure has a fresh reading",
            "%(done)s of %(total)s measures have a fresh reading",
            "total",
        ),
        _("Nothing is to be read any more"),
        _("No fresh reading: %(names)s"),
        "outcomes",
    ),
    Check.ON_TRACK: Words(
        ngettext_lazy(
            "%(done)s of %(total)s measure that was read stands where it was expected to",
            "%(done)s of %(total)s measures that were read stand where they were expected to",
            "total",
        ),
        _("Nothing was read yet"),
        _("Behind: %(names)s"),
        "outcomes",
    ),
    Check.PROJECT: Words(
        ngettext_lazy(
            "%(done)s of %(total)s project milestone is reached",
            "%(done)s of %(total)s project milestones are reached",
            "total",
        ),
        _("The phase has no project milestone"),
        _("Overdue or moved: %(names)s"),
        "milestones",
        "?discipline=project&phase=%(phase)s",
    ),
    Check.CHANGE: Words(
        ngettext_lazy(
            "%(done)s of %(total)s change milestone is reached",
            "%(done)s of %(total)s change milestones are reached",
            "total",
        ),
        _("The phase has no change milestone"),
        _("Overdue or moved: %(names)s"),
        "milestones",
        "?discipline=change&phase=%(phase)s",
    ),
    Check.PROMISES: Words(
        ngettext_lazy(
            "%(done)s of %(total)s action item of the phase is settled",
            "%(done)s of %(total)s action items of the phase are settled",
            "total",
        ),
        _("Nothing was asked of anybody in the phase"),
        _("Overdue: %(names)s"),
        "actions",
    ),
    Check.RISKS: Words(
        ngettext_lazy(
            "%(done)s of %(total)s open issue or risk is low enough to live with",
            "%(done)s of %(total)s open issues and risks are low enough to live with",
            "total",
        ),
        _("No issue and no risk is open"),
        _("High: %(names)s"),
        "raid",
        "?state=open",
    ),
    Check.MONEY: Words(
        _("%(done)s %% of the money is spent, %(total)s %% of the time is gone"),
        _("Nobody said what was spent, or of what"),
        "",
        "program",
    ),
}
_VERDICTS = {True: _("met"), False: _("not met"), None: _("not measured")}


def shown(lines: Iterable[Line], gate: GateReview) -> list[dict[str, Any]]:
    """Return the lines of a checklist as its reader sees them."""
    return [_shown(line, gate) for line in lines]


def _shown(line: Line, gate: GateReview) -> dict[str, Any]:
    words = _WORDS[line.check]
    is_told = line.total not in (None, 0) and line.done is not None
    names = pgettext("list", ", ").join(line.names)
    query = words.query % {"phase": gate.phase.code} if "%(" in words.query else words.query
    return {
        "label": Check(line.check).label,
        "fact": _told(words.fact, line) if is_told else words.nothing,
        "named": str(words.named) % {"names": names} if line.names else "",
        "is_well": line.is_well,
        "verdict": _VERDICTS[line.is_well],
        "url": navigation.tab_url("program", words.tab, gate.program.key) + query,
    }


def _told(fact: Any, line: Line) -> str:
    return str(fact % {"done": line.done, "total": line.total})


def needing(lines: Iterable[Line]) -> int:
    """Return how many lines need somebody."""
    return sum(line.is_well is False for line in lines)
