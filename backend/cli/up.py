"""`tracker up`: the main job in one terminal."""

import argparse
import contextlib
import fcntl
import http.client
import os
import socket
import subprocess  # nosec B404: the command lines are our own
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from backend.cli.runner import Failure, note, write
from backend.processes import broker, commands, sample
from backend.processes.supervisor import Supervisor, end_with_parent
from backend.settings import environment

LIVE, READY = "/health/live/", "/health/ready/"
# Seconds between two looks at a health check. Not being ready is logged, so it is asked for less often.
PROBE_EVERY = {LIVE: 0.2, READY: 1.0}
PROBE_SECONDS = 2
BROKER_SECONDS = 10
# What a wildcard address is reached by from here.
REACHED_BY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # nosec B104: recognised, not bound


def up(arguments: argparse.Namespace) -> None:
    """Run the whole product until Ctrl-C."""
    web = commands.web(host=settings.HOST, port=settings.PORT)
    supervise(web=web, worker=commands.worker(), with_sample=arguments.sample)


def supervise(*, web: commands.Command, worker: commands.Command, with_sample: bool) -> None:
    """Run a whole product with this web process and this worker until Ctrl-C."""
    with _only_one(settings.DATA_DIR / "up.lock"):
        _refuse_taken_port()
        _prepare(with_sample=with_sample)
        supervisor = Supervisor(os.environ, on_tick=Herald(is_sample=with_sample).tick)
        supervisor.stop_on_signals()
        try:
            _start_broker(supervisor)
            for command in (web, worker, commands.beat(folder=settings.DATA_DIR)):
                supervisor.add(command)
            supervisor.run()
        finally:
            note("stopping")
            supervisor.stop()
        note("stopped")


class Herald:
    """Says once where the product answers, as soon as it does, and once that it is ready."""

    def __init__(self, *, is_sample: bool) -> None:
        self._is_sample = is_sample
        self._awaited = [LIVE, READY]
        self._probe_at = 0.0

    def tick(self) -> None:
        """Ask the web process how it is, now and then, until it is ready."""
        if not self._awaited or time.monotonic() < self._probe_at:
            return
        self._probe_at = time.monotonic() + PROBE_EVERY[self._awaited[0]]
        if _answers(self._awaited[0]):
            self._say(self._awaited.pop(0))

    def _say(self, path: str) -> None:
        if path == READY:
            note("ready")
            return
        write(settings.PUBLIC_URL)
        # A link that signs in belongs on a screen, never in a log.
        if sys.stdout.isatty() and (link := _signin_link(is_sample=self._is_sample)):
            write(f"To sign in, once: {link}")


def _start_broker(supervisor: Supervisor) -> None:
    """Start the broker that all others lean on, unless the installation names one."""
    if not environment.read("REDIS_URL"):
        embedded = broker.embedded(url_file=environment.embedded_broker_file(settings.DATA_DIR))
        supervisor.environment["REDIS_URL"] = embedded.url
        supervisor.add(embedded.command)
        if not embedded.wait(BROKER_SECONDS):
            raise Failure("The embedded broker does not answer. `tracker doctor` says more.")


def _prepare(*, with_sample: bool) -> None:
    """Migrate in a process of its own: the supervisor stays small, and a half-loaded Django never serves."""
    arguments = ["migrate", "--sample"] if with_sample else ["migrate"]
    done = subprocess.run(  # nosec B603
        commands.tracker(*arguments), check=False, stdout=sys.stderr, preexec_fn=end_with_parent()
    )
    if done.returncode:
        raise Failure("The database could not be prepared; the line above says why.")


def _signin_link(*, is_sample: bool) -> str:
    """Return a link for the sample's program manager, else for the first person of staff; nothing if there is none."""
    arguments = ["signin-link", sample.MANAGER] if is_sample else ["signin-link"]
    done = subprocess.run(commands.tracker(*arguments), check=False, stdout=subprocess.PIPE, text=True)  # nosec B603
    return done.stdout.strip()


@contextlib.contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Hold the data folder for this `tracker up` alone; the lock ends with the process, however that ends."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failure(
                f"`tracker up` runs on {path.parent} already. Stop it, or set TRACKER_DATA to another folder."
            ) from None
        yield


def _refuse_taken_port() -> None:
    """Say in one line that the address cannot be had, before anything is started on it."""
    try:
        found = socket.getaddrinfo(settings.HOST, settings.PORT, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror:
        raise Failure(f"HOST={settings.HOST} is no address of this machine.") from None
    family, kind, protocol, _, address = found[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise Failure(
                f"Cannot listen on {settings.HOST} port {settings.PORT}: {error.strerror}."
                " Set HOST or PORT to another, such as PORT=8001."
            ) from None


def _answers(path: str) -> bool:
    """Return whether the web process answers a health check with 200."""
    host = REACHED_BY.get(settings.HOST, settings.HOST)
    connection = http.client.HTTPConnection(host, settings.PORT, timeout=PROBE_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": urlsplit(settings.PUBLIC_URL).netloc})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    except http.client.HTTPException:
        return False
    finally:
        connection.close()
