"""Two programs with everything in them, alike but for the people: what the URL table is tried on."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from core.accounts.models import ApiToken, User
from core.accounts.services import create_token
from notifications import services as notifications
from notifications.choices import ReminderState
from notifications.models import Reminder
from programs.choices import Code, Direction, MeasureKind, OutcomeArea, PhaseStatus, Rating, Role
from programs.models import Measure, Measurement, Membership, Outcome, Phase, Program
from programs.services import codes
from workstreams.choices import ActionState, Discipline, GateState, MilestoneState, MissReason, RaidKind
from workstreams.models import ActionItem, Dependency, GateReview, Milestone, RaidEntry, Workstream


@dataclass(frozen=True)
class House:
    """A program with its people by role, and the numbers of what stands in it."""

    program: Program
    people: dict[str, User]
    word: str
    pks: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The program's key."""
        return self.program.key

    def code(self, local: str) -> str:
        """Return the full code of a thing."""
        return f"{self.key}-{local}"


def today() -> dt.date:
    """Return the day in the programs' time zone."""
    return clock.today("Europe/London")


def soon() -> dt.date:
    """Return a day that has not come."""
    return today() + dt.timedelta(days=5)


def build(key: str, word: str) -> House:
    """Make a program; `word` stands in the name of everything in it.

    The member performs every action item, owns every milestone and measure; the sponsor asked; the lead leads.
    """
    now = clock.now()
    stamps: dict[str, Any] = {"created_at": now, "updated_at": now}
    program = Program.objects.create(
        key=key, name=f"{word} program", organisation=word, time_zone="Europe/London", **stamps
    )
    people = {role.value: person(f"{role}.{key}", f"{word} {role.label}") for role in Role}
    Membership.objects.bulk_create(Membership(program=program, person=one, role=role) for role, one in people.items())
    notifications.set_scope(
        scope_id=program.pk, subject=f"program:{program.pk}", label=str(program), time_zone="Europe/London", holidays=[]
    )
    house = House(program, people, word)
    _plan(house, stamps)
    _work(house, stamps)
    return house


def person(name: str, label: str, **facts: Any) -> User:
    """Make somebody with an account."""
    return User.objects.create_user(f"{name}@example.org", "a password for tests", name=label, **facts)


def _plan(house: House, stamps: dict[str, Any]) -> None:
    program, owner, day = house.program, house.people["member"], today()
    phase = Phase.objects.create(
        program=program, code="PH1", position=1, name=f"{house.word} phase", baseline_start_on=day, **stamps
    )
    outcome = Outcome.objects.create(
        program=program, phase=phase, code="O1", statement=f"{house.word} outcome", area=OutcomeArea.CUSTOMER, **stamps
    )
    measure = Measure.objects.create(
        program=program, outcome=outcome, code="M1", name=f"{house.word} measure", kind=MeasureKind.CUSTOMER_BEHAVIOUR,
        direction=Direction.UP, unit="%", baseline=Decimal(1), target=Decimal(2), owner=owner, **stamps,
    )  # fmt: skip
    measurement = Measurement.objects.create(
        measure=measure, value=Decimal(1), measured_on=day, recorded_on=day, recorded_at=stamps["created_at"],
        note=house.word,
    )  # fmt: skip
    gate = GateReview.objects.create(program=program, phase=phase, code="G1", planned_on=day, **stamps)
    for kind in (Code.OUTCOME, Code.MEASURE):
        codes.keep_ahead(program_id=program.pk, kind=kind, number=9)
    _review(house, stamps)
    raid = RaidEntry.objects.create(
        program=program, code="R1", kind=RaidKind.ISSUE, impact=3, title=f"{house.word} issue", review_on=day, **stamps
    )
    house.pks.update(phase=phase.pk, outcome=outcome.pk, measurement=measurement.pk, gate=gate.pk, raid=raid.pk)


