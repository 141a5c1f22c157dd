"""The two figures of leadership: the gap from three answers a side, and what the sponsor did by its day."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.choices import AssessmentState, DebriefState
from assessments.models import Answer, Assessment, AssessmentTemplate, Assessor, Criterion, Debrief
from assessments.queries.leadership import sponsor_engagement, vision_reality_gap
from core.accounts.models import User
from programs.choices import Role
from programs.indicators import Share
from programs.models import Phase, Program
from tests.assessments.past import STAMPS, completed, in_consensus
from tests.cast import MONDAY
from workstreams.choices import ActionState
from workstreams.models import ActionItem, GateReview

TODAY = MONDAY.date()
DAY = dt.timedelta(days=1)


def _answer(assessment: Assessment, code: str, *, leaders: list[int | None], others: list[int | None]) -> None:
    """Have people answer one criterion, None for no percent."""
    criterion = Criterion.objects.get(template=assessment.template, code=code)
    for is_leader, percents in ((True, leaders), (False, others)):
        for number, percent in enumerate(percents):
            email = f"{is_leader}-{number}@example.org".lower()
            person, _made = User.objects.get_or_create(email=email)
            assessor, _made = Assessor.objects.get_or_create(
                assessment=assessment, person=person, defaults={"is_leader": is_leader, **STAMPS}
            )
            Answer.objects.create(assessor=assessor, criterion=criterion, percent=percent, **STAMPS)


def test_the_gap_is_told_from_three_answers_a_side_the_widest_first(
    program: Program, template: AssessmentTemplate
) -> None:
    assessment = in_consensus(program, template)
    _answer(assessment, "L1", leaders=[90, 80, 85], others=[40, 35, 40, 45])
    _answer(assessment, "L2", leaders=[50, 50, 50], others=[60, 60, 60])
    _answer(assessment, "L3", leaders=[100, 100], others=[0, 0, 0])
    _answer(assessment, "L4", leaders=[100, 100, 100], others=[0, 0, None])
    _answer(assessment, "P1", leaders=[100, 100, 100], others=[0, 0, 0])
    with CaptureQueriesContext(connection) as queries:
        found = vision_reality_gap(assessment)
    assert len(queries) == 1
    assert [(gap.code, int(gap.leaders), int(gap.others), int(gap.points)) for gap in found] == [
        ("L1", 85, 40, 45), ("L2", 50, 60, -10),
    ]  # fmt: skip


def test_every_section_of_a_template_about_leadership_counts(
    program: Program, templates: dict[str, AssessmentTemplate]
) -> None:
    assessment = in_consensus(program, templates["leadership-and-commitment"])
    _answer(assessment, "LC1", leaders=[30, 30, 35], others=[30, 30, 30])
    assert [(gap.code, gap.points) for gap in vision_reality_gap(assessment)] == [("LC1", Fraction(5, 3))]


@pytest.mark.parametrize("hidden", [{"state": AssessmentState.OPEN}, {"is_in_words": True}])
def test_there_is_no_gap_before_consensus_and_in_words(
    program: Program, template: AssessmentTemplate, hidden: dict[str, Any]
) -> None:
    assessment = in_consensus(program, template, **hidden)
    _answer(assessment, "L1", leaders=[90, 80, 85], others=[40, 35, 40])
    assert vision_reality_gap(assessment) == []


@pytest.fixture
def sue(program: Program, roles: dict[Role, User]) -> User:
    """The sponsor of Alice's program."""
    program.sponsor = roles[Role.SPONSOR]
    program.save(update_fields=["sponsor"])
    return roles[Role.SPONSOR]


def _promise(item: ActionItem, sue: User, code: str, on: dt.date, state: str, **facts: Any) -> None:
    """Keep a promise of the sponsor's."""
    item.pk, item.code, item.performer, item.promised_for, item.state = None, code, sue, on, state
    for name in ("done_on", "miss_reason"):
        setattr(item, name, facts.get(name, None if name == "done_on" else ""))
    item._state.adding = True
    item.save()


def test_of_the_sponsors_promises_those_kept_by_their_day_count(
    program: Program, sue: User, item: ActionItem, bob: User
) -> None:
    for code, on, state, facts in (
        ("K1", TODAY, ActionState.KEPT, {"done_on": TODAY}),
        ("K2", TODAY - 90 * DAY, ActionState.KEPT, {"done_on": TODAY - 90 * DAY}),
        ("K3", TODAY + DAY, ActionState.KEPT, {"done_on": TODAY}),
        ("M1", TODAY - 5 * DAY, ActionState.MISSED, {"miss_reason": "partner_delay"}),
        ("C1", TODAY - DAY, ActionState.COMMITTED, {}),
        ("C2", TODAY, ActionState.COMMITTED, {}),
        ("W1", TODAY - DAY, ActionState.WITHDRAWN, {}),
    ):
        _promise(item, sue, code, on, state, **facts)
    _promise(item, bob, "B1", TODAY - DAY, ActionState.KEPT, done_on=TODAY - DAY)
    with CaptureQueriesContext(connection) as queries:
        found = sponsor_engagement(program, TODAY)
    assert len(queries) == 3
    assert found is not None
    assert (found.promises, found.together) == (Share(1, 3), Share(1, 3))


def _gate(phase: Phase, code: str, planned: dt.date, decided: dt.date | None = None, by: User | None = None) -> None:
    facts: dict[str, Any] = {}
    if decided is not None:
        facts = {
            "state": "decided", "held_on": decided, "decided_on": decided, "decided_by": by, "decision": "proceed",
            "rationale": "Enough is known.", "rating": "green",
        }  # fmt: skip
    GateReview.objects.create(program=phase.program, phase=phase, code=code, planned_on=planned, **facts, **STAMPS)


def test_of_the_gates_those_the_sponsor_decided_by_their_day_count(
    program: Program, sue: User, phase: Phase, bob: User
) -> None:
    _gate(phase, "G1", TODAY - 10 * DAY, TODAY - 10 * DAY, sue)
    _gate(phase, "G2", TODAY - 9 * DAY, TODAY - 2 * DAY, sue)
    _gate(phase, "G3", TODAY - 8 * DAY, TODAY - 8 * DAY, bob)
    _gate(phase, "G4", TODAY - 100 * DAY, TODAY - 100 * DAY, sue)
    _gate(phase, "G5", TODAY)
    found = sponsor_engagement(program, TODAY)
    assert found is not None
    assert found.decisions == Share(1, 2)
    late = sponsor_engagement(program, TODAY + DAY)
    assert late is not None
    assert late.decisions == Share(1, 3)


def test_of_the_debriefs_those_held_by_their_day_count(
    program: Program, sue: User, template: AssessmentTemplate
) -> None:
    for number, (planned, held) in enumerate(
        ((TODAY - 5 * DAY, TODAY - 5 * DAY), (TODAY - 5 * DAY, TODAY - 4 * DAY), (TODAY - DAY, None), (TODAY, None))
    ):
        Debrief.objects.create(
            assessment=completed(program, template, f"T{number}", TODAY - 9 * DAY),
            planned_on=planned,
            state=DebriefState.HELD if held else DebriefState.PREPARED,
            sponsor_briefed_on=TODAY - 8 * DAY,
            held_on=held,
            **STAMPS,
        )
    found = sponsor_engagement(program, TODAY)
    assert found is not None
    assert found.debriefs == Share(1, 3)


def test_a_program_without_a_sponsor_has_no_engagement(program: Program) -> None:
    assert sponsor_engagement(program, TODAY) is None
