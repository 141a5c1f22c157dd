"""`make dev`: it shows what the product hides, so it is shut to others; and `make quick` takes the rules alone."""

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


@pytest.mark.parametrize("name", ["access/test_matrix.py", "faults/test_reminders.py", "core/test_api_lists.py"])
def test_what_takes_long_is_not_quick(name: str) -> None:
    assert not rooms.is_quick(rooms.TESTS / name)
    assert rooms.is_quick(rooms.TESTS / "workstreams/test_services_gates.py")
