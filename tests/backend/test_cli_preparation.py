"""`tracker migrate`: one process at a time, and static files only when they differ."""

import fcntl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from backend.cli import preparation


def is_free_for_another(path: Path) -> bool:
    """Say whether another process could take the lock now."""
    taken: list[bool] = []

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [preparation.ADVISORY_LOCK])
            taken.append(cursor.fetchone()[0])
        connection.close()

    if connection.vendor == "postgresql":
        thread = threading.Thread(target=ask)  # A thread has a connection, and so a session, of its own.
        thread.start()
        thread.join()
        return taken[0]
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@pytest.mark.django_db(transaction=True)
def test_one_process_migrates_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "migrate.lock"
    with preparation.one_at_a_time(path):
        assert not is_free_for_another(path)
    assert is_free_for_another(path)


@pytest.fixture
def static_root(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A data folder into which nothing was collected yet, with the product's own storage."""
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    yield tmp_path / "static"


def test_static_files_are_collected_once_and_again_when_they_are_gone(static_root: Path) -> None:
    preparation.collect_static()
    manifest = static_root / "staticfiles.json"
    first = manifest.stat().st_mtime_ns
    preparation.collect_static()
    assert manifest.stat().st_mtime_ns == first
    manifest.unlink()
    preparation.collect_static()
    assert manifest.exists()
