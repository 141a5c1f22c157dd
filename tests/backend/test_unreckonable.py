"""A row that nothing can be reckoned from, forced past its constraint: its program says so, and no other is harmed."""

import datetime as dt
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test import Client

from assessments import services as assessments
from backend.cli import checks
from backend.overview import services as overview
from backend.overview.models import Snapshot
from backend.programfile import services as programfile
from core.accounts.models import User
from core.faults import columns_of_days, days_out_of_range
from notifications import services as notifications
from programs.models import Program
from tests.conftest import Clock
from tests.support.api import Api, ApiOf
from tests.support.big_program import NOW
from tests.support.pages import read
from workstreams.models import Dependency, Milestone

SAMPLE = Path(__file__).resolve().parents[2] / "programs/data/one-customer.yaml"
DAY = dt.timedelta(days=1)
# What belongs to a program, but for what the engine and the history write of themselves.
COLUMNS = [
    (model, name)
    for model, name in columns_of_days()
    if model._meta.app_label in ("assessments", "programs", "workstreams") and model._meta.model_name != "prompt"
]
PAGES = ("", "plan/", "milestones/", "lanes/", "figures/", "confidence/")
OTHERS = ("/programs/", "/my-work/", "/inbox/", "/programs/TWO/")
LISTS = ("milestones/", "phases/", "action-items/", "measures/", "people/me/asks/", "programs/TWO/overview/")


@pytest.fixture
def both(clock: Clock) -> tuple[Program, Program]:
    """The sample program twice, with its reminders on."""
    clock.move_to(NOW)
    text = SAMPLE.read_text(encoding="utf-8")
    for key in ("ONE", "TWO"):
        programfile.load_program_file(
            text=text.replace("key: ONE", f"key: {key}", 1), source_name=SAMPLE.name, as_of=None, by=None, at=NOW
        )
    return Program.objects.get(key="ONE"), Program.objects.get(key="TWO")


def _marta() -> User:
    return User.objects.get(email="marta.osei@harbourvale.example")


def _lift(cursor: Any, table: str) -> None:
    """Lift the constraints and triggers of a table, until the transaction is rolled back."""
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        return
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')


def _force(model: type[Model], name: str, day: str, program: Program) -> int:
    """Write a day into all rows of a kind in a program; return how many these are."""
    owners = (
        "program_id",
        "milestone__program_id",
        "measure__program_id",
        "item__program_id",
        "assessment__program_id",
    )
    for owner in owners:
        if owner.partition("__")[0].removesuffix("_id") in {field.name for field in model._meta.local_fields}:
            rows = model._default_manager.filter(**{owner: program.pk})
            break
    else:
        rows = model._default_manager.filter(pk=program.pk) if model is Program else model._default_manager.none()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        _lift(cursor, table)
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        # Where a day is once in each, one row has it.
        for some in (keys, keys[:1]):
            try:
                with transaction.atomic():
                    for pk in some:
                        cursor.execute(f'UPDATE "{table}" SET "{name}" = %s WHERE id = %s', [day, pk])
            except IntegrityError:
                continue
            break
    return len(keys)


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def _harmed(client: Client, api: Api) -> list[str]:
    """Return what no longer works that the bad program has no part in, and which of its own pages break down."""
    answers = {address: client.get(address).status_code for address in OTHERS}
    answers |= {address: api.get(address).status_code for address in LISTS}
    wrong = [f"{address} {status}" for address, status in answers.items() if status != 200]
    own = {f"/programs/ONE/{page}": client.get(f"/programs/ONE/{page}").status_code for page in PAGES}
    own |= {"overview": api.get("programs/ONE/overview/").status_code}
    return wrong + [f"{address} {status}" for address, status in own.items() if status not in (200, 409)]


@pytest.mark.parametrize("app", sorted({model._meta.app_label for model, _name in COLUMNS}))
def test_a_bad_day_harms_its_own_program_alone(
    both: tuple[Program, Program], client: Client, api_of: ApiOf, app: str
) -> None:
    bad, good = both
    harmed: dict[str, list[str]] = {}
    tried = 0
    client.force_login(_marta())
    client.raise_request_exception = False
    api = api_of(_marta())
    mine = [each for each in COLUMNS if each[0]._meta.app_label == app]
    # By turns, as both ends of time fail in the same places: what is reckoned from a day beyond the calendar.
    for (model, name), day in zip(mine, cycle(("9999-12-31", "0001-01-01")), strict=False):
        with transaction.atomic():
            if _force(model, name, day, bad):
                tried += 1
                assert days_out_of_range() != []
                harmed[f"{model.__name__}.{name} {day}"] = [*_harmed(client, api), *_stopped(good)]
            transaction.set_rollback(True)
    assert tried > 5
    assert {place: found for place, found in harmed.items() if found} == {}


def _stopped(good: Program) -> Iterator[str]:
    """Yield the batches that a bad row stops for another program."""
    later = NOW + DAY
    for run in (overview.take_snapshots, notifications.sweep, assessments.raise_prompts):
        try:
            with transaction.atomic():
                run(at=later)
        except Exception as error:  # noqa: BLE001  # whatever stops it is told
            yield f"{run.__name__}: {error!r}"
    if not Snapshot.objects.filter(program=good).exists():
        yield "no snapshot"


def _faulty(what: str, bad: Program) -> None:
    """Make a program one that cannot be reckoned, in one of the ways that are not a day alone."""
    one, two = Milestone.objects.filter(program=bad, state="planned").order_by("pk")[:2]
    Dependency.objects.filter(program=bad).delete()
    stamps = {"created_at": NOW, "updated_at": NOW}
    Dependency.objects.create(program=bad, predecessor=one, successor=two, lag_days=5, **stamps)
    if what == "ring":
        with connection.cursor() as cursor:
            _lift(cursor, Dependency._meta.db_table)
        Dependency.objects.create(program=bad, predecessor=two, successor=one, **stamps)
    else:
        _force(Milestone, "due_on", "9999-12-31", bad)


@pytest.mark.parametrize("what", ["ring", "a day past the calendar, and a lag"])
def test_it_says_so_where_it_is_read_and_is_told_to_who_runs_it(
    both: tuple[Program, Program], client: Client, api_of: ApiOf, what: str
) -> None:
    bad, good = both
    client.force_login(_marta())
    client.raise_request_exception = False
    api = api_of(_marta())
    with transaction.atomic():
        _faulty(what, bad)
        assert _harmed(client, api) == []
        assert [*_stopped(good)] == []
        for page in ("", "plan/", "milestones/", "lanes/", "figures/"):
            shown = client.get(f"/programs/ONE/{page}")
            assert shown.status_code == 409
            assert "This program cannot be reckoned" in shown.content.decode()
        answer = api.get("programs/ONE/overview/")
        assert (answer.status_code, answer.json()["code"]) == (409, "unreckonable")
        portfolio = read(client, "/programs/")
        assert portfolio.count("cannot be reckoned") == 1
        assert "No program needs anybody now." not in portfolio
        assert not Snapshot.objects.filter(program=bad).exists()
        (finding,) = [each for each in checks.all_findings() if each.name == "programs"]
        assert "ONE" in finding.words and finding.remedy
        client.force_login(User.objects.create_user("staff@example.net", name="Staff", is_staff=True))
        assert "ONE" in read(client, "/outbox/")
        transaction.set_rollback(True)
