"""What the page of a program tells besides its plan and figures: outcomes, money and time."""

from collections.abc import Sequence
from fractions import Fraction

from programs.choices import OutcomeStatus
from programs.queries import heads
from programs.queries import outcomes as lists
from workstreams.queries.plan import Row

MOST_ASKS = 4
# More outcomes than this are read on their own page; beyond it the figures and lanes would be out of sight.
MOST_OUTCOMES = 8


def outcomes(program_id: int, measures: Sequence[Row]) -> list[Row]:
    """Return the outcomes that are not withdrawn, each with its measures of those given, customer behaviour first."""
    found = [row for row in lists.with_measures(program_id, measures) if row["status"] != OutcomeStatus.WITHDRAWN]
    return sorted(found, key=lambda row: not any(each["is_behaviour"] for each in row["measures"]))


def foremost(found: Sequence[Row]) -> list[Row]:
    """Return as many outcomes as the page has room for, those that need somebody before the others, in their order."""
    chosen = sorted(found, key=lambda row: not _needs_somebody(row))[:MOST_OUTCOMES]
    codes = {row["code"] for row in chosen}
    return [row for row in found if row["code"] in codes]


def _needs_somebody(outcome: Row) -> bool:
    return outcome["is_open"] and any(each["is_stale"] or each["figures"].is_behind for each in outcome["measures"])


def spent_share(head: heads.Head) -> Fraction | None:
    """Return which part of the budget is spent; None where one of them is unknown."""
    if not head.program.budget or head.program.spent is None:
        return None
    return Fraction(head.program.spent) / Fraction(head.program.budget)


def time_share(head: heads.Head) -> Fraction | None:
    """Return which part of the program's days is over; None where it has no dates."""
    first, last = head.program.start_on, head.program.end_on
    if first is None or last is None or first >= last:
        return None
    return min(max(Fraction((head.today - first).days, (last - first).days), Fraction(0)), Fraction(1))
