"""How programs kept their promises, counted by the database, each program on its own day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from programs.queries.days import Days, on_their_day
from workstreams.choices import ActionMove, ActionState
from workstreams.indicators import Commitments, Promises, reasons_ranked
from workstreams.models import ActionEvent, ActionItem

_NONE = Promises(kept=0, missed=0, overdue=0)
_UNANSWERED = Commitments(committed=0, declined=0)


@dataclass(frozen=True)
class Kept:
    """How the promises of a program were kept: all up to its day, those of the last weeks, and why some were missed."""

    promises: Promises = _NONE
    recent: Promises = _NONE
    commitments: Commitments = _UNANSWERED
    renegotiated: int = 0
    # The reasons of misses with their counts, the most frequent first.
    reasons: list[tuple[str, int]] = field(default_factory=list)


def kept(days: Days) -> dict[int, Kept]:
    """Return how the promises of programs were kept, by program, in three queries."""
    rows = ActionItem.objects.filter(program_id__in=days).order_by()
    counted = {row["program_id"]: row for row in rows.values("program_id").annotate(**_counters(days))}
    reasons = _reasons(days)
    renegotiated = _renegotiated(days)
    return {pk: _kept(counted.get(pk), reasons.get(pk, []), renegotiated.get(pk, 0)) for pk in days}


def _counters(days: Days) -> dict[str, Count]:
    """Return what is counted: the promises by their promised day, and what was answered."""
    counters = {
        "committed": Count("pk", filter=Q(promised_for__isnull=False)),
        "declined": Count("pk", filter=Q(state=ActionState.DECLINED)),
    }
    window = dt.timedelta(days=settings.RECENT_PROMISES_DAYS)
    until = {
        "": on_their_day(days, lambda day: Q(promised_for__lte=day)),
        "recent_": on_their_day(days, lambda day: Q(promised_for__lte=day, promised_for__gt=day - window)),
    }
    overdue = on_their_day(days, lambda day: Q(promised_for__lt=day))
    for prefix, due in until.items():
        counters |= {
            f"{prefix}kept": Count("pk", filter=due & Q(state=ActionState.KEPT)),
            f"{prefix}missed": Count("pk", filter=due & Q(state=ActionState.MISSED)),
            f"{prefix}overdue": Count("pk", filter=due & overdue & Q(state=ActionState.COMMITTED)),
        }
    return counters


def _reasons(days: Days) -> dict[int, list[tuple[str, int]]]:
    rows = ActionItem.objects.filter(program_id__in=days, state=ActionState.MISSED).order_by()
    counted = rows.values("program_id", "miss_reason").annotate(n=Count("pk"))
    found: dict[int, dict[str, int]] = {}
    for row in counted:
        found.setdefault(row["program_id"], {})[row["miss_reason"]] = row["n"]
    return {pk: reasons_ranked(counts) for pk, counts in found.items()}


def _renegotiated(days: Days) -> dict[int, int]:
    rows = ActionEvent.objects.filter(item__program_id__in=days, move=ActionMove.RENEGOTIATE).order_by()
    counted = rows.values("item__program_id").annotate(n=Count("pk"))
    return {row["item__program_id"]: row["n"] for row in counted}


def _kept(row: Mapping[str, Any] | None, reasons: list[tuple[str, int]], renegotiated: int) -> Kept:
    if row is None:
        return Kept()
    return Kept(
        promises=Promises(kept=row["kept"], missed=row["missed"], overdue=row["overdue"]),
        recent=Promises(kept=row["recent_kept"], missed=row["recent_missed"], overdue=row["recent_overdue"]),
        commitments=Commitments(committed=row["committed"], declined=row["declined"]),
        renegotiated=renegotiated,
        reasons=reasons,
    )
