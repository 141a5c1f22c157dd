"""The command line of each process, written once for `tracker up`, systemd and containers alike."""

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

WEB_WORKERS = 2
WEB_THREADS = 4
WORKER_CONCURRENCY = 2


@dataclass(frozen=True)
class Command:
    """How a process is started and stopped.

    `grace` is the seconds it gets to finish before it is killed; one that others lean on stops after them.
    """

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 10
    is_leaned_on: bool = False


def web(*, host: str, port: int, workers: int = WEB_WORKERS, threads: int = WEB_THREADS) -> Command:
    """Return the web process: granian over WSGI."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(threads),
        # A thread that leaves takes its database connection with it.
        "--blocking-threads-idle-timeout": "10m",
        # A browser that keeps its connection open does not hold up a stop.
        "--workers-kill-timeout": "8s",
        "--log-level": "warning",
    }
    argv = (sys.executable, "-m", "granian", *_flat(options), "--respawn-failed-workers", "backend.wsgi:application")
    return Command(name="web", argv=argv, grace=15)


def worker(*, concurrency: int = WORKER_CONCURRENCY) -> Command:
    """Return a Celery worker; any number of them may run."""
    options = {"--concurrency": str(concurrency), "--loglevel": "INFO"}
    # Workers say nothing to one another: the database holds what is to be done. A heartbeat would also be told again
    # and again to a broker that is gone, and keep a stopping worker from its end.
    silent = ("--without-mingle", "--without-gossip", "--without-heartbeat")
    argv = (*_celery("worker"), *_flat(options), *silent)
    # A plain SIGTERM waits for running tasks without an end; a soft shutdown waits for a while.
    return Command(name="worker", argv=argv, environment={"REMAP_SIGTERM": "SIGQUIT"}, grace=40)


def beat(*, folder: Path) -> Command:
    """Return Celery beat, which wakes the sweep; one is enough, two do no harm."""
    # Without a pid file none is left behind by a crash to keep the next start from starting.
    options = {"--schedule": str(folder / "celerybeat-schedule"), "--pidfile": "", "--loglevel": "WARNING"}
    return Command(name="beat", argv=(*_celery("beat"), *_flat(options)))


def tracker(*arguments: str) -> tuple[str, ...]:
    """Return a `tracker` command line that needs no PATH."""
    return (sys.executable, "-m", "backend.cli", *arguments)


def _celery(part: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "celery", "--app", "backend.celery", "--quiet", part)


def _flat(options: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in options.items())
