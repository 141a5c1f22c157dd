"""Each process of the product alone in the foreground, for systemd and containers."""

import argparse
import os

from django.conf import settings

from backend.cli.runner import Failure
from backend.processes import commands


def web(arguments: argparse.Namespace) -> None:
    """Become the web process."""
    _become(commands.web(host=settings.HOST, port=settings.PORT, workers=arguments.workers, threads=arguments.threads))


def worker(arguments: argparse.Namespace) -> None:
    """Become a Celery worker."""
    _refuse_without_broker()
    _become(commands.worker(concurrency=arguments.concurrency))


def beat(arguments: argparse.Namespace) -> None:
    """Become Celery beat."""
    _refuse_without_broker()
    _become(commands.beat(folder=settings.DATA_DIR))


def _refuse_without_broker() -> None:
    if not settings.REDIS_URL:
        raise Failure("There is no broker: set REDIS_URL, or use `tracker up`, which runs its own.")


def _become(command: commands.Command) -> None:
    """Replace this process with a command, so that signals reach it without a go-between."""
    os.execve(command.argv[0], command.argv, {**os.environ, **command.environment})  # nosec B606
