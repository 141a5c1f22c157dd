"""The cast: Alice, who owns, Bob, her colleague, and Charlie, the outsider. Every test tells its story with them.

Where a story needs a program, it is Alice's; `roles` gives each role a face.
"""

import datetime as dt

import pytest

from core.accounts.models import User
from programs import services
from programs.choices import Role
from programs.models import Membership, Program
from programs.services import ProgramDetails
from tests.conftest import Clock
from workstreams.choices import Discipline
from workstreams.models import Workstream

PASSWORD = "correct horse battery staple"
# The Monday on which stories begin, at nine in London.
MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@pytest.fixture
def monday(clock: Clock) -> None:
    """Stories begin on their Monday."""
    clock.move_to(MONDAY)


@pytest.fixture
def alice(db: None) -> User:
    """Alice may create programs and owns what a story is about."""
    return User.objects.create_user(
        "alice@example.org", PASSWORD, name="Alice Archer", time_zone="Europe/London", may_create_programs=True
    )


@pytest.fixture
def bob(db: None) -> User:
    """Bob works with Alice."""
    return User.objects.create_user("bob@example.org", PASSWORD, name="Bob Baker", time_zone="America/New_York")


@pytest.fixture
def charlie(db: None) -> User:
    """Charlie has an account and is part of nothing."""
    return User.objects.create_user("charlie@example.org", PASSWORD, name="Charlie Carter", time_zone="Asia/Shanghai")


@pytest.fixture
def program(alice: User) -> Program:
    """Alice's program, a draft, of which she is the manager."""
    details = ProgramDetails(key="ONE", name="One Customer", organisation="Archer & Co", time_zone="Europe/London")
    return services.create_program(details=details, by=alice, at=MONDAY)


@pytest.fixture
def roles(program: Program, alice: User, bob: User) -> dict[Role, User]:
    """Somebody in each role of Alice's program: she is the manager, Bob a member."""
    people = {Role.MANAGER: alice, Role.MEMBER: bob}
    for role, name in ((Role.SPONSOR, "Sue Sponsor"), (Role.LEAD, "Lee Lead"), (Role.VIEWER, "Vic Viewer")):
        people[role] = User.objects.create_user(f"{role}@example.org", PASSWORD, name=name)
    for role, person in people.items():
        Membership.objects.get_or_create(program=program, person=person, defaults={"role": role})
    return people


@pytest.fixture
def workstreams(program: Program, roles: dict[Role, User]) -> dict[Discipline, Workstream]:
    """A workstream of each discipline in Alice's program, both led by its lead."""
    stamps = {"created_at": MONDAY, "updated_at": MONDAY}
    return {
        discipline: Workstream.objects.create(
            program=program, code=f"W{number}", discipline=discipline, name=label, lead=roles[Role.LEAD], **stamps
        )
        for number, (discipline, label) in enumerate(
            ((Discipline.PROJECT, "Systems and data"), (Discipline.CHANGE, "People and habits")), start=1
        )
    }
