"""Deciding a gate: once and for all, with the checklist as it was, the phase that follows, and what is asked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from core import clock
from core.accounts.models import User
from programs.services.guards import require_words
from workstreams import access, exceptions, notices, queries
from workstreams.choices import DECISION_MOVES, GateDecision
from workstreams.models import GateCheck, GateCondition, GateReview, Workstream
from workstreams.services import actions, gates
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
) -> GateReview:
    """Decide a review that was held, once and for all, with the checklist as it is now.

    The phase moves as the decision says; each condition becomes an action item, asked of its performer.

    Raises:
        GateDecided: when it is decided already.
        ReasonMissing: without a rationale.
        ConditionsMissing, ConditionsNotAsked: when decision and conditions do not go together.
        NotInThisProgram: when a workstream or a performer is of elsewhere.
    """
    gate, member = gates.locked(gate, by)
    access.require(member, gate, "decide")
    state = gates.target(gate, "decide")
    rationale = require_words(rationale, field="rationale")
    chosen = GateDecision(decision)
    _check_conditions(chosen, conditions)
    today = clock.today(gate.program.time_zone, at)
    _keep_checklist(gate, today)
    gates.write(
        gate, "decide", by=by, at=at, reason=rationale,
        state=state, decision=chosen.value, decided_by=by, decided_on=today, rationale=rationale,
    )  # fmt: skip
    if move := DECISION_MOVES.get(chosen):
        gates.move_phase(gate, move, by=by, at=at)
    _ask(gate, conditions, by=by, at=at)
    gates.tell(notices.GATE_DECISIONS[chosen], gate, to=_concerned(gate), by=by, at=at)
    return gate


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
