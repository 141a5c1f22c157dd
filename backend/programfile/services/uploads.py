"""Files handed in on the page: kept until they are confirmed, then loaded and let go."""

import datetime as dt

from django.core.cache import cache
from django.db import transaction

from backend.programfile.format.result import LoadResult
from backend.programfile.models import Upload
from backend.programfile.queries import progress_key
from backend.programfile.services.load import load_program_file
from core.accounts.models import User

KEPT = dt.timedelta(days=2)


@transaction.atomic
def keep_upload(*, text: str, source_name: str, as_of: dt.date | None, by: User, at: dt.datetime) -> Upload:
    """Keep a file for its owner to look at and confirm; what nobody confirmed for two days goes."""
    Upload.objects.filter(created_at__lt=at - KEPT).delete()
    return Upload.objects.create(text=text, source_name=source_name, as_of=as_of, owner=by, created_at=at)


def try_upload(*, upload: Upload, by: User, at: dt.datetime) -> LoadResult:
    """Tell what loading a file that was handed in would do.

    Raises:
        As `load_program_file` does.
    """
    return _load(upload, by, at, is_dry_run=True)


@transaction.atomic
def load_upload(*, upload: Upload, by: User, at: dt.datetime) -> LoadResult:
    """Load a file that was handed in, and let it go.

    Raises:
        As `load_program_file` does; the file then stays.
    """
    result = _load(upload, by, at, is_dry_run=False)
    upload.delete()
    return result


def _load(upload: Upload, by: User, at: dt.datetime, *, is_dry_run: bool) -> LoadResult:
    """Load, and say how far it is where every process can read it, which an open transaction is not."""

    def note(stage: str, done: int, total: int) -> None:
        cache.set(progress_key(by.pk, upload.pk), (stage, done, total), timeout=600)

    return load_program_file(
        text=upload.text,
        source_name=upload.source_name,
        as_of=upload.as_of,
        by=by,
        at=at,
        is_dry_run=is_dry_run,
        on_progress=note,
    )
