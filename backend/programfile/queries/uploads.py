"""Files handed in and not yet loaded, and how far the loading of one is."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from backend.programfile.format.result import KIND_WORDS
from backend.programfile.models import Upload
from core.accounts.models import User
from core.exceptions import NotFound
from programs import access

_STAGES: dict[str, Any] = {
    "read": _("Reading the file"),
    "check": _("Checking every row"),
    "compare": _("Comparing with what is there"),
}


@dataclass(frozen=True)
class Stage:
    """How far a loading is, in words and, where it is known, in rows."""

    words: str
    done: int
    total: int
    is_over: bool


def progress_key(person_id: int, upload_id: UUID) -> str:
    """Return under which key of the cache the progress of a loading stands, for its owner alone."""
    return f"programfile:{person_id}:{upload_id}"


def upload_of(person: User, upload_id: UUID) -> Upload:
    """Return a file that a person handed in.

    Raises:
        core.exceptions.NotFound: when it is somebody else's, or loaded already.
    """
    upload = Upload.objects.filter(pk=upload_id, owner=person).first()
    if upload is None:
        raise NotFound
    return upload


def progress_of(person: User, upload_id: UUID) -> Stage:
    """Return how far the reading or loading of a file is; of one that is loaded for ten minutes more.

    Raises:
        core.exceptions.NotFound: when it is somebody else's, or was never there.
    """
    noted = cache.get(progress_key(person.pk, upload_id))
    if noted is None:
        upload_of(person, upload_id)
    stage, done, total = noted or ("read", 0, 1)
    words = _STAGES.get(stage) or KIND_WORDS.get(stage) or ""
    is_counted = stage in KIND_WORDS
    return Stage(str(words), done if is_counted else 0, total if is_counted else 0, stage == "done")


def may_load(person: User) -> bool:
    """Tell whether a person may create programs, or manages one that a file may change."""
    return access.may_create(person) or access.manages_any(person)
