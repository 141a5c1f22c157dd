"""What programs' open risks come to, counted by the database."""

from dataclasses import dataclass

from django.db.models import Case, Min, When

from programs.queries.days import Days
from workstreams import indicators
from workstreams.choices import RaidState
from workstreams.models import RaidEntry


@dataclass(frozen=True)
class Risk:
    """The highest open risk or issue: its score, 1 to 25, and one code that has it; 0 and "" where none is open."""

    score: int
    code: str


def highest_risks(days: Days) -> dict[int, Risk]:
    """Return the highest open risk or issue by program, in one query.

    A program whose register has entries, and no risk or issue open, has a score of 0; one without entries is left out.
    """
    rows = RaidEntry.objects.filter(program_id__in=days).order_by()
    is_open = Case(When(state=RaidState.CLOSED, then=False), default=True)
    found: dict[int, Risk] = {}
    grouped = rows.values("program_id", "kind", "probability", "impact", is_open=is_open)
    for row in grouped.annotate(code=Min("code")):
        best = found.setdefault(row["program_id"], Risk(0, ""))
        score = indicators.risk_score(kind=row["kind"], probability=row["probability"], impact=row["impact"])
        if not row["is_open"] or score is None:
            continue
        one = Risk(score, row["code"])
        if (-one.score, one.code) < (-best.score, best.code):
            found[row["program_id"]] = one
    return found
