"""What is new in a program since its reader's last visit, in words."""

import datetime as dt
from dataclasses import dataclass

from core import addresses
from core.audit import queries as audit
from core.audit import registry

MOST = 10


@dataclass(frozen=True)
class News:
    """One thing that happened."""

    at: dt.datetime
    sentence: str
    reason: str
    url: str


def since(*, program_id: int, reader_id: int, last_visit_at: dt.datetime | None) -> list[News]:
    """Return what others did since a reader's last visit, newest first; the latest they did, at a first visit."""
    scope = f"program:{program_id}"
    entries = audit.news_of_scope(scope, after=last_visit_at, not_by=reader_id, limit=MOST)
    return [
        News(
            at=entry["at"],
            sentence=registry.in_words(
                entry["verb"], by=entry["by_name"] or "", what=entry["label"] or entry["subject"]
            ),
            reason=entry["reason"],
            url="" if entry["verb"].startswith("delete_") else addresses.of_subject(entry["subject"]),
        )
        for entry in entries
    ]
