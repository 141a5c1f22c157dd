"""The tests' own ground: closed sockets, a moved clock, the environment, and final rows that leave between tests."""

import datetime as dt
import os
import socket

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from backend.settings.environment import CATALOGUE
from core.audit import services
from core.audit.models import Entry
from tests.conftest import Clock
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


@pytest.mark.django_db(transaction=True)
class TestFinalRows:
    """The audit trail refuses DELETE, and still starts empty in each transaction test."""

    @pytest.mark.parametrize("turn", [1, 2])
    def test_each_turn_starts_empty(self, clock: Clock, turn: int) -> None:
        assert not Entry.objects.exists()
        entry = services.record(by=None, at=clock.now(), verb="tested", subject=f"turn:{turn}")
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.delete()
