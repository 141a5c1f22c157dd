"""What the page of a program tells besides its plan and figures: outcomes, money and time, what is asked of whom."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.db.models import Q

from core.accounts.models import User
from programs.choices import OutcomeStatus
from programs.queries import heads
from programs.queries import outcomes as lists
from workstreams.choices import OPEN_ACTIONS, RaidState
from workstreams.models import ActionItem, RaidEntry
from workstreams.queries.plan import Row

MOST_ASKS = 4
# More outcomes than this are read on their own page; beyond it the figures and lanes would be out of sight.
MOST_OUTCOMES = 8
# A gate is prepared, so it is asked of its decider before its day has come.
GATE_AHEAD = dt.timedelta(days=28)


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


def asked_actions(program_id: int, person: User) -> list[Row]:
    """Return the open action items that wait for a person: to answer, to keep, to accept."""
    mine = Q(performer_id=person.pk, done_on=None)
    to_accept = Q(requester_id=person.pk, needs_acceptance=True, done_on__isnull=False, accepted_on=None)
    rows = ActionItem.objects.filter(mine | to_accept, program_id=program_id, state__in=OPEN_ACTIONS)
    columns = ("code", "title", "state", "due_on", "performer_id", "done_on")
    return list(rows.order_by("due_on", "pk").values(*columns)[: MOST_ASKS + 1])


def asked_reviews(program_id: int, person: User, today: dt.date) -> list[Row]:
    """Return the RAID entries of a person whose review has come."""
    rows = RaidEntry.objects.filter(program_id=program_id, owner_id=person.pk, review_on__lte=today)
    open_rows = rows.exclude(state=RaidState.CLOSED)
    found: Any = open_rows.order_by("review_on", "pk").values("code", "title", "review_on")
    return list(found[: MOST_ASKS + 1])
