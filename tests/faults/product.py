"""A whole product in a folder of its own: started by `tracker up`, watched, killed in parts, stopped."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.postgres import free_port

# Generous: other tests may have the machine to themselves meanwhile.
START_SECONDS = 180
SECONDS = 60


@dataclass(frozen=True)
class Process:
    """A running process: its number and its command line."""

    pid: int
    command: str


class Product:
    """One installation: a data folder, a port, and at most one `tracker up` on them."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "TRACKER_DATA": str(folder),
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            **environment,
        }
        self.log = folder.with_suffix(".log")
        self.output = folder.with_suffix(".out")
        self._up: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> None:
        """Run `tracker up` and wait until it says that it is ready."""
        with self.log.open("wb") as log, self.output.open("wb") as output:
            self._up = subprocess.Popen(
                [sys.executable, "-m", "backend.cli", "up", *arguments], env=self.environment, stdout=output, stderr=log
            )
        wait_until(lambda: "\nready\n" in self.log.read_text() or self._up_ended(), self.log, START_SECONDS)
        assert not self._up_ended(), self.log.read_text()

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run another `tracker` command on the same installation."""
        command = [sys.executable, "-m", "backend.cli", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def signal(self, number: signal.Signals) -> int:
        """Send `tracker up` a signal, wait for its end and return its exit status."""
        assert self._up is not None
        self._up.send_signal(number)
        return self._up.wait(60)

    def end(self) -> None:
        """Kill whatever runs."""
        if self._up is not None:
            self._up.kill()
            self._up.wait()
        self.kill(*self.processes())

    def children(self) -> list[Process]:
        """Return every process of the installation but `tracker up` itself."""
        return [process for process in self.processes() if self._up is None or process.pid != self._up.pid]

    def processes(self) -> list[Process]:
        """Return every process that was started with this installation's data folder, whoever its parent is now.

        Valkey writes its title over its environment, but it works in a folder of the installation.
        """
        mark = f"TRACKER_DATA={self.folder}".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError, PermissionError):
                is_marked = mark in (path / "environ").read_bytes().split(b"\0")
                if is_marked or self.folder in (path / "cwd").readlink().parents:
                    command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    found.append(Process(int(path.name), command))
        return found

    def kill(self, *processes: Process) -> None:
        """Kill processes as the kernel does when memory is short."""
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)

    def status(self, path: str) -> int:
        """Return the status with which the web process answers, 0 when it does not."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def _up_ended(self) -> bool:
        return self._up is None or self._up.poll() is not None


@contextlib.contextmanager
def installed(folder: Path, **environment: str) -> Iterator[Product]:
    """Give a product that leaves no process behind, however the test ends."""
    product = Product(folder, **environment)
    try:
        yield product
    finally:
        product.end()


def wait_until(is_true: Callable[[], bool], log: Path, seconds: float = SECONDS) -> None:
    """Wait for something to become true; fail with the log when it does not in time."""
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, f"Not within {seconds} s. The log says:\n{log.read_text()[-6000:]}"
        time.sleep(0.05)
