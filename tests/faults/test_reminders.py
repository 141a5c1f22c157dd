"""Real workers, a real broker, a real mail server: a part may be killed anywhere, and each reminder arrives once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.installation import ENGINE, HOLD, Installation, installed, wait_until

SWEEP = 20


@pytest.fixture
def installation(tmp_path: Path, database_template: None) -> Iterator[Installation]:
    """An installation with its tables and nothing running but the mail server."""
    with installed(tmp_path) as found:
        yield found


def test_a_reminder_arrives_within_one_sweep_and_30_seconds_and_only_once(installation: Installation) -> None:
    installation.start_broker()
    installation.start_worker()
    installation.start_beat()
    installation.run("add", "Ship it")

    wait_until(lambda: bool(installation.sink.mails), SWEEP + 30, installation)
    installation.run("sweep")

    (mail,) = installation.sink.mails
    assert "Ship it" in str(mail["Subject"])
    assert mail["To"] == "alice@example.org"


def test_a_worker_killed_between_lease_and_hand_off_sends_once(installation: Installation) -> None:
    hold = installation.folder / HOLD
    hold.touch()
    installation.run("add", "Ship it")
    installation.start_broker()
    installation.start_worker()
    wait_until(lambda: [one for one, _handed in installation.states().values()] == ["leased"], 60, installation)

    installation.kill("worker")
    hold.unlink()
    assert installation.sink.mails == []
    # A clock past the lease's end stands for waiting two minutes.
    installation.start_worker(TRACKER_CLOCK_OFFSET="125")
    wait_until(lambda: bool(installation.sink.mails), 60, installation)
    installation.run("sweep", TRACKER_CLOCK_OFFSET="300")

    assert len(installation.sink.mails) == 1
    assert list(installation.states().values()) == [("sent", 1)]


def test_a_broker_that_loses_everything_delays_but_loses_nothing(installation: Installation) -> None:
    installation.start_broker()
    installation.start_worker()
    installation.start_beat()
    installation.run("add", "First")
    wait_until(lambda: len(installation.sink.mails) == 1, SWEEP + 30, installation)

    installation.lose_broker()
    installation.run("add", "Second")
    installation.start_broker()

    wait_until(lambda: len(installation.sink.mails) == 2, 60, installation)
    installation.run("sweep")
    assert len(installation.sink.mails) == 2


def test_four_processes_claim_each_message_once(installation: Installation) -> None:
    installation.run("crowd", "120")
    command = [sys.executable, "-m", ENGINE, "deliver"]
    racing = [
        subprocess.Popen(command, env=installation.environment, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for process in racing:
        _out, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors

    assert set(installation.states().values()) == {("sent", 1)}
    ids = [str(mail["Message-ID"]) for mail in installation.sink.mails]
    assert len(ids) == len(set(ids)) == 120