def _review(house: House, stamps: dict[str, Any]) -> None:
    """Add a phase under way whose gate, G2, was held and is not decided."""
    program, day = house.program, today()
    phase = Phase.objects.create(
        program=program, code="PH2", position=2, name=f"{house.word} phase in review", status=PhaseStatus.IN_REVIEW,
        actual_start_on=day, baseline_start_on=day, **stamps,
    )  # fmt: skip
    GateReview.objects.create(
        program=program, phase=phase, code="G2", planned_on=day, held_on=day, state=GateState.HELD, rating=Rating.AMBER,
        **stamps,
    )  # fmt: skip
    third = Phase.objects.create(
        program=program, code="PH3", position=3, name=f"{house.word} phase to come", baseline_start_on=day, **stamps
    )
    codes.keep_ahead(program_id=program.pk, kind=Code.GATE, number=2)
    codes.keep_ahead(program_id=program.pk, kind=Code.PHASE, number=9)
    codes.keep_ahead(program_id=program.pk, kind=Code.RAID, number=1)
    house.pks["unreviewed"] = third.pk


def _work(house: House, stamps: dict[str, Any]) -> None:
    program, member, phase_id = house.program, house.people["member"], house.pks["phase"]
    streams = [
        Workstream.objects.create(
            program=program, code=f"W{number}", discipline=discipline, name=f"{house.word} stream",
            lead=house.people["lead"], **stamps,
        )
        for number, discipline in enumerate(Discipline, start=1)
    ]  # fmt: skip
    # One that holds nothing and is not the last of its discipline.
    Workstream.objects.create(
        program=program, code="W3", discipline=Discipline.PROJECT, name=f"{house.word} stream", **stamps
    )
    place: dict[str, Any] = {"program": program, "phase_id": phase_id, "workstream": streams[0], **stamps}
    first, second = (
        Milestone.objects.create(
            **place, code=f"S{number}", name=f"{house.word} milestone", owner=member, baseline_on=soon(), due_on=soon(),
            baseline_frozen_at=stamps["created_at"], **facts,
        )
        for number, facts in enumerate(({}, {"state": MilestoneState.ACHIEVED, "actual_on": today()}), start=1)
    )  # fmt: skip
    # One that nothing hangs on.
    Milestone.objects.create(
        **place, code="S3", name=f"{house.word} milestone", owner=member, baseline_on=soon(), due_on=soon()
    )
    dependency = Dependency.objects.create(program=program, predecessor=second, successor=first, **stamps)
    house.pks.update(stream=streams[0].pk, milestone=first.pk, dependency=dependency.pk)
    promised = {"promised_for": soon()}
    done = {**promised, "done_on": today()}
    items: dict[str, dict[str, Any]] = {
        "A1": {"state": ActionState.REQUESTED},
        "A2": {"state": ActionState.COMMITTED, **promised},
        "A3": {"state": ActionState.COMMITTED, **done, "needs_acceptance": True},
        "A4": {"state": ActionState.KEPT, **done},
        "A5": {"state": ActionState.MISSED, **promised, "miss_reason": MissReason.PARTNER_DELAY},
    }
    for code, facts in items.items():
        ActionItem.objects.create(
            **place, code=code, title=f"{house.word} item", performer=member, requester=house.people["sponsor"],
            requested_for=soon(), **facts,
        )  # fmt: skip
    for kind, number in ((Code.ACTION, 5), (Code.PROJECT_MILESTONE, 3), (Code.WORKSTREAM, 3)):
        codes.keep_ahead(program_id=program.pk, kind=kind, number=number)


def reminder_of(house: House, reader: User) -> Reminder:
    """Make a line in somebody's inbox about the milestone of a program."""
    now = clock.now()
    return Reminder.objects.create(
        kind="milestone", subject_kind="milestone", subject_id=house.pks["milestone"], scope_id=house.program.pk,
        due_on=soon(), step=0, recipient=reader, role="owner", shows_at=now, send_at=now, decided_at=now,
        state=ReminderState.COLLECTED,
    )  # fmt: skip


def token_of(reader: User, scope: str = "write") -> tuple[ApiToken, str]:
    """Make a token for somebody."""
    return create_token(person=reader, name="test", scope=scope, days=1, by=reader, at=clock.now())


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Undo whatever happens meanwhile."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
