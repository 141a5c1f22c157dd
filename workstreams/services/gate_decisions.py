"""Deciding a gate: once and for all, with the checklist as it was, the phase that follows, and what is asked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from core import clock
from core.accounts.models import User
from programs.models import Phase
from programs.services.guards import require_words
from workstreams import access, exceptions, notices, queries
from workstreams.choices import DECISION_MOVES, DECISIONS_TO_REVIEW_AGAIN, PHASE_MOVES, GateDecision
from workstreams.models import GateCheck, GateCondition, GateReview, Workstream
from workstreams.services import actions, gates
from workstreams.services import open_milestones as open_milestones_of
from workstreams.services.actions import ActionRequest, worded


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What a decision asks for: of whom, by which day, in which workstream."""

    text: str
    performer: User
    requested_for: dt.date
    workstream: Workstream


@transaction.atomic
def decide_gate(
    *,
    gate: GateReview,
    decision: str,
    rationale: str,
    by: User,
    at: dt.datetime,
    conditions: Sequence[Condition] = (),
    open_milestones: str = "",
    next_review_on: dt.date | None = None,
) -> GateReview:
    """Decide a review that was held, once and for all, with the checklist as it is now.

    The phase moves as the decision says; each condition becomes an action item, asked of its performer.

    Args:
        open_milestones: where milestones that are still open go when the phase closes: the code of another phase, or
            `cancel`.
        next_review_on: when the phase is reviewed again, after rework or a hold; without one it is asked for.

    Raises:
        GateDecided: when it is decided already.
        ReasonMissing: without a rationale.
        ConditionsMissing, ConditionsNotAsked: when decision and conditions do not go together.
        OpenMilestonesNeedAPlace, NoSuchPlace: when the phase would close over milestones that have no other place.
        NextReviewNotAsked: when another review is planned after a decision that needs none.
        NextReviewPast: when that is before today.
        NotInThisProgram: when a workstream or a performer is of elsewhere.
    """
    gate, member = gates.locked(gate, by)
    access.require(member, gate, "decide")
    state = gates.target(gate, "decide")
    chosen = GateDecision(decision)
    today = clock.today(gate.program.time_zone, at)
    rationale, place = _checked(gate, chosen, rationale, conditions, open_milestones, next_review_on, today)
    _keep_checklist(gate, today)
    gates.write(
        gate, "decide", by=by, at=at, reason=rationale,
        state=state, decision=chosen.value, decided_by=by, decided_on=today, rationale=rationale,
    )  # fmt: skip
    if move := DECISION_MOVES.get(chosen):
        if closes(gate, chosen):
            open_milestones_of.place_all(gate.phase, place, reason=rationale, by=by, at=at)
        gates.move_phase(gate, move, by=by, at=at)
    if next_review_on is not None:
        gates.add(gate.phase, next_review_on, by=by, at=at)
    _ask(gate, conditions, by=by, at=at)
    gates.tell(notices.GATE_DECISIONS[chosen], gate, to=_concerned(gate), by=by, at=at)
    return gate


def check_decision(
    *,
    gate: GateReview,
    decision: str,
    rationale: str,
    conditions: Sequence[Condition] = (),
    at: dt.datetime,
    open_milestones: str = "",
    next_review_on: dt.date | None = None,
) -> None:
    """Refuse what `decide_gate` would refuse of a decision, without taking it: before who decides confirms."""
    gates.target(gate, "decide")
    today = clock.today(gate.program.time_zone, at)
    _checked(gate, GateDecision(decision), rationale, conditions, open_milestones, next_review_on, today)


def closes(gate: GateReview, decision: GateDecision) -> bool:
    """Tell whether a decision closes the phase of a gate."""
    return DECISION_MOVES.get(decision) == "close" and "close" in PHASE_MOVES.legal(gate.phase.status)


def _checked(
    gate: GateReview,
    decision: GateDecision,
    rationale: str,
    conditions: Sequence[Condition],
    open_milestones: str,
    next_review_on: dt.date | None,
    today: dt.date,
) -> tuple[str, Phase | None]:
    """Return the rationale and the phase that takes what is still open, once nothing speaks against the decision."""
    rationale = require_words(rationale, field="rationale")
    _check_conditions(decision, conditions)
    if next_review_on is not None and decision not in DECISIONS_TO_REVIEW_AGAIN:
        sentence = exceptions.NextReviewNotAsked.sentence
        raise exceptions.NextReviewNotAsked(fields={"next_review_on": [sentence]})
    if next_review_on is not None and next_review_on < today:
        raise exceptions.NextReviewPast(fields={"next_review_on": [exceptions.NextReviewPast.sentence]})
    place = open_milestones_of.require_place(gate.phase, open_milestones) if closes(gate, decision) else None
    return rationale, place


def _check_conditions(decision: GateDecision, conditions: Sequence[Condition]) -> None:
    """Refuse conditions where none are asked for, and their lack where they are; none of them may be empty."""
    if decision != GateDecision.PROCEED_WITH_CONDITIONS and conditions:
        raise exceptions.ConditionsNotAsked(fields={"conditions": [exceptions.ConditionsNotAsked.sentence]})
    if decision == GateDecision.PROCEED_WITH_CONDITIONS and not conditions:
        raise exceptions.ConditionsMissing(fields={"conditions": [exceptions.ConditionsMissing.sentence]})
    if not all(condition.text.strip() for condition in conditions):
        raise exceptions.ConditionIncomplete(fields={"conditions": [exceptions.ConditionIncomplete.sentence]})


def _keep_checklist(gate: GateReview, today: dt.date) -> None:
    GateCheck.objects.bulk_create(
        GateCheck(
            gate_review=gate,
            check_of=line.check,
            is_well=line.is_well,
            done=line.done,
            total=line.total,
            names=" ".join(line.names),
        )
        for line in queries.checklist(gate.phase, today)
    )


def _ask(gate: GateReview, conditions: Sequence[Condition], *, by: User, at: dt.datetime) -> None:
    """Make each condition the action item that answers it."""
    kept = GateCondition.objects.bulk_create(
        GateCondition(gate_review=gate, position=position, text=condition.text.strip())
        for position, condition in enumerate(conditions, start=1)
    )
    asked = [(one, _request(gate, condition)) for one, condition in zip(kept, conditions, strict=True)]
    actions.insert_conditions(gate=gate, asked=asked, by=by, at=at)


def _request(gate: GateReview, condition: Condition) -> ActionRequest:
    """Return what a condition asks for; a long one has its whole text in the detail."""
    title, detail = worded(condition.text.strip())
    return ActionRequest(
        workstream=condition.workstream,
        phase=gate.phase,
        title=title,
        detail=detail,
        performer=condition.performer,
        requested_for=condition.requested_for,
    )


def _concerned(gate: GateReview) -> list[int | None]:
    return [gate.program.manager_id, gate.phase.owner_id, *gates.deciders(gate)]
