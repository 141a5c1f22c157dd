"""The programs that a reader belongs to: which of them need somebody, and what stands in each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, F, Model, Q, QuerySet

from assessments.queries import score_history
from assessments.queries.history import Scored
from backend.overview.queries import asks, confidence_statements
from backend.overview.queries.confidence_statements import Confidence
from backend.overview.queries.figures import Figures, figures
from core.accounts.models import User
from programs.access import Right
from programs.choices import ENDED_PROGRAMS, RUNNING_PHASES, ProgramStatus, Rating
from programs.indicators import Share
from programs.models import Phase, Program
from programs.queries.days import Days, days_of, on_their_day
from workstreams.choices import ActionState, GateState, MilestoneState
from workstreams.models import ActionItem, GateReview, Milestone
from workstreams.queries import slips

PAGE = 25


NOTHING = Share(0, 0)


@dataclass
class Card:
    """A program as its row shows it."""

    program: Mapping[str, Any]
    late: int = 0
    overdue: int = 0
    late_gates: int = 0
    asks: int = 0
    phases: list[Mapping[str, Any]] = field(default_factory=list)
    next_gate: Mapping[str, Any] | None = None
    confidence: Confidence | None = None
    rating_label: str = ""
    on_track: Share = NOTHING
    scored: Scored | None = None
    # A row in it stops what is reckoned: nothing is said of its figures, and somebody has to mend it.
    is_unreckonable: bool = False

    @property
    def is_over(self) -> bool:
        """Tell whether the program is closed or stopped."""
        return self.program["status"] in ENDED_PROGRAMS

    @property
    def needs_somebody(self) -> bool:
        """Tell whether something in it is late, or asked of the reader."""
        # What is over is late in nothing more; its readings may still be asked for.
        is_late = not self.is_over and bool(self.late or self.overdue or self.late_gates)
        return bool(self.asks) or is_late or self.is_unreckonable


@dataclass(frozen=True)
class Rated:
    """Where programs stand: their figures, and delivery confidence with the last word on it."""

    figures: Mapping[int, Figures]
    said: Mapping[int, Confidence]


@dataclass(frozen=True)
class Portfolio:
    """All programs of a reader, those that need somebody first, and the rows of one page of them."""

    needing: list[Card]
    total: int
    cards: list[Card]
    page: int
    has_next: bool


def portfolio(person: User, at: dt.datetime, page: int = 1, size: int = PAGE) -> Portfolio:
    """Return a reader's programs, in a number of queries that neither their number nor their size changes."""
    columns = ("pk", "key", "name", "organisation", "status", "time_zone")
    programs = Program.objects.visible_to(person).order_by("name", "pk").values(*columns)
    cards = {row["pk"]: Card(_shown(row)) for row in programs}
    days, within = days_of(programs, at), asks.scope(person, at)
    _count_late(cards, days)
    known = _decided(within, at)
    counted = asks.count_by_program(asks.tasks(replace(within, said=known.said)))
    for card in cards.values():
        card.asks = counted[card.program["key"]]
    _count_pushed({pk: card for pk, card in cards.items() if not card.needs_somebody}, days)
    ordered = sorted(cards.values(), key=lambda card: (not card.needs_somebody, card.is_over))
    start = (page - 1) * size
    shown = ordered[start : start + size]
    _complete({card.program["pk"]: card for card in shown})
    _rate({card.program["pk"]: card for card in shown}, days, at, known)
    needing = [card for card in ordered if card.needs_somebody]
    return Portfolio(needing, len(ordered), shown, page, has_next=len(ordered) > start + size)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"status_label": ProgramStatus(row["status"]).label, "is_active": row["status"] == "active"}


def _counted(rows: QuerySet[Any], cards: Mapping[int, Card]) -> list[tuple[int, int]]:
    mine = rows.filter(program_id__in=cards).order_by()
    return list(mine.values("program_id").annotate(n=Count("pk")).values_list("program_id", "n"))


def _count_late(cards: Mapping[int, Card], days: Days) -> None:
    planned = Milestone.objects.filter(state=MilestoneState.PLANNED)
    passed = on_their_day(days, lambda day: Q(due_on__lt=day))
    for pk, n in _counted(planned.filter(passed | Q(due_on__gt=F("baseline_on"))), cards):
        cards[pk].late = n
    promised = ActionItem.objects.filter(state=ActionState.COMMITTED)
    for pk, n in _counted(promised.filter(on_their_day(days, lambda day: Q(promised_for__lt=day))), cards):
        cards[pk].overdue = n
    gates = GateReview.objects.exclude(state=GateState.DECIDED)
    for pk, n in _counted(gates.filter(on_their_day(days, lambda day: Q(planned_on__lt=day))), cards):
        cards[pk].late_gates = n


def _count_pushed(cards: Mapping[int, Card], days: Days) -> None:
    """Count what is late in programs that seem calm: there others may push it, beyond what is said of it."""
    still_open = {pk: days[pk] for pk, card in cards.items() if card.program["status"] not in ENDED_PROGRAMS}
    found = slips.milestones(still_open)
    for pk in still_open:
        cards[pk].is_unreckonable = pk not in found
        cards[pk].late = sum(row["is_late"] for row in found.get(pk, ()))


def _decided(within: asks.Scope, at: dt.datetime) -> Rated:
    """Return where the active programs stand in which the reader decides: their word may be asked."""
    return _rated(within.days(within.ids(Right.DECIDE, (ProgramStatus.ACTIVE,))), at)


def _rated(days: Days, at: dt.datetime) -> Rated:
    found = figures(days)
    words = confidence_statements.latest(days) if days else {}
    return Rated(found, {pk: confidence_statements.confidence(each, words.get(pk), at) for pk, each in found.items()})


def _rows(model: type[Model], cards: Mapping[int, Card], order: Sequence[str], *columns: str, **where: Any) -> Any:
    rows = model._default_manager.filter(program_id__in=cards, **where)
    return rows.order_by(*order).values("program_id", *columns)


def _complete(cards: Mapping[int, Card]) -> None:
    """Fill in what only the rows of one page show: phases now, the next gate, the last score."""
    for row in _rows(Phase, cards, ("position", "pk"), "code", "name", status__in=RUNNING_PHASES):
        cards[row["program_id"]].phases.append(row)
    open_gates = (GateState.SCHEDULED, GateState.HELD)
    for row in _rows(GateReview, cards, ("-planned_on", "-pk"), "code", "planned_on", state__in=open_gates):
        cards[row["program_id"]].next_gate = row
    for pk, scores in score_history(cards).items():
        cards[pk].scored = scores[-1] if scores else None


def _rate(cards: Mapping[int, Card], days: Days, at: dt.datetime, known: Rated) -> None:
    """Fill in what the rows of one page show of their figures: confidence, and the measures on track."""
    read = _rated({pk: days[pk] for pk in cards if pk not in known.figures}, at)
    for pk, card in cards.items():
        found = known.figures.get(pk) or read.figures.get(pk)
        if found is None:
            card.is_unreckonable = True
            continue
        confidence = known.said.get(pk) or read.said[pk]
        card.confidence = confidence
        card.rating_label = str(Rating(confidence.rating.value).label) if confidence.rating else ""
        card.on_track = found.on_track
        # Counted by their owners' days where these say enough to tell who needs somebody; a row tells all.
        card.late = len(found.late)
