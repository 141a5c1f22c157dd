"""Program files and reminders at the command line."""

import datetime as dt
from importlib import resources
from pathlib import Path

import pytest

from backend import cli
from core import clock as product_clock
from core.accounts.models import User
from programs.models import Program
from tests.conftest import Clock

pytestmark = pytest.mark.django_db

SAMPLE = str(resources.files("programs").joinpath("data", "one-customer.yaml"))


def test_what_is_exported_loads_without_a_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load", SAMPLE]) == 0
    capsys.readouterr()
    assert cli.main(["export", "ONE"]) == 0
    exported = tmp_path / "one.yaml"
    exported.write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.main(["load", str(exported)]) == 0
    assert "nothing differs, nothing changed" in capsys.readouterr().out


def test_a_dry_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load", SAMPLE, "--dry-run"]) == 0
    assert "would be made" in capsys.readouterr().out
    assert not Program.objects.exists()


def test_as_of_a_day_moves_the_dates(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["load", SAMPLE, "--as-of", "2025-11-20"]) == 0
    assert str(Program.objects.get().start_on) == "2025-01-05"


def test_as_of_a_day_after_today_is_refused_in_words(capsys: pytest.CaptureFixture[str], clock: Clock) -> None:
    clock.move_to(dt.datetime(2026, 11, 30, 23, 30, tzinfo=dt.UTC))
    assert cli.main(["load", SAMPLE, "--as-of", "2026-12-01"]) == 1
    assert "the dates would move to 2026-12-01, and that is after today" in capsys.readouterr().err
    assert not Program.objects.exists()
    assert cli.main(["load", SAMPLE, "--as-of", "2026-11-30"]) == 0


@pytest.mark.parametrize(
    ("zone", "start"), [("Asia/Shanghai", "2026-01-08"), ("America/New_York", "2026-01-07"), ("", "2026-01-07")]
)
def test_as_of_today_is_today_where_the_program_is(zone: str, start: str, tmp_path: Path, clock: Clock) -> None:
    clock.move_to(dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.UTC))
    text = Path(SAMPLE).read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("  timezone:"))
    file = tmp_path / "program.yaml"
    file.write_text(text.replace(line, f"  timezone: {zone}" if zone else "  # no time zone"), encoding="utf-8")
    assert cli.main(["load", str(file), "--as-of", "today"]) == 0
    assert str(Program.objects.get().start_on) == start


def test_every_fault_is_told_with_its_line_and_nothing_is_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.yaml"
    text = Path(SAMPLE).read_text(encoding="utf-8")
    bad.write_text(text.replace("target: 80,", "target: 20,").replace("owner: priya.nair@", "owner: nobody@"))
    assert cli.main(["load", str(bad)]) == 1
    captured = capsys.readouterr()
    *faults, last = captured.err.splitlines()
    assert captured.out == ""
    assert len(faults) > 1
    assert all(fault.startswith(f"{bad}: line ") for fault in faults)
    assert last.startswith("tracker: Nothing was loaded")
    assert not Program.objects.exists()


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_one_line(
    content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "program.yaml"
    if content is not None:
        path.write_bytes(content)
    assert cli.main(["load", str(path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_program_that_is_not_there_is_not_exported(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "NONE"]) == 1
    assert capsys.readouterr() == ("", "tracker: There is no program with the key NONE.\n")


def test_the_sample_is_loaded_once_and_its_manager_sees_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["migrate", "--sample"]) == 0
    joan = User.objects.get(email="joan.ellery@harbourvale.example")
    assert (joan.is_staff, joan.time_zone, Program.objects.get().manager) == (True, "Europe/London", joan)
    assert cli.main(["migrate", "--sample"]) == 0
    assert Program.objects.count() == 1


def test_a_dry_run_of_reminders_says_who_gets_what_when_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["load", SAMPLE, "--as-of", product_clock.today("UTC").isoformat()])
    capsys.readouterr()
    assert cli.main(["remind", "--dry-run", "--days", "14"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all("@harbourvale.example  ONE-" in line and "  due " in line for line in lines)


def test_a_round_of_reminders_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["remind"]) == 0
    assert capsys.readouterr().out == "messages made: 0, sent: 0\n"
