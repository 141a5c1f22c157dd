"""What the pages that join all apps keep, as the database holds it: a day has one row."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from backend.overview import services, tasks
from backend.overview.models import Snapshot
from core.accounts.models import User
from programs.choices import ProgramStatus
from programs.models import Program
from tests.conftest import Clock
from tests.support import big_program
from tests.support.big_program import NOW, SMALL, Size
from workstreams.models import ActionItem

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def one(alice: User) -> Program:
    """A small program of Alice's."""
    return big_program.make(alice, key="ONE", size=SMALL)


def test_a_day_has_one_snapshot_and_its_last_figures(one: Program) -> None:
    assert services.take_snapshots(at=NOW) == 1
    first = Snapshot.objects.get()
    ActionItem.objects.filter(program=one, state="kept").update(state="missed", miss_reason="changed_plan")
    services.take_snapshots(at=NOW + HOUR)
    again = Snapshot.objects.get()
    assert (again.pk, again.on, again.taken_at) == (first.pk, first.on, NOW + HOUR)
    assert again.kept < first.kept and again.promises_due == first.promises_due
    services.take_snapshots(at=NOW + 24 * HOUR)
    assert Snapshot.objects.count() == 2


def test_a_snapshot_is_of_the_programs_own_day(one: Program) -> None:
    Program.objects.update(time_zone="Pacific/Auckland")
    services.take_snapshots(at=NOW)
    assert Snapshot.objects.get().on == dt.date(2026, 11, 21)


@pytest.mark.parametrize(("status", "count"), [("active", 1), ("paused", 1), ("closed", 0), ("stopped", 0)])
def test_what_is_over_is_kept_no_more(one: Program, status: str, count: int) -> None:
    Program.objects.update(status=ProgramStatus(status))
    assert services.take_snapshots(at=NOW) == count == Snapshot.objects.count()


def test_a_part_is_never_more_than_its_whole(one: Program) -> None:
    services.take_snapshots(at=NOW)
    with pytest.raises(IntegrityError, match="snapshot_parts_within_their_wholes"), transaction.atomic():
        Snapshot.objects.update(kept=10_000)


def test_many_programs_cost_what_one_does(one: Program, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with CaptureQueriesContext(connection) as few:
        services.take_snapshots(at=NOW)
    for number in range(5):
        big_program.make(alice, key=f"BIG{number}", size=Size(milestones=20, dependencies=10))
    with CaptureQueriesContext(connection) as many:
        assert services.take_snapshots(at=NOW) == 6
    counts = [len([q for q in each if "SAVEPOINT" not in q["sql"]]) for each in (few, many)]
    assert counts[0] == counts[1] <= 14
    monkeypatch.setattr("backend.overview.services.snapshots.BATCH", 4)
    assert services.take_snapshots(at=NOW) == 6 == Snapshot.objects.count()


def test_the_task_keeps_the_day(one: Program, clock: Clock) -> None:
    clock.move_to(NOW)
    tasks.take_snapshots()
    assert Snapshot.objects.get().on == NOW.date()


def test_looking_again_within_the_hour_is_the_same_visit(alice: User, one: Program) -> None:
    hour = dt.timedelta(hours=1)
    note = services.note_visit
    assert note(person=alice, program_id=one.pk, at=NOW) is None
    assert note(person=alice, program_id=one.pk, at=NOW + hour / 2) is None
    assert note(person=alice, program_id=one.pk, at=NOW + hour) == NOW
    assert note(person=alice, program_id=one.pk, at=NOW + hour * 1.5) == NOW
    assert note(person=alice, program_id=one.pk, at=NOW + hour * 3) == NOW + hour
