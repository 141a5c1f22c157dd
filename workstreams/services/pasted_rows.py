"""Many rows at once, all of them or none: phases, milestones, people and action items that somebody pasted."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from core import exceptions as core_exceptions
from core.accounts.models import User
from programs import services as programs
from programs.exceptions import RowsRefused
from programs.models import Program
from programs.services import Invitation
from workstreams.models import Milestone
from workstreams.services.actions import ActionRequest, request_action
from workstreams.services.dependencies import set_predecessors
from workstreams.services.milestones import MilestoneDetails, add_milestone
from workstreams.services.phases import PhaseDetails, add_phase


@dataclass(frozen=True, kw_only=True)
class PastedMilestone:
    """A milestone with what it waits for, which may stand in another row."""

    details: MilestoneDetails
    waits_for: Mapping[str, int] = field(default_factory=dict)


Item = PhaseDetails | PastedMilestone | ActionRequest | Invitation
# Rows by their line.
Rows = Mapping[int, Item]
Problems = dict[int, str]


def add_rows(*, program: Program, rows: Rows, by: User, at: dt.datetime) -> int:
    """Add what rows tell of; return how many they are.

    Raises:
        RowsRefused: naming every row that is refused, and why; nothing is added then.
    """
    with transaction.atomic():
        problems = _add(program, rows, by=by, at=at)
        if problems:
            raise RowsRefused(count=len(problems), rows=sorted(problems.items()))
    return len(rows)


def refused_rows(*, program: Program, rows: Rows, by: User, at: dt.datetime) -> Problems:
    """Return the rows that would be refused, each with the reason, having added none of them."""
    with transaction.atomic():
        problems = _add(program, rows, by=by, at=at)
        transaction.set_rollback(True)
    return problems


def _add(program: Program, rows: Rows, *, by: User, at: dt.datetime) -> Problems:
    """Add what can be added, and return why the rest cannot."""
    problems: Problems = {}
    waiting: list[tuple[int, Milestone, Mapping[str, int]]] = []
    for line, item in rows.items():
        added = _tried(problems, line, lambda item=item: _add_one(program, item, by=by, at=at))  # type: ignore[misc]  # bound now
        if added is not None and isinstance(item, PastedMilestone) and item.waits_for:
            waiting.append((line, added, item.waits_for))
    # What a milestone waits for may stand below it.
    for line, milestone, waits_for in waiting:
        _tried(
            problems,
            line,
            lambda successor=milestone, codes=waits_for: set_predecessors(  # type: ignore[misc]
                successor=successor, waits_for=codes, by=by, at=at
            ),
        )
    return problems


def _tried(problems: Problems, line: int, write: Callable[[], Any]) -> Any:
    """Return what a write made, or note why it was refused; who may not write at all is told at once."""
    try:
        with transaction.atomic():
            return write()
    except core_exceptions.NotFound:
        raise
    except core_exceptions.Refusal as refusal:
        problems[line] = _words(refusal)
        return None


def _words(refusal: core_exceptions.Refusal) -> str:
    """Return why something was refused, in full sentences."""
    said = [str(words) for sentences in refusal.fields.values() for words in sentences]
    return " ".join(dict.fromkeys(said or [refusal.message]))


def _add_one(program: Program, item: Item, *, by: User, at: dt.datetime) -> Any:
    if isinstance(item, PhaseDetails):
        return add_phase(program=program, details=item, by=by, at=at)
    if isinstance(item, Invitation):
        return programs.invite_member(program=program, invitation=item, by=by, at=at)
    if isinstance(item, ActionRequest):
        return request_action(program=program, request=item, by=by, at=at)
    return add_milestone(program=program, details=item.details, by=by, at=at)
