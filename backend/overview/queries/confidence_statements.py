"""What a sponsor said last of delivery confidence, whether it still stands, and what is true until it does."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery

from backend.overview.indicators.confidence import Rating
from backend.overview.queries.figures import Figures
from programs.models import ConfidenceStatement, Program
from programs.queries import name_of

MOST_SHOWN = 20


@dataclass(frozen=True)
class Statement:
    """A word on delivery confidence: who said it when, what the figures said then, and why another rating."""

    computed: Rating | None
    rating: Rating
    reason: str
    by_id: int
    by_name: str
    at: dt.datetime

    @property
    def is_override(self) -> bool:
        """Tell whether it says otherwise than the figures."""
        return self.rating != self.computed

    def stands(self, computed: Rating | None, at: dt.datetime) -> bool:
        """Tell whether it stands: neither too old, nor said when the figures said something else."""
        age = at - self.at
        return self.computed == computed and age <= dt.timedelta(days=settings.CONFIDENCE_STANDS_DAYS)


@dataclass(frozen=True)
class Confidence:
    """Delivery confidence at an instant: what the figures say, and the last word on it."""

    computed: Rating | None
    last: Statement | None
    at: dt.datetime

    @property
    def standing(self) -> Statement | None:
        """The last word, while it stands."""
        return self.last if self.last is not None and self.last.stands(self.computed, self.at) else None

    @property
    def rating(self) -> Rating | None:
        """The rating that counts: of the word that stands, else the computed one."""
        return self.computed if self.standing is None else self.standing.rating

    @property
    def is_asked(self) -> bool:
        """Tell whether a word on it is wanted: there is something to confirm, and none stands."""
        return self.computed is not None and self.standing is None


def confidence(found: Figures, last: Statement | None, at: dt.datetime) -> Confidence:
    """Return a program's delivery confidence, from its figures and the last word on them."""
    return Confidence(computed=found.rating, last=last, at=at)


def latest(program_ids: Collection[int]) -> dict[int, Statement]:
    """Return the last word on each program that has one, in one query."""
    newest = ConfidenceStatement.objects.filter(program=OuterRef("pk")).order_by("-at", "-pk").values("pk")[:1]
    ids = Program.objects.filter(pk__in=program_ids).order_by().values(newest=Subquery(newest))
    return {row["program_id"]: _statement(row) for row in _rows(ConfidenceStatement.objects.filter(pk__in=ids))}


def history(program_id: int) -> list[Statement]:
    """Return the last words on a program, the newest first."""
    rows = ConfidenceStatement.objects.filter(program_id=program_id).order_by("-at", "-pk")
    return [_statement(row) for row in _rows(rows)[:MOST_SHOWN]]


def _rows(statements: QuerySet[ConfidenceStatement]) -> QuerySet[Any, dict[str, Any]]:
    columns = ("program_id", "computed", "rating", "reason", "at")
    rows: QuerySet[Any, dict[str, Any]] = statements.values(*columns, by_pk=F("by_id"), by_name=name_of("by"))
    return rows


def _statement(row: dict[str, Any]) -> Statement:
    return Statement(
        computed=Rating(row["computed"]) if row["computed"] else None,
        rating=Rating(row["rating"]),
        reason=row["reason"],
        by_id=row["by_pk"],
        by_name=row["by_name"],
        at=row["at"],
    )
