"""Who may do what to the work, as two tables: its owner or performer, who leads its workstream, a manager."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import exceptions
from notifications import queries as notifications
from programs import access
from programs.access import MemberContext, Right
from workstreams.choices import ACTION, ACTION_MOVES, GATE, GATE_MOVES, MILESTONE, MILESTONE_MOVES
from workstreams.models import ActionItem, GateReview, Milestone, RaidEntry


@dataclass(frozen=True)
class Rule:
    """Who may do a thing: the test, and the words for those who pass it."""

    passes: Callable[[MemberContext, Any], bool]
    roles: Any


def leads(member: MemberContext, thing: Milestone | ActionItem) -> bool:
    """Tell whether a person may edit what stands in a workstream: they lead it, or manage the program."""
    return thing.workstream.lead_id == member.person_id or member.may(Right.MANAGE)


def _performs(member: MemberContext, item: ActionItem) -> bool:
    return item.performer_id == member.person_id


def _asks(member: MemberContext, item: ActionItem) -> bool:
    return item.requester_id == member.person_id


def _answers(member: MemberContext, item: ActionItem) -> bool:
    """Tell whether somebody may say how a promise ended: its performer, its lead, or whoever is reminded of it."""
    return _performs(member, item) or leads(member, item) or _is_reminded(member, ACTION, item.pk)


def _takes_back(member: MemberContext, item: ActionItem) -> bool:
    """Tell whether somebody may take a request back: its requester, its lead, or whoever else is reminded of it.

    Its performer, who is reminded as well, declines or misses it instead.
    """
    if _asks(member, item) or leads(member, item):
        return True
    return not _performs(member, item) and _is_reminded(member, ACTION, item.pk)


def _owns(member: MemberContext, milestone: Milestone) -> bool:
    """Tell whether somebody answers for a milestone: its owner, its lead, or whoever is reminded of it."""
    is_owner = milestone.owner_id == member.person_id
    return is_owner or leads(member, milestone) or _is_reminded(member, MILESTONE, milestone.pk)


def _is_reminded(member: MemberContext, kind: str, subject_id: int) -> bool:
    """No reminder may end in a refusal, whoever the program's rules name as its audience."""
    return notifications.was_reminded(person_id=member.person_id, kind=kind, subject_id=subject_id)


_PERFORMER = Rule(_performs, _("the performer"))
_PERFORMER_OR_LEAD = Rule(_answers, _("the performer, the lead of the workstream or a manager"))
_REQUESTER = Rule(_asks, _("the requester"))
_REQUESTER_WORDS = _("the requester, the lead of the workstream or a manager")
_REQUESTER_OR_LEAD = Rule(lambda member, item: _asks(member, item) or leads(member, item), _REQUESTER_WORDS)
_TAKER = Rule(_takes_back, _REQUESTER_WORDS)
_PARTY_OR_LEAD = Rule(
    lambda member, item: _performs(member, item) or _asks(member, item) or leads(member, item),
    _("the performer, the requester, the lead of the workstream or a manager"),
)
_OWNER_OR_LEAD = Rule(_owns, _("the owner, the lead of the workstream or a manager"))
_LEAD = Rule(leads, _("the lead of the workstream or a manager"))
_MANAGER = Rule(lambda member, thing: member.may(Right.MANAGE), _("a manager"))
_HOLDER = Rule(lambda member, gate: member.may(Right.MANAGE) or _is_reminded(member, GATE, gate.pk), _("a manager"))
_SPONSOR = Rule(lambda member, thing: member.may(Right.DECIDE), _("the sponsor or the deputy"))

# Only the performer promises, declines and renegotiates.
ACTION_RULES: Mapping[str, Rule] = {
    "promise": _PERFORMER,
    "decline": _PERFORMER,
    "keep": _PERFORMER_OR_LEAD,
    "accept": _REQUESTER,
    "miss": _PERFORMER_OR_LEAD,
    "renegotiate": _PERFORMER,
    "withdraw": _TAKER,
    "renew": _PARTY_OR_LEAD,
    "reopen": _PARTY_OR_LEAD,
    "edit": _REQUESTER_OR_LEAD,
}
MILESTONE_RULES: Mapping[str, Rule] = {
    "achieve": _OWNER_OR_LEAD,
    "forecast": _OWNER_OR_LEAD,
    "rebaseline": _SPONSOR,
    "cancel": _LEAD,
    "reopen": _OWNER_OR_LEAD,
    "add": _LEAD,
    "edit": _LEAD,
    "delete": _LEAD,
    # What it waits for.
    "link": _LEAD,
}
GATE_RULES: Mapping[str, Rule] = {
    "schedule": _MANAGER,
    "reschedule": _MANAGER,
    "hold": _HOLDER,
    "reopen": _MANAGER,
    "decide": _SPONSOR,
}
# A decision of a workstream is recorded by its lead too; one without a workstream is the whole program's.
RAID_RULES: Mapping[str, Rule] = {
    "decide": Rule(
        lambda member, entry: (
            member.may(Right.MANAGE)
            or member.may(Right.DECIDE)
            or (entry.workstream is not None and entry.workstream.lead_id == member.person_id)
        ),
        _("a manager, the sponsor, the deputy or the lead of the workstream"),
    ),
}
_RULES: Mapping[type[Any], Mapping[str, Rule]] = {
    ActionItem: ACTION_RULES,
    Milestone: MILESTONE_RULES,
    GateReview: GATE_RULES,
    RaidEntry: RAID_RULES,
}


def require_request(member: MemberContext) -> None:
    """Let those pass who may ask for an action item."""
    access.require(member, Right.REQUEST)


def require(member: MemberContext, thing: ActionItem | Milestone | GateReview | RaidEntry, move: str) -> None:
    """Let those pass who may make a move.

    Raises:
        core.exceptions.NotAllowed: saying who may.
    """
    rule = _RULES[type(thing)][move]
    if not rule.passes(member, thing):
        raise exceptions.NotAllowed(roles=rule.roles)


def open_action_moves(member: MemberContext, item: ActionItem, today: dt.date) -> list[str]:
    """Return the moves that a person can make now: what the state allows and the table grants."""
    closed = {"keep"} if item.awaits_acceptance else {"accept"}
    if item.promised_for is not None and today >= item.promised_for:
        closed.add("renegotiate")
    legal = [move for move in ACTION_MOVES.legal(item.state) if move not in closed]
    return [move for move in legal if ACTION_RULES[move].passes(member, item)]


def open_milestone_moves(member: MemberContext, milestone: Milestone) -> list[str]:
    """Return the moves that a person can make now."""
    # Before its phase starts a baseline is edited.
    closed = {"rebaseline"} if milestone.baseline_frozen_at is None else set()
    legal = [move for move in MILESTONE_MOVES.legal(milestone.state) if move not in closed]
    return [move for move in legal if MILESTONE_RULES[move].passes(member, milestone)]


def open_gate_moves(member: MemberContext, gate: GateReview) -> list[str]:
    """Return the moves that a person can make now."""
    return [move for move in GATE_MOVES.legal(gate.state) if GATE_RULES[move].passes(member, gate)]
