"""What each decision of a gate does to its phase and the ones after it, in words, before anybody decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from programs.choices import PhaseStatus
from programs.models import Phase
from workstreams.choices import DECISION_MOVES, PHASE_MOVES, GateDecision, MilestoneState
from workstreams.models import GateReview, Milestone

ENDED = (PhaseStatus.CLOSED, PhaseStatus.STOPPED)


@dataclass(frozen=True)
class LeftOpen:
    """The milestones of a phase that are open, and the phases that may take them when it closes."""

    count: int
    places: list[Phase] = field(default_factory=list)


def left_open(phase: Phase) -> LeftOpen:
    """Return how many milestones of a phase are open, with the phases that could take them, in two queries."""
    count = Milestone.objects.filter(phase=phase, state=MilestoneState.PLANNED).count()
    going = Phase.objects.filter(program_id=phase.program_id).exclude(status__in=ENDED).exclude(pk=phase.pk)
    return LeftOpen(count, list(going.order_by("position", "pk")))


def effects(gate: GateReview, still_open: LeftOpen) -> Mapping[GateDecision, str]:
    """Return a sentence or more for each decision, in one query."""
    phase = gate.phase
    after = Phase.objects.filter(program_id=phase.program_id, position__gt=phase.position)
    following = after.exclude(status__in=ENDED).order_by("position", "pk").first()
    passes = " ".join([_closing(gate), _opening(following)])
    waits = _shut(following)
    return {
        GateDecision.PROCEED: _with_open(passes, still_open.count),
        GateDecision.PROCEED_WITH_CONDITIONS: _with_open(
            _("%(passes)s Each condition becomes an action item.") % {"passes": passes}, still_open.count
        ),
        GateDecision.REWORK: _("%(phase)s goes back to work and is reviewed again. %(waits)s")
        % {"phase": phase.code, "waits": waits},
        GateDecision.HOLD: _("%(phase)s stays in review and is reviewed again. %(waits)s")
        % {"phase": phase.code, "waits": waits},
        GateDecision.STOP: _stopping(gate, still_open.count, waits),
    }


def _closing(gate: GateReview) -> str:
    phase = gate.phase
    if DECISION_MOVES[GateDecision.PROCEED] not in PHASE_MOVES.legal(phase.status):
        return _("%(phase)s is %(state)s already and stays so.") % {
            "phase": phase.code, "state": str(phase.get_status_display()).lower(),
        }  # fmt: skip
    day = date_format(gate.held_on, pgettext("date format", "j F Y")) if gate.held_on else ""
    return _("%(phase)s closes on %(day)s.") % {"phase": phase.code, "day": day}


def _opening(following: Phase | None) -> str:
    if following is None:
        return _("No phase comes after it.")
    name = {"code": following.code, "name": following.name}
    if following.status == PhaseStatus.PLANNED:
        return _("%(code)s %(name)s may start.") % name
    return _("%(code)s %(name)s goes on.") % name


def _shut(following: Phase | None) -> str:
    if following is None or following.status != PhaseStatus.PLANNED:
        return ""
    return _("%(code)s %(name)s may not start.") % {"code": following.code, "name": following.name}


def _with_open(words: str, count: int) -> str:
    if not count:
        return words
    told = ngettext(
        "%(n)d milestone is still open and needs another place.",
        "%(n)d milestones are still open and need another place.",
        count,
    )
    return f"{words} {told % {'n': count}}"


def _stopping(gate: GateReview, count: int, waits: str) -> str:
    words = _("%(phase)s stops before its work is done. %(waits)s") % {"phase": gate.phase.code, "waits": waits}
    if not count:
        return words
    told = ngettext(
        "%(n)d milestone stays open in it and is counted no more.",
        "%(n)d milestones stay open in it and are counted no more.",
        count,
    )
    return f"{words.strip()} {told % {'n': count}}"
