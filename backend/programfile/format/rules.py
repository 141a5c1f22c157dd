"""Rules that one row shows: what the database would refuse, said first, with path and line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.choices import (
    COMPLETED_STATES,
    AssessmentState,
    DebriefPartKind,
    DebriefState,
    FindingKind,
    RecommendationState,
)
from assessments.models.answers import STEPS
from backend.programfile.format.document import Document, Row
from core.documents.problems import Problems
from programs.choices import Direction, PhaseStatus
from workstreams.choices import PROMISED_ACTIONS, ActionState, MilestoneState, MissReason, RaidKind


@dataclass(frozen=True)
class Rule:
    """A condition on some columns of a row; the first of them is blamed when it does not hold."""

    columns: tuple[str, ...]
    holds: Callable[..., bool]
    message: Any


def _rule(columns: str, holds: Callable[..., bool], message: Any) -> Rule:
    return Rule(tuple(columns.split()), holds, message)


def _in_order(later: Any, earlier: Any) -> bool:
    return later is None or earlier is None or later >= earlier


def _target_beyond(target: Any, baseline: Any, direction: str) -> bool:
    if target is None or baseline is None or direction == Direction.MAINTAIN:
        return True
    return bool(target > baseline) if direction == Direction.UP else bool(target < baseline)


def _on_scale(value: int | None, kind: str, *, needed_by: tuple[str, ...]) -> bool:
    return kind not in needed_by if value is None else 1 <= value <= 5


_STARTED = (PhaseStatus.ACTIVE, PhaseStatus.IN_REVIEW, PhaseStatus.CLOSED)
_UNANSWERED = (ActionState.REQUESTED, ActionState.DECLINED)
_ASKING = (AssessmentState.OPEN, AssessmentState.CONSENSUS)
_HELD = (DebriefState.HELD, DebriefState.COMMITTED)
_ENDS_FIRST = _("it ends before it starts")

RULES: dict[str, tuple[Rule, ...]] = {
    "program": (
        _rule("end_on start_on", _in_order, _ENDS_FIRST),
        _rule("budget", lambda budget: budget is None or budget >= 0, _("money is not negative")),
        _rule("spent", lambda spent: spent is None or spent >= 0, _("money is not negative")),
        _rule(
            "forecast_at_completion forecast_at_completion_on forecast_at_completion_reason",
            lambda amount, on, reason: len({amount is None, on is None, not reason}) == 1,
            _("a forecast at completion is an amount with its date and its reason"),
        ),
        _rule(
            "forecast_at_completion",
            lambda amount: amount is None or amount >= 0,
            _("money is not negative"),
        ),
        _rule(
            "deputy_sponsor sponsor",
            lambda deputy, sponsor: deputy is None or deputy != sponsor,
            _("the deputy is the sponsor"),
        ),
        _rule("manager_note_on manager_note", lambda on, note: not note or on is not None, _("the note has no date")),
    ),
    "phase": (
        *(
            _rule(f"{kind}_end_on {kind}_start_on", _in_order, _ENDS_FIRST)
            for kind in ("baseline", "forecast", "actual")
        ),
        _rule(
            "actual_start_on status",
            lambda start, status: status not in _STARTED or start is not None,
            _("a phase that runs or is closed has an actual start"),
        ),
        _rule(
            "actual_end_on status",
            lambda end, status: status != PhaseStatus.CLOSED or end is not None,
            _("a closed phase has an actual end"),
        ),
    ),
    "gate": (
        _rule(
            "held_on decision",
            lambda held, decision: not decision or held is not None,
            _("a gate that is decided was held on a day"),
        ),
        _rule(
            "decided_by decision",
            lambda by, decision: not decision or by is not None,
            _("somebody decided this gate: say who"),
        ),
        _rule(
            "rationale decision",
            lambda rationale, decision: not decision or bool(rationale.strip()),
            _("a decision has a rationale"),
        ),
    ),
    "measure": (
        _rule(
            "target baseline direction",
            _target_beyond,
            _("the target does not lie in the stated direction from the baseline"),
        ),
        _rule(
            "target_on baseline_on",
            lambda target, baseline: target is None or baseline is None or target > baseline,
            _("the target's date is not after the baseline's"),
        ),
        _rule("high low", _in_order, _("the high limit is below the low one")),
    ),
    "reading": (
        _rule(
            "measured_on recorded_on",
            lambda on, recorded: _in_order(recorded, on),
            _("it was recorded before it was measured"),
        ),
    ),
    "milestone": (
        _rule(
            "actual_on state",
            lambda actual, state: (state == MilestoneState.ACHIEVED) == (actual is not None),
            _("a milestone has an actual date when it is achieved, and only then"),
        ),
    ),
    "rebaselining": (_rule("new_on old_on", lambda new, old: new != old, _("the new baseline is the old one")),),
    "dependency": (
        _rule("predecessor successor", lambda one, two: one != two, _("a milestone does not wait for itself")),
    ),
    "action": (
        _rule(
            "promised_for state",
            lambda promised, state: state not in PROMISED_ACTIONS or promised is not None,
            _("what was promised has the day it was promised for"),
        ),
        _rule(
            "promised_for state",
            lambda promised, state: state not in _UNANSWERED or promised is None,
            _("what was not promised has no promised day"),
        ),
        _rule(
            "done_on promised_for state",
            lambda done, promised, state: state != ActionState.KEPT or (done is not None and _in_order(promised, done)),
            _("a kept promise was done by its day; done later, it is missed"),
        ),
        _rule(
            "accepted_on needs_acceptance state",
            lambda accepted, needed, state: state != ActionState.KEPT or not needed or accepted is not None,
            _("it is kept once its requester accepted it: say when"),
        ),
        _rule(
            "miss_reason state",
            lambda reason, state: state != ActionState.MISSED or bool(reason),
            _("a missed promise has a reason"),
        ),
        _rule(
            "note miss_reason",
            lambda note, reason: reason != MissReason.OTHER or bool(note.strip()),
            _("“other” is explained in a note"),
        ),
        _rule(
            "note state",
            lambda note, state: state != ActionState.DECLINED or bool(note.strip()),
            _("a declined request says why in a note"),
        ),
        _rule(
            "external_source external_id",
            lambda source, identifier: not identifier or bool(source),
            _("an external id needs its source"),
        ),
    ),
    "raid": (
        _rule(
            "probability kind",
            lambda value, kind: _on_scale(value, kind, needed_by=(RaidKind.RISK,)),
            _("a probability goes from 1 to 5, and every risk has one"),
        ),
        _rule(
            "impact kind",
            lambda value, kind: _on_scale(value, kind, needed_by=(RaidKind.RISK, RaidKind.ISSUE)),
            _("an impact goes from 1 to 5, and every risk and issue has one"),
        ),
    ),
    "assessment": (
        _rule(
            "completed_on state",
            lambda on, state: (state in COMPLETED_STATES) == (on is not None),
            _("an assessment has a date when it is completed, and only then"),
        ),
        _rule(
            "closes_on state",
            lambda on, state: state not in _ASKING or on is not None,
            _("an assessment that is open has a closing date"),
        ),
        _rule(
            "facilitator state",
            lambda person, state: state not in _ASKING or person is not None,
            _("an assessment that is open has a facilitator"),
        ),
    ),
    "consensus": (
        _rule("percent", lambda percent: percent is None or percent in STEPS, _("percents go from 0 to 100 by 5")),
        _rule(
            "not_applicable_reason percent flag",
            lambda reason, percent, flag: not reason or (percent is None and not flag),
            _("what does not apply has no percent and no flag"),
        ),
    ),
    "finding": (
        _rule(
            "root_cause kind",
            lambda cause, kind: kind != FindingKind.STRENGTH or not cause,
            _("a strength has no root cause"),
        ),
        _rule(
            "is_systemic kind",
            lambda systemic, kind: kind != FindingKind.STRENGTH or not systemic,
            _("a strength is not called systemic"),
        ),
    ),
    "recommendation": (
        _rule(
            "action_item state",
            lambda action, state: (state == RecommendationState.ACCEPTED) == (action is not None),
            _("an accepted recommendation is an action item, and only an accepted one: name it under “action”"),
        ),
        _rule(
            "reason state",
            lambda reason, state: state != RecommendationState.REJECTED or bool(reason.strip()),
            _("a rejected recommendation has a reason"),
        ),
    ),
    "debrief": (
        _rule(
            "sponsor_briefed_on state",
            lambda on, state: state == DebriefState.PREPARED or on is not None,
            _("the sponsor is briefed first: say when"),
        ),
        _rule(
            "held_on state",
            lambda on, state: state not in _HELD or on is not None,
            _("a debrief that was held has the day it was held"),
        ),
        _rule("held_on sponsor_briefed_on", _in_order, _("it was held before the sponsor was briefed")),
        _rule(
            "committed_on state",
            lambda on, state: state != DebriefState.COMMITTED or on is not None,
            _("what was committed to has a day"),
        ),
    ),
    "part": (
        _rule(
            "title kind",
            lambda title, kind: kind != DebriefPartKind.OWN or bool(title.strip()),
            _("a part of one's own has a title"),
        ),
    ),
    "confidence": (
        _rule(
            "reason rating computed",
            lambda reason, rating, computed: rating == computed or bool(reason.strip()),
            _("another rating than the computed one has a reason"),
        ),
    ),
}


def check_rows(document: Document, problems: Problems) -> None:
    """Note every row that breaks a rule; values that were not understood are not judged again."""
    for row in document.every():
        for rule in RULES.get(row.kind, ()):
            if row.wrong.isdisjoint(rule.columns) and not rule.holds(*(row.values[each] for each in rule.columns)):
                _blame(row, rule, problems)


def _blame(row: Row, rule: Rule, problems: Problems) -> None:
    column = rule.columns[0]
    line = next((row.lines[each] for each in rule.columns if each in row.lines), row.line)
    problems.add(row.path_of(column), line, str(rule.message))
