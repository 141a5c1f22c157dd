"""The supervisor, with processes small enough for a unit test; tests/faults has the real ones."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from backend.processes.commands import Command
from backend.processes.supervisor import Supervisor, pause_before_restart

# Says its number, and its child's, then sleeps.
TALKER = (
    "import os, subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "print('numbers', os.getpid(), child.pid, flush=True)\n"
    "time.sleep(60)\n"
)


def python(name: str, code: str, *, is_leaned_on: bool = False) -> Command:
    return Command(name=name, argv=(sys.executable, "-c", code), grace=5, is_leaned_on=is_leaned_on)


def is_running(pid: int) -> bool:
    """Say whether a process runs; one that is dead and not yet reaped by init does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def are_gone(pids: Iterable[int]) -> bool:
    """Say whether processes are gone; a kill takes a moment to be carried out."""
    end = time.monotonic() + 5
    while (is_left := any(is_running(pid) for pid in pids)) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_left


def supervise(commands: list[Command], until: Callable[[], bool]) -> None:
    """Run commands until something is true, ten seconds at most, then stop them."""
    end = time.monotonic() + 10

    def tick() -> None:
        if until() or time.monotonic() > end:
            os.kill(os.getpid(), signal.SIGTERM)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    supervisor = Supervisor(os.environ, on_tick=tick)
    supervisor.stop_on_signals()
    try:
        for command in commands:
            supervisor.add(command)
        supervisor.run()
    finally:
        supervisor.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def test_the_first_restart_comes_at_once_and_later_ones_after_longer_and_longer() -> None:
    pauses = [pause_before_restart(deaths) for deaths in range(1, 12)]
    assert pauses[:4] == [0, 0.5, 1, 2]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 30


def test_lines_carry_the_name_of_their_process(capfd: pytest.CaptureFixture[str]) -> None:
    said = ""

    def has_spoken() -> bool:
        nonlocal said
        said += capfd.readouterr().err
        return "two" in said

    supervise([python("voice", "import time; print('one\\ntwo', flush=True); time.sleep(60)")], has_spoken)
    assert "voice  | one\nvoice  | two\n" in said


def test_a_killed_process_comes_back_without_what_it_had_started(capfd: pytest.CaptureFixture[str]) -> None:
    seen: list[tuple[int, int]] = []

    def kill_once() -> bool:
        for line in capfd.readouterr().err.splitlines():
            if "numbers" in line:
                seen.append((int(line.split()[-2]), int(line.split()[-1])))
                if len(seen) == 1:
                    os.kill(seen[0][0], signal.SIGKILL)
        return len(seen) == 2

    supervise([python("talker", TALKER)], kill_once)
    assert len(seen) == 2
    assert are_gone([pid for numbers in seen for pid in numbers])


def test_what_others_lean_on_stops_last(capfd: pytest.CaptureFixture[str]) -> None:
    code = (
        "import os, signal, sys, time\n"
        # A print would be refused where the signal comes while the other print is not over yet.
        "signal.signal(signal.SIGTERM, lambda *_: (os.write(1, b'bye\\n'), sys.exit()))\n"
        "print('here', flush=True)\n"
        "time.sleep(60)\n"
    )
    said = ""

    def are_all_here() -> bool:
        nonlocal said
        said += capfd.readouterr().err
        return said.count("here") == 2

    supervise([python("base", code, is_leaned_on=True), python("upper", code)], are_all_here)
    said += capfd.readouterr().err
    assert said.index("upper  | bye") < said.index("base   | bye")
