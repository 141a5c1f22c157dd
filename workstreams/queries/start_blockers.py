"""What stands between a phase and its start: outcomes that nobody could measure, and the gate of the phase before."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from programs.choices import OutcomeStatus
from programs.models import Measure, Outcome, Phase
from workstreams.choices import DECISIONS_THAT_LET_PASS, GateDecision, GateState
from workstreams.models import GateReview


@dataclass(frozen=True)
class StartBlockers:
    """What keeps a phase from starting: what its outcomes lack, and why the gate before it is closed."""

    is_measured: bool
    gaps: list[str]
    why_closed: str

    @property
    def is_open(self) -> bool:
        """Tell whether the gate before lets the phase start."""
        return not self.why_closed


def start_blockers(phase: Phase) -> StartBlockers:
    """Return what stands between a phase and its start, in three queries."""
    is_measured, gaps = _measured(phase)
    return StartBlockers(is_measured, gaps, _why_closed(phase))


def _measured(phase: Phase) -> tuple[bool, list[str]]:
    """Tell whether one outcome's measures are complete, and what the others lack."""
    outcomes = Outcome.objects.filter(phase=phase).exclude(status=OutcomeStatus.WITHDRAWN).order_by("pk")
    found = list(outcomes.prefetch_related("measures"))
    if not found:
        return False, [_("It has no outcome.")]
    lacking = {outcome.code: _lacks(outcome.code, list(outcome.measures.all())) for outcome in found}
    return not all(lacking.values()), [gap for gaps in lacking.values() for gap in gaps]


def _lacks(code: str, measures: list[Measure]) -> list[str]:
    if not measures:
        return [_("%(outcome)s has no measure.") % {"outcome": code}]
    return [
        _("%(measure)s lacks: %(fields)s.") % {"measure": measure.code, "fields": _fields(measure)}
        for measure in measures
        if measure.lacks
    ]


def _fields(measure: Measure) -> str:
    labels = {field.name: field.verbose_name for field in Measure._meta.fields}
    return pgettext("list", ", ").join(str(labels[name]) for name in measure.lacks)


def _why_closed(phase: Phase) -> str:
    """Return why the gate of the phase before in order keeps this one out, "" where it lets it pass."""
    before = _phase_before(phase)
    if before is None:
        return ""
    # The one still to be decided, else the one held last, whatever day each was planned for.
    reviews = GateReview.objects.filter(phase=before).annotate(on=Coalesce("held_on", "planned_on"))
    gate = reviews.annotate(is_open=~Q(state=GateState.DECIDED)).order_by("is_open", "on", "pk").last()
    if gate is None:
        return _("%(before)s before it has no gate review") % {"before": before}
    if gate.state != GateState.DECIDED:
        return _("gate %(gate)s of %(before)s before it is not decided") % {"gate": gate.code, "before": before}
    if gate.decision in DECISIONS_THAT_LET_PASS:
        return ""
    words = {"gate": gate.code, "before": before, "decision": GateDecision(gate.decision).label}
    return _("gate %(gate)s of %(before)s before it decided: %(decision)s") % words


def _phase_before(phase: Phase) -> Phase | None:
    """Return the phase before another one in order, None before the first."""
    ordered = list(Phase.objects.filter(program_id=phase.program_id).order_by("position", "pk"))
    place = ordered.index(phase)
    return ordered[place - 1] if place else None
