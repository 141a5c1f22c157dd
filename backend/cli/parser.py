"""What may be typed after `tracker`. Help must not wait for Django."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from backend.processes import commands as processes

SCOPES = ("read", "write")
TOKEN_DAYS = 90
REMIND_DAYS = 14


def build() -> argparse.ArgumentParser:
    """Return the parser of every command; each names the function that it runs, and whether that needs Django."""
    parser = argparse.ArgumentParser(
        prog="tracker",
        description="Plan, measure and steer a CRM program.",
        epilog="Results are written to stdout, everything else to stderr. Configuration: `tracker doctor` lists it.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_processes(commands)
    _add_files(commands)
    _add_people(commands)
    _add_care(commands)
    return parser


def _command(commands: Any, name: str, run: str, words: str, *, needs_django: bool = True) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=words[0].upper() + words[1:] + "."
    )
    parser.set_defaults(run=f"backend.cli.{run}", needs_django=needs_django)
    return parser


def _add_processes(commands: Any) -> None:
    up = _command(commands, "up", "up:up", "run the whole product in this terminal", needs_django=False)
    up.add_argument(
        "--sample", action="store_true", help="load the sample program, as of today, if there is no program"
    )
    migrate = _command(commands, "migrate", "preparation:migrate", "bring database and static files up to date")
    migrate.add_argument("--sample", action="store_true", help="load the sample program as `up` does")
    web = _command(commands, "web", "processes:web", "run the web process alone", needs_django=False)
    web.add_argument("--workers", type=int, default=processes.WEB_WORKERS, metavar="N", help="processes")
    web.add_argument("--threads", type=int, default=processes.WEB_THREADS, metavar="N", help="threads in each")
    worker = _command(commands, "worker", "processes:worker", "run a Celery worker alone", needs_django=False)
    worker.add_argument("--concurrency", type=int, default=processes.WORKER_CONCURRENCY, metavar="N", help="processes")
    _command(commands, "beat", "processes:beat", "run Celery beat alone", needs_django=False)


def _add_files(commands: Any) -> None:
    load = _command(commands, "load", "programs:load", "load a program file: all of it, or nothing")
    load.add_argument("file", type=Path, metavar="FILE")
    load.add_argument(
        "--as-of", type=_day_or_today, metavar="DATE", help="move all dates so that the status date is this day"
    )
    load.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    export = _command(commands, "export", "programs:export", "write a program as a file to stdout")
    export.add_argument("key", metavar="KEY", help="the program's key, such as ONE")


def _add_people(commands: Any) -> None:
    user = commands.add_parser("user", help="people").add_subparsers(metavar="COMMAND", required=True)
    add = _command(user, "add", "people:add_user", "let a person sign in; prints a link that does, once")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--name", default="", metavar="N")
    add.add_argument("--staff", action="store_true", help="may run the installation and create programs")
    link = _command(commands, "signin-link", "people:signin_link", "print a link that signs a person in, once")
    link.add_argument("email", nargs="?", metavar="EMAIL", help="by default the first person of staff")
    token = _command(commands, "token", "people:token", "print a new personal access token, shown this once")
    token.add_argument("email", metavar="EMAIL")
    token.add_argument("--name", default="command line", metavar="N", help="what it is for (default: command line)")
    token.add_argument("--scope", choices=SCOPES, default=SCOPES[0], help="write includes read (default: read)")
    token.add_argument(
        "--days", type=int, default=TOKEN_DAYS, metavar="N", help=f"until it ends (default: {TOKEN_DAYS})"
    )


def _add_care(commands: Any) -> None:
    remind = _command(commands, "remind", "reminders:remind", "decide and send what is due now")
    remind.add_argument(
        "--dry-run", action="store_true", help="send nothing; list what would be sent to whom, when, why"
    )
    remind.add_argument(
        "--days", type=int, default=REMIND_DAYS, metavar="N", help=f"how far a dry run looks (default: {REMIND_DAYS})"
    )
    _command(
        commands, "doctor", "doctor:doctor", "check the installation, and list its configuration", needs_django=False
    )


def _day_or_today(text: str) -> str:
    """Return a date as it was typed, or today, once it is known to be one."""
    if text != "today":
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text} is no date: write 2026-11-20, or today") from None
    return text
