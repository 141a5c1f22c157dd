"""One thing in somebody's work, and the group it stands in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workstreams.queries.line_of_sight import Effect

# What is due within these days, the day itself counted, is asked now; what comes after is to come.
WEEK = 7


class Kind(StrEnum):
    """What somebody is to do; the words of pages and the values of the API hang on it."""

    PROMISE = "promise"
    KEEP = "keep"
    ACCEPT = "accept"
    AWAITED = "awaited"
    REACH = "reach"
    READ = "read"
    REVIEW = "review"
    ASSESS = "assess"
    OPEN_CONSENSUS = "open_consensus"
    FIND_CONSENSUS = "find_consensus"
    DECIDE_RECOMMENDATION = "decide_recommendation"
    HOLD_GATE = "hold_gate"
    DECIDE_GATE = "decide_gate"
    PLAN_GATE = "plan_gate"
    START_PHASE = "start_phase"
    END_PHASE = "end_phase"
    CHASE = "chase"
    CONFIRM = "confirm"


# These wait for an answer of their reader's, whatever their day.
_ANSWERS = frozenset({
    Kind.PROMISE,
    Kind.ACCEPT,
    Kind.DECIDE_RECOMMENDATION,
    Kind.PLAN_GATE,
    Kind.CONFIRM,
})  # fmt: skip


_ACTIONS = (Kind.PROMISE, Kind.KEEP, Kind.ACCEPT)


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing in somebody's work.

    Attributes:
        code: with the program's key, as in ONE-A7.
        due_on: its date, in the program's days; `today` is the program's.
        is_waiting: it is in somebody else's hands now.
        is_held_for_answer: its reader alone keeps it from going on, whatever its day.
        whom: who asked for it, or whose it is.
        why: what it serves.
        row: what its line on My work needs besides.
    """

    kind: Kind
    code: str
    title: str
    due_on: dt.date
    today: dt.date
    url: str
    program_key: str
    program: str
    is_waiting: bool = False
    is_held_for_answer: bool = False
    whom: str = ""
    why: str = ""
    effect: Effect | None = None
    row: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_action(self) -> bool:
        """Tell whether it is an action item that waits for its reader."""
        return self.kind in _ACTIONS

    @property
    def is_late(self) -> bool:
        """Tell whether its day is gone."""
        return self.due_on < self.today

    @property
    def is_ask(self) -> bool:
        """Tell whether it is asked of its reader now."""
        return self.group in ("asked", "late", "week")

    @property
    def group(self) -> str:
        """Return where it stands: what others owe, what waits for an answer, what is late, then by date."""
        if self.is_waiting:
            return "waiting"
        if self.is_held_for_answer or self.kind in _ANSWERS or (self.kind == Kind.ASSESS and not self.is_late):
            return "asked"
        if self.is_late:
            return "late"
        return "week" if (self.due_on - self.today).days < WEEK else "later"
