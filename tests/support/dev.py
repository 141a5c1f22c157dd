"""`make dev`: the product for whoever changes it; web and worker start again when code changes.

`python -m tests.support.dev worker` is the worker alone.
"""

import argparse
import os
import sys

from django.conf import settings
from django.utils import autoreload

from backend.celery import app
from backend.cli import runner, up
from backend.processes.commands import Command

SETTINGS = "tests.support.dev_settings"
# In the thread that Django's reloader leaves to it, a worker cannot have processes of its own.
WORKER = ("worker", "--pool=solo", "--loglevel=INFO", "--without-mingle", "--without-gossip", "--without-heartbeat")


def web_command() -> Command:
    """Return Django's own server, which starts again when code changes."""
    address = f"{settings.HOST}:{settings.PORT}"
    return Command(name="web", argv=(sys.executable, "-m", "django", "runserver", address))


def worker_command() -> Command:
    """Return a worker that starts again when code changes; nobody sees its errors on a page."""
    argv = (sys.executable, "-m", "tests.support.dev", "worker")
    return Command(name="worker", argv=argv, environment={"DJANGO_SETTINGS_MODULE": "backend.settings"})


def product(arguments: argparse.Namespace) -> None:
    """Run the whole product until Ctrl-C."""
    up.supervise(web=web_command(), worker=worker_command(), with_sample=True)


def main(arguments: list[str]) -> int:
    """Run the product, or its worker alone."""
    if arguments == ["worker"]:
        autoreload.run_with_reloader(app.worker_main, WORKER)
        return 0
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    return runner.run(argparse.Namespace(run="tests.support.dev:product", needs_django=False))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
