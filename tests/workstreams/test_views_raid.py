"""The RAID register: what is open first, the gravest first, and what its first sentence says of it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from core.accounts.models import User
from programs.models import Program
from tests.conftest import Clock
from tests.support import big_program
from tests.support.big_program import NOW, TODAY, Size
from workstreams import indicators
from workstreams.models import RaidEntry
from workstreams.queries import registers

QUIET = Size(phases=1, milestones=0, dependencies=0, actions=0, outcomes=0)


@pytest.fixture
def one(alice: User, client: Client, clock: Clock) -> Program:
    """A program of Alice's with nothing in its register."""
    clock.move_to(NOW)
    client.force_login(alice)
    return big_program.make(alice, key="ONE", size=QUIET)


def _enter(program: Program, code: str, **facts: Any) -> None:
    stamps = {"created_at": NOW, "updated_at": NOW}
    values = {"state": "open", "review_on": TODAY + dt.timedelta(days=9), "title": f"Title of {code}"}
    RaidEntry.objects.create(program=program, code=code, **(values | stamps | facts))


def test_the_gravest_of_what_is_open_comes_first_and_is_named(client: Client, one: Program) -> None:
    assert "No risk, issue, assumption or dependency is open." in client.get("/programs/ONE/raid/").content.decode()
    _enter(one, "R1", kind="risk", probability=5, impact=5, state="closed")
    _enter(one, "R2", kind="dependency", due_on=TODAY - dt.timedelta(days=1))
    _enter(one, "R3", kind="risk", probability=3, impact=4, review_on=TODAY - dt.timedelta(days=1))
    _enter(one, "R4", kind="issue", impact=5)

    rows = list(registers.raid(one.pk, {}))
    assert [row["code"] for row in rows] == ["R4", "R3", "R2", "R1"]
    for row in rows:
        facts = {name: row[name] for name in ("kind", "probability", "impact")}
        assert row["score"] == indicators.risk_score(**facts)
    page = " ".join(client.get("/programs/ONE/raid/").content.decode().split())
    assert "3 entries are open; the gravest is R4 <strong>Title of R4</strong>, 15 of 25." in page
    assert "1 is overdue. 1 is past its review." in page


def test_what_nobody_scores_is_counted_all_the_same(client: Client, one: Program) -> None:
    _enter(one, "R1", kind="assumption")
    assert "1 entry is open." in client.get("/programs/ONE/raid/").content.decode()
