"""`tracker`: what may be typed, what is said when it cannot be done, and that help does not wait for Django."""

import os
import subprocess
import sys

import pytest

from backend import cli
from backend.cli import parser
from backend.processes import commands

COMMANDS = (
    "up",
    "migrate",
    "web",
    "worker",
    "beat",
    "load",
    "export",
    "user",
    "signin-link",
    "token",
    "remind",
    "doctor",
)


def tracker(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command in a process of its own."""
    return subprocess.run(
        commands.tracker(*arguments), env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_help_names_every_command_and_loads_no_django() -> None:
    code = (
        "import sys\nfrom backend import cli\n"
        "try:\n    cli.main(['--help'])\n"
        "finally:\n    assert not [name for name in sys.modules if name.startswith(('django', 'celery', 'redis'))]\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name in COMMANDS:
        assert f"    {name} " in done.stdout or f"    {name}\n" in done.stdout


@pytest.mark.parametrize(
    "typed",
    [
        ["up", "--sample"],
        ["migrate"],
        ["web"],
        ["worker", "--concurrency", "4"],
        ["beat"],
        ["load", "program.yaml", "--as-of", "2026-11-20", "--dry-run"],
        ["load", "program.yaml", "--as-of", "today"],
        ["export", "ONE"],
        ["user", "add", "alice@example.org", "--staff"],
        ["signin-link"],
        ["token", "alice@example.org", "--scope", "write", "--days", "30"],
        ["remind", "--dry-run", "--days", "14"],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_every_command_names_a_function_that_exists(typed: list[str]) -> None:
    arguments = parser.build().parse_args(typed)
    module, _, function = arguments.run.partition(":")
    assert callable(getattr(__import__(module, fromlist=[function]), function))


@pytest.mark.parametrize(
    "typed", [[], ["fly"], ["load", "x.yaml", "--as-of", "2026-02-30"], ["token", "a@example.org", "--scope", "all"]]
)
def test_a_mistyped_command_ends_with_2(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        cli.main(typed)
    assert ending.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", ["up", "migrate", "web", "worker", "signin-link"])
def test_a_bad_value_is_one_line_and_not_a_traceback(command: str) -> None:
    done = tracker(command, REMINDER_HOUR="25")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "tracker: REMINDER_HOUR=25 is no whole number from 0 to 23.\n"


def test_a_database_that_is_away_is_one_line() -> None:
    done = tracker("signin-link", "alice@example.org", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("tracker: The database refused: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["worker", "beat"])
def test_without_a_broker_a_worker_says_so(command: str) -> None:
    done = tracker(command, REDIS_URL="")
    assert done.returncode == 1
    assert done.stderr == ("tracker: There is no broker: set REDIS_URL, or use `tracker up`, which runs its own.\n")
