"""The decision log of a program: what was decided, by whom and why, from every place that keeps a decision."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, DateField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.utils.translation import gettext_lazy as _

from core.audit.models import Entry
from programs.choices import Rating
from programs.models import ConfidenceStatement, Phase
from programs.queries import name_of
from workstreams.choices import DecisionKind, GateDecision, GateState, RaidKind
from workstreams.models import GateReview, MilestoneRebaselining, RaidEntry

Row = dict[str, Any]
# What was given up, stopped or taken up again by hand is kept by the audit trail alone.
TURNS = {
    "cancel_milestone": _("Cancelled"),
    "withdraw_outcome": _("Withdrawn"),
    "stop_phase": _("Stopped"),
    "reopen_phase": _("Reopened"),
    "pause_program": _("Paused"),
    "close_program": _("Closed"),
    "stop_program": _("Stopped"),
    "reopen_program": _("Reopened"),
}
COLUMNS = ("kind", "on", "row", "code", "title", "verdict", "reason", "by_name", "from_on", "to_on")
_NAMES = tuple(f"log_{column}" for column in COLUMNS)


@dataclass(frozen=True)
class Scope:
    """The program whose log is read, and its time zone, in which an instant has its day."""

    program_id: int
    time_zone: str

    def day_of(self, column: str) -> TruncDate:
        """Return the day of an instant."""
        return TruncDate(column, tzinfo=ZoneInfo(self.time_zone))


@dataclass(frozen=True)
class Edge:
    """The row at the edge of what was read: the log goes on behind it, or before it, whatever is added meanwhile."""

    on: dt.date
    kind: str
    row: int
    is_backward: bool = False

    def of(self, kind: str) -> Q:
        """Return which rows of a kind lie past it: days fall, kinds rise within a day, rows fall within a kind."""
        lookup, is_past = ("gt", kind < self.kind) if self.is_backward else ("lt", kind > self.kind)
        past, same_day = Q(**{f"log_on__{lookup}": self.on}), Q(log_on=self.on)
        if kind == self.kind:
            return past | (same_day & Q(**{f"log_row__{lookup}": self.row}))
        return past | same_day if is_past else past


def decisions(scope: Scope, kind: str = "", edge: Edge | None = None) -> QuerySet[Any, Row]:
    """Return the decisions of a program as rows of `COLUMNS`, in one statement.

    The newest come first; past an edge that leads backward, the row next to it comes first.
    """
    chosen = [one for one in SOURCES if kind in ("", one)]
    first, *others = [_read(one, scope, edge) for one in chosen]
    is_backward = edge is not None and edge.is_backward
    order = ("log_on", "-log_kind", "log_row") if is_backward else ("-log_on", "log_kind", "-log_row")
    return first.union(*others, all=True).order_by(*order)


def _read(kind: str, scope: Scope, edge: Edge | None) -> QuerySet[Any, Row]:
    rows, facts = SOURCES[kind](scope)
    blank: dict[str, Any] = {
        "kind": _text(kind), "row": F("pk"), "code": _text(""), "from_on": _no_day(), "to_on": _no_day()
    }  # fmt: skip
    named = {f"log_{name}": value for name, value in (blank | facts).items()}
    found = rows.order_by().annotate(**named)
    if edge is not None:
        found = found.filter(edge.of(kind))
    read: QuerySet[Any, Row] = found.values(*_NAMES)
    return read


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())


def _no_day() -> Cast:
    # PostgreSQL joins columns of one type only, and takes a bare NULL for a text.
    return Cast(Value(None), DateField())


Source = tuple[QuerySet[Any, Any], dict[str, Any]]


def _gates(scope: Scope) -> Source:
    rows = GateReview.objects.filter(program_id=scope.program_id, state=GateState.DECIDED)
    return rows, {
        "on": Coalesce("decided_on", "held_on"), "code": F("code"), "title": F("phase__name"),
        "verdict": F("decision"), "reason": F("rationale"), "by_name": name_of("decided_by"),
    }  # fmt: skip


def _recorded(scope: Scope) -> Source:
    rows = RaidEntry.objects.filter(program_id=scope.program_id, kind=RaidKind.DECISION)
    return rows, {
        "on": scope.day_of("created_at"), "code": F("code"), "title": F("title"), "verdict": _text(""),
        "reason": F("detail"), "by_name": Coalesce(name_of("owner"), _text("")),
    }  # fmt: skip


def _baselines(scope: Scope) -> Source:
    rows = MilestoneRebaselining.objects.filter(milestone__program_id=scope.program_id)
    return rows, {
        "on": F("decided_on"), "code": F("milestone__code"), "title": F("milestone__name"), "verdict": _text(""),
        "reason": F("reason"), "by_name": name_of("decided_by"), "from_on": F("old_on"), "to_on": F("new_on"),
    }  # fmt: skip


def _overrides(scope: Scope) -> Source:
    rows = Phase.objects.filter(program_id=scope.program_id, actual_start_on__isnull=False).exclude(override_reason="")
    trail = Entry.objects.filter(
        verb="override_phase",
        subject=Concat(Value("phase:"), Cast(OuterRef("pk"), TextField()), output_field=TextField()),
    )
    who = Subquery(trail.order_by("-at").annotate(who=name_of("by")).values("who")[:1], output_field=CharField())
    return rows, {
        "on": F("actual_start_on"), "code": F("code"), "title": F("name"), "verdict": _text(""),
        "reason": F("override_reason"), "by_name": Coalesce(who, _text("")),
    }  # fmt: skip


def _confidence(scope: Scope) -> Source:
    rows = ConfidenceStatement.objects.filter(program_id=scope.program_id)
    return rows, {
        "on": scope.day_of("at"), "title": F("program__name"), "verdict": F("rating"), "reason": F("reason"),
        "by_name": name_of("by"),
    }  # fmt: skip


def _turns(scope: Scope) -> Source:
    rows = Entry.objects.filter(scope=f"program:{scope.program_id}", verb__in=TURNS)
    return rows, {
        "on": scope.day_of("at"), "title": F("label"), "verdict": F("verb"), "reason": F("reason"),
        "by_name": Coalesce(name_of("by"), _text("")),
    }  # fmt: skip


SOURCES: Mapping[str, Callable[[Scope], Source]] = {
    DecisionKind.GATE: _gates,
    DecisionKind.RECORDED: _recorded,
    DecisionKind.BASELINE: _baselines,
    DecisionKind.OVERRIDE: _overrides,
    DecisionKind.CONFIDENCE: _confidence,
    DecisionKind.TURN: _turns,
}
_VERDICTS: Mapping[str, Mapping[str, Any]] = {
    DecisionKind.GATE: dict(GateDecision.choices),
    DecisionKind.CONFIDENCE: dict(Rating.choices),
    DecisionKind.TURN: TURNS,
}


def shown(values: Row) -> Row:
    """Return a row of the log with its kind and verdict in words."""
    row: Row = {column: values[f"log_{column}"] for column in COLUMNS}
    verdict = _VERDICTS.get(row["kind"], {}).get(row["verdict"], "")
    return row | {"kind_label": DecisionKind(row["kind"]).label, "verdict_label": verdict}
