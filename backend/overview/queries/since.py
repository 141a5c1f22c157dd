"""What is new in a program since its reader's last visit, in words."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from backend.overview.choices import OTHERWISE, PRODUCT, TOLD
from core.audit import queries as audit
from workstreams.choices import ACTION, GATE, MILESTONE

MOST = 10
PAGES = {
    ACTION: "workstreams:action",
    MILESTONE: "workstreams:milestone",
    GATE: "workstreams:gate",
    "outcome": "overview:outcome",
    "measure": "overview:measure",
}


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
            sentence=str(TOLD.get(entry["verb"], OTHERWISE))
            % {"by": entry["by_name"] or PRODUCT, "what": entry["label"] or entry["subject"]},
            reason=entry["reason"],
            url="" if entry["verb"].startswith("delete_") else _url(entry["subject"]),
        )
        for entry in entries
    ]


def _url(subject: str) -> str:
    kind, _colon, number = subject.partition(":")
    return reverse(PAGES[kind], args=[number]) if kind in PAGES else ""
