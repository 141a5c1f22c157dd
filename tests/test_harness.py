"""The tests' own ground: closed sockets, a moved clock, the environment, and final rows that leave between tests."""

import contextlib
import datetime as dt
import os
import socket
import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from backend.settings.environment import CATALOGUE
from core.audit import services
from core.audit.models import Entry
from tests.conftest import Clock
from tests.support import databases, rooms
from tests.support.environment import HERMETIC
from tests.support.sockets import OutsideWorld


@pytest.mark.parametrize("leave", ["connect", "look_up"])
def test_the_outside_world_is_closed(leave: str) -> None:
    with socket.socket() as client, pytest.raises(OutsideWorld):
        if leave == "connect":
            client.connect(("192.0.2.1", 80))
        else:
            socket.getaddrinfo("example.org", 80)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_every_variable_of_the_product_is_fixed() -> None:
    assert {variable.name for variable in CATALOGUE} == {*HERMETIC, "DATABASE_URL"}


def test_the_data_folder_is_a_temporary_one() -> None:
    assert str(settings.DATA_DIR) == os.path.realpath(HERMETIC["TRACKER_DATA"])


def test_the_clock_moves_and_ticks_on(clock: Clock) -> None:
    new_year = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    clock.move_to(new_year)
    first = clock.now()
    assert dt.timedelta(0) <= first - new_year < dt.timedelta(seconds=1)
    clock.advance(dt.timedelta(days=1))
    assert clock.now() >= first + dt.timedelta(days=1)


def test_every_line_of_the_rooms_is_needed() -> None:
    """Each file belongs to the first line that fits it, so a line that none falls to says nothing."""
    fitting = {rooms.line_of(path) for path in rooms.TESTS.rglob("test_*.py")}
    assert {pattern for pattern, _where in rooms.ROOMS} <= fitting


@pytest.mark.parametrize("room", ["models", "services", "queries", "api", "deadlines", "new_and_unheard_of"])
def test_rules_and_what_nobody_named_run_on_both_databases(room: str) -> None:
    for name in (f"programs/test_{room}.py", f"workstreams/test_{room}_of_gates.py"):
        assert rooms.databases_of(rooms.TESTS / name) == rooms.BOTH


def test_a_database_is_a_copy_of_the_template(db: None) -> None:
    assert str(connection.settings_dict["NAME"]) == databases.own_name()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_a_product_is_given_a_migrated_database_that_goes_with_it(tmp_path: Path, database_template: None) -> None:
    def migrations(url: str) -> int:
        if url:
            with psycopg.connect(url) as server:
                return int(server.execute("SELECT count(*) FROM django_migrations").fetchall()[0][0])
        with contextlib.closing(sqlite3.connect(tmp_path / "tracker.sqlite3")) as file:
            return int(file.execute("SELECT count(*) FROM django_migrations").fetchone()[0])

    with databases.installed(tmp_path) as url:
        assert migrations(url) > 20
    with pytest.raises((psycopg.OperationalError, sqlite3.OperationalError)):
        migrations(url)


@pytest.mark.django_db(transaction=True)
class TestFinalRows:
    """The audit trail refuses DELETE, and still starts empty in each transaction test."""

    @pytest.mark.parametrize("turn", [1, 2])
    def test_each_turn_starts_empty(self, clock: Clock, turn: int) -> None:
        assert not Entry.objects.exists()
        entry = services.record(by=None, at=clock.now(), verb="tested", subject=f"turn:{turn}")
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.delete()
