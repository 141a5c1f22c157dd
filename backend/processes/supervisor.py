"""Keeps a set of processes running in one terminal: restarts the dead, labels their lines, stops them all."""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess  # nosec B404: the command lines are our own
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType

from backend.processes.commands import Command

TICK = 0.2
# A process that lived this long had started well: its next death counts as the first again.
SETTLED = 10.0
LONGEST_PAUSE = 30.0
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def pause_before_restart(deaths: int) -> float:
    """Return the seconds to wait after a number of deaths in a row: none after the first, then longer and longer."""
    return 0.0 if deaths <= 1 else min(LONGEST_PAUSE, 0.5 * 2.0 ** (deaths - 2))


class Child:
    """One supervised process, in a process group of its own, so that whatever it starts ends with it."""

    def __init__(self, command: Command, environment: Mapping[str, str]) -> None:
        self.command = command
        self._environment = {**environment, **command.environment}
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._rest = b""
        self.deaths = 0
        self.restart_at = 0.0

    def start(self) -> int:
        """Start the process and return the end of the pipe that carries what it says, which the caller closes."""
        self._started = time.monotonic()
        ours, theirs = os.pipe()
        self._process = subprocess.Popen(  # nosec B603
            self.command.argv,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            process_group=0,  # Ctrl-C reaches the supervisor alone, which stops its children in order.
            preexec_fn=end_with_parent(),  # Safe: the supervisor has one thread.
        )
        os.close(theirs)
        return ours

    @property
    def is_running(self) -> bool:
        return self._process is not None

    @property
    def is_ended(self) -> bool:
        """Whether the process ended; it is not reaped, so that its group's number is nobody else's until then."""
        if self._process is None:
            return True
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def notice_death(self) -> None:
        """If the process ended by itself, kill what it left running and time its restart."""
        if self._process is None or not self.is_ended:
            return
        self.kill()
        code = self._process.wait()
        self._process = None
        now = time.monotonic()
        self.deaths = 1 if now - self._started > SETTLED else self.deaths + 1
        pause = pause_before_restart(self.deaths)
        self.restart_at = now + pause
        say(self.command.name, f"ended ({_ending(code)}), starting again{f' in {pause:g} s' if pause else ''}")

    def stop(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self._process is not None and not self.is_ended:
            self._process.send_signal(self.command.stop_signal)

    def finish(self) -> None:
        """Kill what is left of the process and forget it."""
        if self._process is not None:
            self.kill()
            self._process.wait()
            self._process = None

    def kill(self) -> None:
        """End the process and all that it started, at once."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):  # Nobody is left in the group.
                os.killpg(self._process.pid, signal.SIGKILL)

    def relay(self, data: bytes) -> None:
        """Pass on what the process said, whole lines at a time, each with its name in front."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            say(self.command.name, line.decode(errors="replace"))


class Supervisor:
    """Runs children until it is told to stop; `on_tick` is called a few times a second meanwhile."""

    def __init__(self, environment: Mapping[str, str], on_tick: Callable[[], None]) -> None:
        self.environment = dict(environment)
        self._on_tick = on_tick
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._is_stopping = False

    def add(self, command: Command) -> None:
        """Start a process and keep it running."""
        child = Child(command, self.environment)
        self._children.append(child)
        self._start(child)

    def run(self) -> None:
        """Keep all running until told to stop."""
        while not self._is_stopping:
            self._listen(TICK)
            self._restart_dead()
            self._on_tick()

    def stop_on_signals(self) -> None:
        """Let the first SIGINT, SIGTERM or SIGHUP end `run`, and a second one kill what still runs."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def stop(self) -> None:
        """Stop everything: what nobody leans on together, then the rest."""
        self._is_stopping = True
        for is_leaned_on in (False, True):
            children = [child for child in self._children if child.command.is_leaned_on is is_leaned_on]
            for child in children:
                child.stop()
            start = time.monotonic()
            for child in children:
                while not child.is_ended and time.monotonic() - start < child.command.grace:
                    self._listen(0.05)  # A process whose pipe is full cannot end.
                child.finish()
        while self._listen(0):
            pass  # The last lines are still in the pipes.
        for key in list(self._selector.get_map().values()):
            self._hang_up(key)
        self._selector.close()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._is_stopping:
            for child in self._children:
                child.kill()
        self._is_stopping = True

    def _start(self, child: Child) -> None:
        self._selector.register(child.start(), selectors.EVENT_READ, child)

    def _listen(self, seconds: float) -> bool:
        """Pass on what the children say, for at most some seconds; return whether they said anything."""
        heard = self._selector.select(seconds)
        for key, _ in heard:
            if data := os.read(key.fd, 65536):
                key.data.relay(data)
            else:
                self._hang_up(key)
        return bool(heard)

    def _hang_up(self, key: selectors.SelectorKey) -> None:
        self._selector.unregister(key.fileobj)
        os.close(key.fd)

    def _restart_dead(self) -> None:
        for child in self._children:
            if self._is_stopping:
                return
            child.notice_death()
            if not child.is_running and time.monotonic() >= child.restart_at:
                self._start(child)


def say(name: str, line: str) -> None:
    """Write a line to stderr behind the name of the process that it is from."""
    sys.stderr.write(f"{name:<7}| {line}\n")
    sys.stderr.flush()


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"


def end_with_parent() -> Callable[[], None]:
    """Return what a new process must call to be told to end when this one is gone, however that went (on Linux)."""
    parent = os.getpid()

    def tie() -> None:
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGTERM)

    return tie
