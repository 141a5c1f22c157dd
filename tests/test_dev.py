"""`make dev`: it shows what the product hides, so it is shut to others; and `make quick` leaves out what takes long."""

import os
import subprocess
import sys

import pytest

from tests.support import rooms

SHOWN = "from django.conf import settings as s; print(s.DEBUG, 'cached' in str(s.TEMPLATES))"


@pytest.mark.parametrize(("name", "value"), [("PUBLIC_URL", "https://tracker.example.org"), ("HOST", "0.0.0.0")])
def test_it_refuses_where_others_reach_it(name: str, value: str) -> None:
    command = [sys.executable, "-m", "tests.support.dev"]
    done = subprocess.run(command, env={**os.environ, name: value}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "unset PUBLIC_URL and HOST" in done.stderr


@pytest.mark.parametrize(("module", "is_open"), [("backend.settings", False), ("tests.support.dev_settings", True)])
def test_errors_are_shown_and_templates_read_anew_there_alone(module: str, is_open: bool) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": module}
    done = subprocess.run([sys.executable, "-c", SHOWN], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(is_open), str(not is_open)]


def test_every_line_of_what_takes_long_is_needed() -> None:
    found = {path for path in rooms.TESTS.rglob("test_*.py") if rooms.is_long(path)}
    names = [path.relative_to(rooms.TESTS) for path in found]
    assert [pattern for pattern in rooms.LONG if not any(name.match(pattern) for name in names)] == []
