"""The databases of a run: the first process that needs one migrates a template, and every other database is its copy.

Names are the same in every run, so that what a killed run left behind is replaced by the next.
"""

import contextlib
import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from tests.support.environment import HERMETIC, SHARED

# Read once: a test may change its environment.
URL = os.environ.get("DATABASE_URL", "")
VENDOR = "sqlite" if URL.startswith("sqlite") or not URL else "postgresql"
_PREFIX = f"test_{urlsplit(URL).path.strip('/')}"
TEMPLATE = str(SHARED / "template.sqlite3") if VENDOR == "sqlite" else f"{_PREFIX}_template"


def own_name() -> str:
    """Return the name of this process's database."""
    if VENDOR == "sqlite":
        # A file, in which several threads write as in the product: in memory they would refuse each other.
        return str(Path(HERMETIC["TRACKER_DATA"], "tests.sqlite3"))
    return f"{_PREFIX}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def migrate_template() -> None:
    """Make the template, unless another process of this run has; who asks meanwhile waits for it."""
    made = SHARED / "template.made"
    with _locked():
        if not made.exists():
            _remove(TEMPLATE)
            if VENDOR == "postgresql":
                _create(TEMPLATE)
            with connected_to(TEMPLATE):
                call_command("migrate", interactive=False, verbosity=0)
            made.touch()


@contextlib.contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Have Django's connection lead to another database meanwhile."""
    before = connection.settings_dict["NAME"]
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = before


@contextlib.contextmanager
def copied(name: str) -> Iterator[None]:
    """Have a copy of the template under a name meanwhile."""
    _copy(name)
    try:
        yield
    finally:
        _remove(name)


@contextlib.contextmanager
def emptied() -> Iterator[str]:
    """Have a database without a table meanwhile; yield its name."""
    name = f"{own_name()}_empty"
    _remove(name)
    if VENDOR == "postgresql":
        _create(name)
    try:
        yield name
    finally:
        _remove(name)


@contextlib.contextmanager
def installed(folder: Path) -> Iterator[str]:
    """Give the data folder of a product a migrated database of its own; yield its DATABASE_URL."""
    folder.mkdir(exist_ok=True)
    name = str(folder / "tracker.sqlite3") if VENDOR == "sqlite" else f"{_PREFIX}_{uuid.uuid4().hex}"
    with copied(name):
        yield "" if VENDOR == "sqlite" else urlunsplit(urlsplit(URL)._replace(path=f"/{name}"))


def remove_template() -> None:
    """Remove the template, if this run made one."""
    if (SHARED / "template.made").exists():
        _remove(TEMPLATE)


def _copy(name: str) -> None:
    _remove(name)
    if VENDOR == "sqlite":
        shutil.copyfile(TEMPLATE, name)
        return
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with _locked():  # it can be copied while nobody else has it open
        _administer(statement.format(sql.Identifier(name), sql.Identifier(TEMPLATE)))


def _create(name: str) -> None:
    _administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _remove(name: str) -> None:
    if VENDOR == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
        return
    # By force: a live server's thread may hold a connection still.
    _administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _administer(statement: sql.Composed) -> None:
    with psycopg.connect(URL, autocommit=True) as server:
        server.execute(statement)


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    with (SHARED / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
