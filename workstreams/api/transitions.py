"""The moves that a reader can make of a row of values now."""

import datetime as dt

from core import clock
from core.accounts.models import User
from core.api.pagination import Row
from programs.access import MemberContext
from programs.choices import Role
from workstreams import access
from workstreams.models import ActionItem, Milestone, Workstream


def action_moves(values: Row, reader: User, at: dt.datetime) -> list[str]:
    """Return the moves of an action item."""
    own = ("id", "state", "performer_id", "requester_id", "promised_for", "done_on", "needs_acceptance", "accepted_on")
    item = ActionItem(**_picked(values, own), workstream=Workstream(lead_id=values["workstream__lead_id"]))
    today = clock.today(values["program__time_zone"], at)
    moves = access.open_action_moves(_standing(values, reader), item, today)
    return [move for move in moves if move != "renew" or values["renewed_as__id"] is None]


def milestone_moves(values: Row, reader: User) -> list[str]:
    """Return the moves of a milestone."""
    own = ("id", "state", "owner_id", "baseline_frozen_at")
    subject = Milestone(**_picked(values, own), workstream=Workstream(lead_id=values["workstream__lead_id"]))
    return access.open_milestone_moves(_standing(values, reader), subject)


def _picked(values: Row, names: tuple[str, ...]) -> Row:
    return {name: values[name] for name in names}


def _standing(values: Row, reader: User) -> MemberContext:
    is_deputy = values["program__deputy_sponsor_id"] == reader.pk
    return MemberContext(values["program_id"], reader.pk, Role(values["role"]), is_deputy)
