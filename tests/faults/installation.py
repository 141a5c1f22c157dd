"""An installation in parts: a database, a broker of its own, workers and beat, and a mail server that remembers."""

import contextlib
import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler

from backend.processes import broker
from tests.support import databases
from tests.support.postgres import free_port

ENGINE = "tests.faults.engine"
# While this file stands in the data folder, a message that is being made waits: its worker holds a lease, no more.
HOLD = "hold"


class Sink(Handler):
    """A mail server's memory."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


class Installation:
    """One data folder with everything that runs on it."""

    def __init__(self, folder: Path, *, database_url: str, engine: str = ENGINE) -> None:
        self.folder = folder
        self.engine = engine
        self.sink = Sink()
        port = free_port()
        self.mail_server = Controller(self.sink, hostname="127.0.0.1", port=port)
        self.mail_server.start()
        self.broker = broker.embedded(url_file=folder / "valkey" / "url")
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        now = dt.datetime.now(dt.UTC)
        self.environment = {
            **os.environ,
            "TRACKER_DATA": str(folder),
            "DATABASE_URL": database_url,
            "REDIS_URL": self.broker.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "REMINDER_HOUR": str(now.hour),
            "REMINDER_WEEKDAYS": "1-7",
        }

    def run(self, *arguments: str, **environment: str) -> str:
        """Run one command of the engine's and return what it says."""
        done = subprocess.run(
            [sys.executable, "-m", self.engine, *arguments],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def states(self) -> dict[str, tuple[str, int]]:
        """Return how each message stands, and how often it was handed over."""
        return {pk: (state, handed) for pk, (state, handed) in json.loads(self.run("state")).items()}

    def start_broker(self) -> None:
        self._start("broker", list(self.broker.command.argv))
        assert self.broker.wait(20)

    def lose_broker(self) -> None:
        """Kill the broker and delete all that it kept."""
        self.kill("broker")
        shutil.rmtree(self.folder / "valkey" / "appendonlydir", ignore_errors=True)

    def start_worker(self, **environment: str) -> None:
        silent = ["--without-mingle", "--without-gossip", "--without-heartbeat"]
        arguments = ["worker", "--concurrency=2", "--loglevel=INFO", *silent]
        self._start("worker", [sys.executable, "-m", "celery", "--app", self.engine, *arguments], **environment)

    def start_beat(self) -> None:
        schedule = ["--schedule", str(self.folder / "celerybeat-schedule"), "--pidfile="]
        self._start("beat", [sys.executable, "-m", "celery", "--app", self.engine, "beat", *schedule])

    def kill(self, name: str) -> None:
        """Kill a part and all its children at once, as a power cut would."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)
        self.mail_server.stop()

    def _start(self, name: str, argv: list[str], **environment: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                argv, env=self.environment | environment, stdout=log, stderr=log, start_new_session=True
            )

    def logs(self) -> str:
        return "\n".join(f"== {path.name}\n{path.read_text()[-3000:]}" for path in self.folder.glob("*.log"))


@contextlib.contextmanager
def installed(folder: Path, engine: str = ENGINE) -> Iterator[Installation]:
    """Give an installation on a database of the run's kind, seeded, that leaves no process behind."""
    with databases.installed(folder) as url:
        found = Installation(folder, database_url=url, engine=engine)
        try:
            found.run("seed")
            yield found
        finally:
            found.end()


def wait_until(is_so: Callable[[], bool], seconds: float, installation: Installation) -> float:
    """Wait for something and return how many seconds it took."""
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < seconds, installation.logs()
        time.sleep(0.1)
    return time.monotonic() - started
