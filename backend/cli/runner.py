"""Runs one command: sets Django up where it is needed, and turns every expected failure into one line."""

import argparse
import os
import pkgutil
import sys
from collections.abc import Iterable

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import utils as database

from backend.processes.broker import NoBroker
from core.exceptions import Refusal

FAILED = 1
MISCONFIGURED = 2
INTERRUPTED = 130


class Failure(Exception):
    """A command cannot do what was asked; the text says why and what to do."""


def run(arguments: argparse.Namespace) -> int:
    """Run the function that a command names; return its exit status."""
    try:
        if arguments.needs_django:
            django.setup()
        command = pkgutil.resolve_name(arguments.run)
        return int(command(arguments) or 0)
    except ImproperlyConfigured as error:
        return _fail([str(error)], MISCONFIGURED)
    except Refusal as refusal:
        return _fail(_lines(refusal))
    except (Failure, NoBroker, CommandError) as error:
        return _fail([str(error)])
    except database.Error as error:
        return _fail([f"The database refused: {_first_line(error)}. `tracker doctor` says more."])
    except BrokenPipeError:
        # Whoever read stdout has seen enough; nothing more is flushed into it when this process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def write(line: str = "") -> None:
    """Write a line of the result to stdout."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def note(line: str) -> None:
    """Write a line that is no result to stderr."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _fail(lines: Iterable[str], status: int = FAILED) -> int:
    for line in lines:
        note(f"tracker: {line}")
    return status


def _lines(refusal: Refusal) -> list[str]:
    """Return a refusal in one line, or in one for each field that is wrong."""
    found = [f"{name}: {words}" for name, many in refusal.fields.items() for words in many]
    return found or [refusal.message]


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".")
