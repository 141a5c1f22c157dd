"""Every entry of beat's schedule is a task that exists, at an interval: a crontab would know a time zone."""

from datetime import timedelta
from typing import Any

import pytest

from backend.celery import app

SCHEDULE: dict[str, dict[str, Any]] = dict(app.conf.beat_schedule)


def test_something_is_scheduled() -> None:
    assert SCHEDULE


@pytest.mark.parametrize("name", SCHEDULE)
def test_it_resolves_to_a_task(name: str) -> None:
    app.loader.import_default_modules()
    assert SCHEDULE[name]["task"] in app.tasks


@pytest.mark.parametrize("name", SCHEDULE)
def test_it_is_an_interval(name: str) -> None:
    assert isinstance(SCHEDULE[name]["schedule"], int | float | timedelta)
