"""Program files at the command line: loaded, tried, written."""

import argparse
import datetime as dt
from pathlib import Path

from backend.cli.runner import Failure, note, write
from backend.programfile import queries, services
from backend.programfile.exceptions import FileRefused
from backend.programfile.format import result as results
from core import clock
from core.exceptions import NotFound


def load(arguments: argparse.Namespace) -> None:
    """Load a program file, or show what loading it would change; name every fault with its line."""
    try:
        result = services.load_program_file(
            text=_read(arguments.file),
            source_name=arguments.file.name,
            as_of=_as_of(arguments.as_of),
            by=None,
            at=clock.now(),
            is_dry_run=arguments.dry_run,
        )
    except FileRefused as refusal:
        for line in results.problem_lines(refusal.problems):
            note(f"{arguments.file}: {line}")
        raise Failure(refusal.message) from None
    for line in results.result_lines(result):
        write(line)


def export(arguments: argparse.Namespace) -> None:
    """Write a program as a file."""
    try:
        text = queries.export_program(arguments.key, at=clock.now())
    except NotFound:
        raise Failure(f"There is no program with the key {arguments.key}.") from None
    write(text.rstrip("\n"))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Failure(f"Cannot read {path}: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise Failure(f"{path} is no UTF-8 text: byte {error.start} is none. Save it as UTF-8.") from None


def _as_of(text: str | None) -> dt.date | None:
    if text == "today":
        return clock.now()
    return dt.date.fromisoformat(text) if text else None
