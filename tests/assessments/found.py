"""What a completed assessment leads to: a finding with two steps, and a debrief. A plugin of the tests that tell it."""

import datetime as dt
from collections.abc import Callable

import pytest

from assessments import services
from assessments.choices import AssessmentState, Purpose, Urgency
from assessments.models import Assessment, AssessmentTemplate, Criterion, Debrief, Finding, Recommendation
from assessments.services import FindingDetails, RecommendationDetails
from core.accounts.models import User
from programs.choices import Role
from programs.models import Phase, Program
from tests.cast import MONDAY
from tests.work import FRIDAY, STAMPS, TODAY
from workstreams.choices import Discipline
from workstreams.models import Workstream

Roles = dict[Role, User]
Accept = Callable[..., Recommendation]


@pytest.fixture
def completed(program: Program, template: AssessmentTemplate, roles: Roles, alice: User) -> Assessment:
    """An assessment of Alice's program, completed last Friday; she facilitates, the sponsor is there."""
    Program.objects.filter(pk=program.pk).update(sponsor=roles[Role.SPONSOR], manager=alice)
    program.refresh_from_db()
    return Assessment.objects.create(
        program=program, template=template, code="T1", purpose=Purpose.CALIBRATION, facilitator=alice,
        state=AssessmentState.COMPLETED, completed_on=TODAY - dt.timedelta(days=3), **STAMPS,
    )  # fmt: skip


@pytest.fixture
def gap(completed: Assessment, criteria: dict[str, Criterion], alice: User) -> Finding:
    """A gap with its cause, that touches two other criteria."""
    details = FindingDetails(
        kind="gap",
        text="Card and mortgage staff ask for the same papers.",
        criterion=criteria["C2"],
        root_cause="Each line is scored on its own cycle time.",
        is_systemic=True,
        affects=[criteria["E2"], criteria["S1"]],
    )
    return services.add_finding(assessment=completed, details=details, by=alice, at=MONDAY)


@pytest.fixture
def strength(completed: Assessment, alice: User) -> Finding:
    """A strength."""
    details = FindingDetails(kind="strength", text="Branch managers can say why.")
    return services.add_finding(assessment=completed, details=details, by=alice, at=MONDAY)


def recommend(finding: Finding, by: User, urgency: Urgency = Urgency.ESSENTIAL) -> Recommendation:
    """Recommend a step of some urgency for a finding."""
    details = RecommendationDetails(
        text="Withdraw the duplicate proof-of-income letter", rationale="It is asked for twice.", urgency=urgency
    )
    return services.add_recommendation(finding=finding, details=details, by=by, at=MONDAY)


@pytest.fixture
def essential(gap: Finding, alice: User) -> Recommendation:
    """A step that managers decide on."""
    return recommend(gap, alice)


@pytest.fixture
def critical(gap: Finding, alice: User) -> Recommendation:
    """A step that the sponsor decides on."""
    return recommend(gap, alice, Urgency.CRITICAL)


@pytest.fixture
def accept(phase: Phase, workstreams: dict[Discipline, Workstream], bob: User) -> Accept:
    """Accept a step as somebody: Bob is asked to do it by Friday."""

    def accepted(recommendation: Recommendation, by: User) -> Recommendation:
        return services.accept_recommendation(
            recommendation=recommendation,
            performer=bob,
            requested_for=FRIDAY,
            workstream=workstreams[Discipline.CHANGE],
            phase=phase,
            by=by,
            at=MONDAY,
        )

    return accepted


@pytest.fixture
def debrief(completed: Assessment, alice: User) -> Debrief:
    """The debrief of that assessment, prepared for Friday."""
    return services.prepare_debrief(assessment=completed, planned_on=FRIDAY, by=alice, at=MONDAY)


@pytest.fixture
def briefed(debrief: Debrief, alice: User) -> Debrief:
    """The same, its sponsor briefed today."""
    return services.brief_sponsor(debrief=debrief, by=alice, at=MONDAY)


@pytest.fixture
def held(briefed: Debrief, alice: User) -> Debrief:
    """The same, held today."""
    return services.hold_debrief(debrief=briefed, by=alice, at=MONDAY)
