"""What must be done before the product can run: tables, static files, the sample program."""

import argparse
import contextlib
import fcntl
import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import management
from django.db import connection

from assessments import services as assessments
from backend.cli import sample
from backend.cli.runner import note
from core import clock

# Any number will do, as long as it is always the same.
ADVISORY_LOCK = 7_264_110


def migrate(arguments: argparse.Namespace) -> None:
    """Make the data folder ready: tables, templates, static files and, if asked for, the sample. One at a time."""
    with one_at_a_time(settings.DATA_DIR / "migrate.lock"):
        management.call_command("migrate", interactive=False, verbosity=0)
        assessments.install_built_in(at=clock.now())
        collect_static()
        if arguments.sample:
            sample.load_if_empty()
    note("migrated")


def collect_static() -> None:
    """Collect the static files, unless those collected last were the same."""
    stamp_file = settings.DATA_DIR / "static.stamp"
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    stamp = _static_stamp()
    if not manifest.exists() or not stamp_file.exists() or stamp_file.read_text() != stamp:
        # Nothing is cleared: processes of the version before may still be serving.
        management.call_command("collectstatic", interactive=False, verbosity=0)
        stamp_file.write_text(stamp)


def _static_stamp() -> str:
    """Return a digest of the name, size and age of every static file."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a lock: the database's own on PostgreSQL, which many machines share, else one on a file."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
        return
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
