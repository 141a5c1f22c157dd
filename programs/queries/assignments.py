"""What each person of a program has in hand: what would be ownerless if they left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Model, Value
from django.utils.translation import ngettext

from programs.choices import ENDED_OUTCOMES, PhaseStatus
from programs.models import Measure, Outcome, Phase
from workstreams.choices import OPEN_ACTIONS, MilestoneState, RaidKind, RaidState
from workstreams.models import ActionItem, Milestone, RaidEntry, Workstream


@dataclass(frozen=True)
class Holding:
    """One way of having something in hand: which rows, by which column; `open` narrows to what is still to be done."""

    kind: str
    model: type[Model]
    column: str
    rows: Mapping[str, Any]
    without: Mapping[str, Any]
    open: Mapping[str, Any]
    closed: Mapping[str, Any]


def _holding(
    kind: str, model: type[Model], column: str = "owner", *, rows: Any = None, without: Any = None, **narrowed: Any
) -> Holding:
    return Holding(kind, model, column, rows or {}, without or {}, narrowed.get("open", {}), narrowed.get("closed", {}))


# A decision on record keeps who made it. An answered promise is its performer's for ever.
_DECISIONS = {"kind": RaidKind.DECISION}
HOLDINGS = (
    _holding("workstreams", Workstream, "lead"),
    _holding("phases", Phase, closed={"status__in": (PhaseStatus.CLOSED, PhaseStatus.STOPPED)}),
    _holding("outcomes", Outcome, closed={"status__in": ENDED_OUTCOMES}),
    _holding("measures", Measure, closed={"outcome__status__in": ENDED_OUTCOMES}),
    _holding("milestones", Milestone, open={"state": MilestoneState.PLANNED}),
    _holding("promises", ActionItem, "performer", rows={"state__in": OPEN_ACTIONS}),
    _holding("requests", ActionItem, "requester", rows={"state__in": OPEN_ACTIONS}),
    _holding("raid", RaidEntry, without=_DECISIONS, closed={"state": RaidState.CLOSED}),
)


def held(program_id: int, *, is_open: bool) -> dict[int, dict[str, int]]:
    """Return how many things of each kind each person has in hand, in one query: all, or what is still to be done."""
    first, *others = [_counted(one, program_id, is_open=is_open) for one in HOLDINGS]
    found: dict[int, dict[str, int]] = {}
    for person_id, kind, count in first.union(*others, all=True):
        found.setdefault(person_id, {})[kind] = count
    return found


def rows_of(one: Holding, program_id: int, person_id: int) -> Any:
    """Return all that one person has in hand in one way."""
    rows = one.model._default_manager.filter(program_id=program_id, **{f"{one.column}_id": person_id}, **one.rows)
    return rows.exclude(**one.without) if one.without else rows


def _counted(one: Holding, program_id: int, *, is_open: bool) -> Any:
    rows = one.model._default_manager.filter(program_id=program_id, **{f"{one.column}__isnull": False}, **one.rows)
    rows = rows.exclude(**one.without) if one.without else rows
    if is_open:
        rows = rows.filter(**one.open)
        rows = rows.exclude(**one.closed) if one.closed else rows
    whose = {"person": F(f"{one.column}_id"), "holding": Value(one.kind, output_field=CharField())}
    return rows.order_by().values(**whose).annotate(n=Count("pk")).values_list("person", "holding", "n")


def in_words(counts: Mapping[str, int]) -> str:
    """Return "2 milestones, 1 promise"."""
    return ", ".join(_words(one.kind, counts[one.kind]) for one in HOLDINGS if counts.get(one.kind))


def _words(kind: str, count: int) -> str:
    words = {
        "workstreams": ngettext("leads %(n)d workstream", "leads %(n)d workstreams", count),
        "phases": ngettext("%(n)d phase", "%(n)d phases", count),
        "outcomes": ngettext("%(n)d outcome", "%(n)d outcomes", count),
        "measures": ngettext("%(n)d measure", "%(n)d measures", count),
        "milestones": ngettext("%(n)d milestone", "%(n)d milestones", count),
        "promises": ngettext("%(n)d action item", "%(n)d action items", count),
        "requests": ngettext("asked for %(n)d action item", "asked for %(n)d action items", count),
        "raid": ngettext("%(n)d RAID entry", "%(n)d RAID entries", count),
    }
    return words[kind] % {"n": count}


def codes(rows: Iterable[Any]) -> list[str]:
    """Return the codes of things, as the audit trail keeps them."""
    return [row.code for row in rows]
