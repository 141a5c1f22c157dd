"""The RAID register as its readers see it, and what programs' open risks come to, counted by the database."""

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import F, Min, QuerySet

from core.accounts.models import User
from programs.queries import name_of
from programs.queries.days import Days
from workstreams import indicators
from workstreams.choices import RaidKind, RaidState
from workstreams.models import RaidEntry

COLUMNS = (
    "id", "version", "code", "program_id", "program__key", "program__name", "workstream_id", "workstream__code",
    "workstream__name", "kind", "title", "detail", "probability", "impact", "owner_id", "response", "due_on",
    "review_on", "state", "came_from_id", "created_at", "updated_at",
)  # fmt: skip


def raid_rows(reader: User) -> QuerySet[Any, dict[str, Any]]:
    """Return the RAID entries of the reader's programs."""
    return cast(
        "QuerySet[Any, dict[str, Any]]",
        RaidEntry.objects.visible_to(reader).values(
            *COLUMNS,
            owner_name=name_of("owner"),
            came_from_code=F("came_from__code"),
            came_from_title=F("came_from__title"),
            became_id=F("became__id"),
            became_code=F("became__code"),
            became_title=F("became__title"),
        ),
    )


@dataclass(frozen=True)
class Risk:
    """The highest open risk or issue: its score, 1 to 25, and one code that has it."""

    score: int
    code: str


def highest_risks(days: Days) -> dict[int, Risk]:
    """Return the highest open risk or issue of programs that have one, by program, in one query."""
    rows = RaidEntry.objects.filter(program_id__in=days, kind__in=(RaidKind.RISK, RaidKind.ISSUE))
    still_open = rows.exclude(state=RaidState.CLOSED).order_by()
    found: dict[int, Risk] = {}
    for row in still_open.values("program_id", "kind", "probability", "impact").annotate(code=Min("code")):
        score = indicators.risk_score(kind=row["kind"], probability=row["probability"], impact=row["impact"])
        if score is None:
            continue
        one, best = Risk(score, row["code"]), found.get(row["program_id"])
        if best is None or (-one.score, one.code) < (-best.score, best.code):
            found[row["program_id"]] = one
    return found
