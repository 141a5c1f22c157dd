"""The work that stories about promises and milestones are told with."""

import datetime as dt
from decimal import Decimal

import pytest

from core.accounts.models import User
from notifications import services as notifications
from programs.choices import Direction, MeasureKind, OutcomeArea, Role
from programs.models import Measure, Outcome, Phase, Program
from tests.cast import MONDAY
from workstreams import services
from workstreams.choices import Discipline
from workstreams.models import ActionItem, Milestone, Workstream
from workstreams.services import ActionRequest

TODAY = MONDAY.date()
FRIDAY = TODAY + dt.timedelta(days=4)
STAMPS = {"created_at": MONDAY, "updated_at": MONDAY}


@pytest.fixture
def phase(program: Program, workstreams: dict[Discipline, Workstream]) -> Phase:
    """The first phase of Alice's program; the reminder engine knows the program."""
    services.tell_engine(program, holidays=())
    return Phase.objects.create(
        program=program, code="PH1", position=1, name="Mobilise", baseline_start_on=TODAY, **STAMPS
    )


@pytest.fixture
def measured(phase: Phase, bob: User) -> Phase:
    """The first phase with an outcome that is completely measured."""
    outcome = Outcome.objects.create(
        program=phase.program, phase=phase, code="O1", statement="Customers stay", area=OutcomeArea.CUSTOMER, **STAMPS
    )
    Measure.objects.create(
        program=phase.program, outcome=outcome, code="M1", name="Retention", unit="%", owner=bob,
        kind=MeasureKind.CUSTOMER_BEHAVIOUR, direction=Direction.UP, baseline=Decimal(80), target=Decimal(90),
        baseline_on=TODAY, target_on=TODAY + dt.timedelta(days=90), **STAMPS,
    )  # fmt: skip
    return phase


@pytest.fixture
def milestone(
    program: Program, phase: Phase, workstreams: dict[Discipline, Workstream], roles: dict[Role, User]
) -> Milestone:
    """A milestone that Bob owns, due on Friday."""
    return Milestone.objects.create(
        program=program,
        phase=phase,
        workstream=workstreams[Discipline.PROJECT],
        code="S1",
        name="Rules approved",
        owner=roles[Role.MEMBER],
        baseline_on=FRIDAY,
        due_on=FRIDAY,
        **STAMPS,
    )


@pytest.fixture
def following(milestone: Milestone, alice: User) -> Milestone:
    """S2, on the same Friday, that waits for S1."""
    place = {"program": milestone.program, "phase": milestone.phase, "workstream": milestone.workstream}
    made = Milestone.objects.create(
        code="S2", name="Wave 1 live", baseline_on=FRIDAY, due_on=FRIDAY, owner=alice, **place, **STAMPS
    )
    services.add_dependency(predecessor=milestone, successor=made, by=alice, at=MONDAY)
    return made


@pytest.fixture
def request_of_bob(phase: Phase, workstreams: dict[Discipline, Workstream], roles: dict[Role, User]) -> ActionRequest:
    """What the sponsor asks of Bob, by Friday."""
    return ActionRequest(
        workstream=workstreams[Discipline.CHANGE],
        phase=phase,
        title="Brief the branches",
        performer=roles[Role.MEMBER],
        requested_for=FRIDAY,
    )


@pytest.fixture
def item(program: Program, request_of_bob: ActionRequest, roles: dict[Role, User]) -> ActionItem:
    """An action item that the sponsor asked of Bob, unanswered."""
    return services.request_action(program=program, request=request_of_bob, by=roles[Role.SPONSOR], at=MONDAY)


@pytest.fixture
def promise(item: ActionItem, bob: User) -> ActionItem:
    """The same, promised by Bob for Friday."""
    return services.promise_action(item=item, promised_for=FRIDAY, by=bob, at=MONDAY)


@pytest.fixture
def reminding(program: Program, phase: Phase) -> None:
    """Reminders of Alice's program are started."""
    notifications.start_reminders(scope_id=program.pk, by=None, at=MONDAY)
