"""What the database holds of gate reviews and their conditions."""

from typing import Any

import pytest
from django.db import connection

from core.accounts.models import User
from programs.models import Phase, Program
from tests.work import STAMPS, TODAY
from tests.workstreams.test_models import refused
from workstreams.choices import GateDecision, GateState
from workstreams.models import GateCondition, GateReview


@pytest.fixture
def gate(program: Program, phase: Phase) -> GateReview:
    return GateReview.objects.create(program=program, phase=phase, code="G1", planned_on=TODAY, **STAMPS)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": GateState.HELD}, "gate_held_has_a_date"),
        ({"decision": GateDecision.PROCEED}, "gate_decision_when_decided"),
        ({"state": GateState.DECIDED, "held_on": TODAY, "decision": "proceed"}, "gate_decided_is_complete"),
        ({"rating": "blue"}, "gate_rating_known"),
        ({"state": "open", "held_on": TODAY}, "gate_state_known"),
    ],
)
def test_a_gate_review_cannot_be(values: dict[str, Any], name: str, gate: GateReview) -> None:
    refused(lambda: GateReview.objects.filter(pk=gate.pk).update(**values), name)


def test_a_decided_gate_is_locked_with_its_conditions(gate: GateReview, alice: User) -> None:
    GateCondition.objects.create(gate_review=gate, position=1, text="Publish the rule")
    mine = GateReview.objects.filter(pk=gate.pk)
    decision = {"decision": GateDecision.PROCEED, "decided_by": alice, "rationale": "It cannot wait"}
    mine.update(state=GateState.DECIDED, held_on=TODAY, **decision)

    refused(lambda: mine.update(rationale="It can"), "locked")
    refused(lambda: GateCondition.objects.update(text="Or not"), "append-only")


def test_a_phase_has_one_open_gate(gate: GateReview) -> None:
    name = "phase_id" if connection.vendor == "sqlite" else "gate_one_open_a_phase"
    refused(
        lambda: GateReview.objects.create(
            program=gate.program, phase=gate.phase, code="G2", planned_on=TODAY, **STAMPS
        ),
        name,
    )
