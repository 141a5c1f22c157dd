"""By which day a rating that nothing is known of will be known, as the plan stands."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django.db.models import Min

from backend.overview.indicators.confidence import THRESHOLDS
from backend.overview.queries.figures import Figures
from core.fields import LAST_DAY
from programs.choices import PhaseStatus
from programs.models import Measure
from programs.queries import with_reading_due
from workstreams.choices import ActionState, Discipline
from workstreams.models import ActionItem

DAY = dt.timedelta(days=1)
# What becomes of a promise is counted by its promised day: kept on it, overdue the day after.
_PROMISED = (ActionState.COMMITTED, ActionState.KEPT, ActionState.MISSED)

Known = Mapping[str, dt.date | None]


def known_by(program_id: int, figures: Figures) -> Known:
    """Return the ratings without data, in their order, with the day by which each has some; None where none will.

    At most two queries, and none where all ratings have data.
    """
    return {name: _DAYS[name](program_id, figures) for name in THRESHOLDS if name not in figures.ratings}


def _outcomes(program_id: int, figures: Figures) -> dt.date | None:
    """Return the day after the first reading is due: read or not, it tells."""
    unfinished = Measure.objects.filter(pk__in=[row["pk"] for row in figures.unfinished])
    due_on: dt.date | None = with_reading_due(unfinished).aggregate(first=Min("reading_due_on"))["first"]
    return _after(due_on)


def _schedule(program_id: int, figures: Figures) -> dt.date | None:
    """Return the day on which a milestone falls due by baseline, or a phase should have started."""
    planned = (row for row in figures.phases if row["status"] == PhaseStatus.PLANNED)
    starts = (row["baseline_start_on"] for row in planned if row["baseline_start_on"] and row["baseline_end_on"])
    due = (row["baseline_on"] for row in figures.milestones if row["phase_status"] != PhaseStatus.STOPPED)
    return _first(figures, [*(min(day, LAST_DAY) + DAY for day in starts), *due])


def _parity(program_id: int, figures: Figures) -> dt.date | None:
    """Return the day on which both disciplines have a milestone due."""
    sides = {Discipline.PROJECT: figures.parity.project, Discipline.CHANGE: figures.parity.change}
    days = [
        _first(figures, (row["baseline_on"] for row in figures.milestones if row["discipline"] == discipline))
        for discipline, side in sides.items()
        if not side.due
    ]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _promises(program_id: int, figures: Figures) -> dt.date | None:
    promised = ActionItem.objects.filter(program_id=program_id, state__in=_PROMISED, promised_for__gte=figures.today)
    first: dt.date | None = promised.aggregate(first=Min("promised_for"))["first"]
    return _after(first)


def _risks(program_id: int, figures: Figures) -> dt.date | None:
    """Return nothing: no plan says when somebody writes down a risk."""
    return None


def _after(day: dt.date | None) -> dt.date | None:
    return None if day is None else min(day, LAST_DAY) + DAY


def _first(figures: Figures, days: Iterable[dt.date]) -> dt.date | None:
    return min((day for day in days if day > figures.today), default=None)


_DAYS: Final[Mapping[str, Callable[[int, Figures], dt.date | None]]] = {
    "outcomes": _outcomes,
    "schedule": _schedule,
    "parity": _parity,
    "promises": _promises,
    "risks": _risks,
}
