"""What programs' open risks come to, counted by the database."""

from dataclasses import dataclass

from django.db.models import Min

from programs.queries.days import Days
from workstreams import indicators
from workstreams.choices import RaidKind, RaidState
from workstreams.models import RaidEntry


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
