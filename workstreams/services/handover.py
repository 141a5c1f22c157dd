"""Promises of somebody who leaves a program, asked of who takes over.

A promise is personal: one that is not yet due is asked of the new performer again, by its day. One that is overdue
stays missed on record, as people_unavailable, and is asked for anew: handing over improves nobody's figures.
"""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.accounts.models import User
from workstreams import notices
from workstreams.choices import ActionSource, ActionState, MissReason
from workstreams.models import ActionItem
from workstreams.services import action_trail
from workstreams.services.actions import ActionRequest, insert_action


def hand_over_promises(rows: QuerySet[Any], *, leaver: User, heir: User, by: User, at: dt.datetime) -> list[str]:
    """Ask the heir for what somebody promised or was asked for, and return the codes; the caller is a transaction."""
    items = list(rows.select_related("program", "workstream", "phase", "requester", "milestone", "outcome"))
    for item in items:
        _hand_over_promise(item, heir, leaver=leaver, by=by, at=at)
    return [item.code for item in items]


def _hand_over_promise(item: ActionItem, heir: User, *, leaver: User, by: User, at: dt.datetime) -> None:
    """Ask the heir for what somebody promised, or was asked for; what is done only waits for its acceptance."""
    words = _("%(leaver)s left; %(heir)s takes it over.") % {"leaver": leaver, "heir": heir}
    if item.awaits_acceptance:
        action_trail.say(item, "hand_over", state=item.state, performer=heir, by=by, at=at, said=words)
        return
    if item.state == ActionState.COMMITTED and action_trail.due_on(item) < action_trail.today(item, at):
        _miss_and_renew(item, heir, words=words, by=by, at=at)
        return
    asked = {"performer": heir, "requested_for": action_trail.due_on(item), "promised_for": None, "done_on": None}
    action_trail.say(item, "hand_over", state=ActionState.REQUESTED, by=by, at=at, said=words, **asked)
    notices.tell(notices.REQUESTED, item, to=[heir.pk], by=by, at=at)


def _miss_and_renew(item: ActionItem, heir: User, *, words: str, by: User, at: dt.datetime) -> None:
    missed = {"miss_reason": MissReason.PEOPLE_UNAVAILABLE, "note": words}
    action_trail.say(item, "miss", state=ActionState.MISSED, by=by, at=at, said=words, **missed)
    request = ActionRequest(
        workstream=item.workstream, phase=item.phase, milestone=item.milestone, outcome=item.outcome, title=item.title,
        detail=item.detail, performer=heir, requested_for=action_trail.today(item, at),
        needs_acceptance=item.needs_acceptance,
    )  # fmt: skip
    renewed = insert_action(
        program=item.program, request=request, requester=item.requester, by=by, at=at, source=ActionSource.RENEWAL,
        renewal_of=item,
    )  # fmt: skip
    action_trail.say(item, "renew", state=ActionState.MISSED, by=by, at=at, said=renewed.code)
