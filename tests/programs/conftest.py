"""What stands in Alice's program in stories about reading it."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from core.accounts.models import User
from programs.choices import Direction, MeasureKind, OutcomeArea, Role
from programs.models import Measure, Measurement, Membership, Outcome, Phase, Program
from tests.cast import MONDAY

TODAY = MONDAY.date()
STAMPS = {"created_at": MONDAY, "updated_at": MONDAY}
Grow = Callable[[int], None]


@pytest.fixture
def grow(program: Program, roles: dict[Role, User]) -> Grow:
    """Fill Alice's program with as many phases, outcomes, measures, readings and members as asked for."""

    def make(count: int) -> None:
        bob = roles[Role.MEMBER]
        for number in range(1, count + 1):
            phase = Phase.objects.create(
                program=program, code=f"PH{number}", position=number, name=f"Phase {number}", owner=bob, **STAMPS
            )
            outcome = Outcome.objects.create(
                program=program, phase=phase, code=f"O{number}", statement="Customers stay", owner=bob,
                area=OutcomeArea.CUSTOMER, **STAMPS,
            )  # fmt: skip
            measure = Measure.objects.create(
                program=program, outcome=outcome, code=f"M{number}", name="Retention", unit="%", owner=bob,
                kind=MeasureKind.CUSTOMER_BEHAVIOUR, direction=Direction.UP, baseline=Decimal(80), target=Decimal(90),
                baseline_on=TODAY, target_on=TODAY + dt.timedelta(days=90), **STAMPS,
            )  # fmt: skip
            Measurement.objects.create(
                measure=measure, value=Decimal(80 + number), measured_on=TODAY, recorded_on=TODAY,
                recorded_at=MONDAY, recorded_by=bob,
            )  # fmt: skip
            member = User.objects.create_user(f"member{number}@example.org", name=f"Member {number}")
            Membership.objects.create(program=program, person=member)

    return make
