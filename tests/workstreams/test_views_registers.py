"""The list of milestones: by the day each is expected, which is the day it shows, filters by and is late by."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from programs.models import Program
from tests.conftest import Clock
from tests.support import big_program
from tests.support.big_program import NOW, TODAY, Size
from workstreams.models import Dependency, Milestone

ADDRESS = "/programs/ONE/milestones/"
STAMP = {"created_at": NOW, "updated_at": NOW}


@pytest.fixture
def one(alice: User, client: Client, clock: Clock) -> Program:
    """A program of Alice's whose S1 is said for later, and pushes S2 beyond S3."""
    clock.move_to(NOW)
    client.force_login(alice)
    bare = Size(phases=2, milestones=0, dependencies=0, actions=0, outcomes=1)
    program = big_program.make(alice, key="ONE", size=bare)
    stream, phase = program.workstreams.get(code="W1"), program.phases.get(code="PH2")
    for code, baseline, due in (("S1", 40, 61), ("S2", 45, 45), ("S3", 50, 50)):
        days = {"baseline_on": TODAY + dt.timedelta(days=baseline), "due_on": TODAY + dt.timedelta(days=due)}
        Milestone.objects.create(program=program, workstream=stream, phase=phase, code=code, name=code, **days, **STAMP)
    before, after = Milestone.objects.filter(code__in=("S1", "S2")).order_by("code")
    Dependency.objects.create(program=program, predecessor=before, successor=after, lag_days=5, **STAMP)
    return program


def _places(page: str) -> list[str]:
    return sorted(
        (code for code in ("S1", "S2", "S3") if f'id="{code}"' in page), key=lambda code: page.index(f'id="{code}"')
    )


def test_they_stand_by_the_day_they_are_expected(client: Client, one: Program) -> None:
    page = client.get(ADDRESS).content.decode()
    assert "2 of 3 milestones are overdue or moved." in page
    assert _places(page) == ["S3", "S1", "S2"]
    rest, _id, pushed = page.partition('id="S2"')
    assert "said for" in pushed and "said for" not in rest


def test_moved_are_those_that_are_pushed_as_well(client: Client, one: Program) -> None:
    assert _places(client.get(f"{ADDRESS}?state=moved").content.decode()) == ["S1", "S2"]
    assert _places(client.get(f"{ADDRESS}?state=planned&phase=PH2").content.decode()) == ["S3", "S1", "S2"]
    assert _places(client.get(f"{ADDRESS}?discipline=change").content.decode()) == []


def test_overdue_are_those_alone_whose_day_has_passed(client: Client, one: Program) -> None:
    assert _places(client.get(f"{ADDRESS}?state=overdue").content.decode()) == []
    Milestone.objects.filter(code="S1").update(due_on=TODAY - dt.timedelta(days=1))
    assert _places(client.get(f"{ADDRESS}?state=overdue").content.decode()) == ["S1"]
    assert "S1" not in _places(client.get(f"{ADDRESS}?state=moved").content.decode())


def test_the_file_tells_what_was_said_and_what_is_expected(client: Client, one: Program) -> None:
    told = client.get(f"{ADDRESS}?format=csv").content.decode("utf-8-sig")
    (row,) = [row for row in csv.DictReader(io.StringIO(told)) if row["Code"] == "S2"]
    assert row["Said for"] == (TODAY + dt.timedelta(days=45)).isoformat() < row["Expected"]
    assert int(row["Days moved"]) == int(row["Slip, days"]) > 0
    assert row["Days overdue"] == "0"
    Milestone.objects.filter(code="S2").update(due_on=TODAY - dt.timedelta(days=3))
    Dependency.objects.all().delete()
    told = client.get(f"{ADDRESS}?format=csv").content.decode("utf-8-sig")
    (row,) = [row for row in csv.DictReader(io.StringIO(told)) if row["Code"] == "S2"]
    assert (row["Days overdue"], row["Days moved"]) == ("3", "0")


def test_the_list_costs_the_same_whatever_its_length(client: Client, alice: User, one: Program) -> None:
    counts = []
    for key in ("ONE", "BIG"):
        if key == "BIG":
            big_program.make(alice, key="BIG", size=Size(milestones=120, dependencies=200, actions=0))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/programs/{key}/milestones/").status_code == 200
        counts.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
    assert counts[0] == counts[1] <= 8
