"""What is said of an action item once it is asked for: promised, declined, kept, missed, moved, taken back, renewed.

Each function answers with the item as it became, and raises NotFound to strangers, NotAllowed to members who may not,
IllegalMove when the state does not allow it.
"""

import datetime as dt

from django.db import transaction

from core.accounts.models import User
from programs.services.guards import require_words
from workstreams import access, exceptions, notices
from workstreams.choices import ACTION_MOVES, ActionSource, ActionState, MissReason
from workstreams.models import ActionItem
from workstreams.services import action_trail
from workstreams.services.actions import ActionRequest, insert_action


@transaction.atomic
def promise_action(*, item: ActionItem, promised_for: dt.date, by: User, at: dt.datetime, note: str = "") -> ActionItem:
    """Commit to a day; another day than asked for is a counter-offer that needs no second consent.

    Raises:
        PromisedInThePast: when the day is gone.
    """
    item, member = action_trail.locked(item, by)
    access.require(member, item, "promise")
    state = ACTION_MOVES.target(item.state, "promise")
    _refuse_past(item, promised_for, at, field="promised_for")
    action_trail.say(item, "promise", state=state, promised_for=promised_for, by=by, at=at, said=note)
    kind = notices.PROMISED if promised_for == item.requested_for else notices.COUNTERED
    notices.tell(kind, item, to=[item.requester_id], by=by, at=at)
    return item


@transaction.atomic
def decline_action(*, item: ActionItem, note: str, by: User, at: dt.datetime) -> ActionItem:
    """Say no, and why.

    Raises:
        ReasonMissing: without a note.
    """
    item, member = action_trail.locked(item, by)
    access.require(member, item, "decline")
    state = ACTION_MOVES.target(item.state, "decline")
    note = require_words(note, field="note")
    action_trail.say(item, "decline", state=state, note=note, by=by, at=at, said=note)
    notices.tell(notices.DECLINED, item, to=[item.requester_id], by=by, at=at)
    return item


@transaction.atomic
def keep_action(
    *, item: ActionItem, by: User, at: dt.datetime, done_on: dt.date | None = None, note: str = ""
) -> ActionItem:
    """Say that a promise is done, today by default. Where acceptance was asked it waits for its requester.

    Raises:
        DateInTheFuture: when it would be done after today.
        DoneAfterThePromise: when it was done after its day.
        AwaitsAcceptance: when that has been said already.
    """
    item, member = action_trail.locked(item, by)
    access.require(member, item, "keep")
    state = ACTION_MOVES.target(item.state, "keep")
    if item.awaits_acceptance:
        raise exceptions.AwaitsAcceptance(requester=item.requester)
    done_on = done_on or action_trail.today(item, at)
    _refuse_future(item, done_on, at)
    if item.promised_for is not None and done_on > item.promised_for:
        raise exceptions.DoneAfterThePromise(promised_for=item.promised_for.isoformat())
    if item.needs_acceptance and item.requester_id != by.pk:
        action_trail.say(item, "keep", state=item.state, done_on=done_on, by=by, at=at, said=note)
        notices.tell(notices.DONE, item, to=[item.requester_id], by=by, at=at)
        return item
    accepted_on = action_trail.today(item, at) if item.needs_acceptance else None
    action_trail.say(item, "keep", state=state, done_on=done_on, accepted_on=accepted_on, by=by, at=at, said=note)
    notices.tell(notices.KEPT, item, to=[item.requester_id, item.performer_id], by=by, at=at)
    return item


@transaction.atomic
def accept_action(*, item: ActionItem, by: User, at: dt.datetime, note: str = "") -> ActionItem:
    """Accept what was done; the promise is kept.

    Raises:
        NothingToAccept: when nobody said it is done, or no acceptance was asked.
    """
    item, member = action_trail.locked(item, by)
    access.require(member, item, "accept")
    state = ACTION_MOVES.target(item.state, "accept")
    if not item.awaits_acceptance:
        raise exceptions.NothingToAccept
    action_trail.say(item, "accept", state=state, accepted_on=action_trail.today(item, at), by=by, at=at, said=note)
    notices.tell(notices.KEPT, item, to=[item.performer_id], by=by, at=at)
    return item


@transaction.atomic
def miss_action(
    *,
    item: ActionItem,
    reason: str,
    by: User,
    at: dt.datetime,
    note: str = "",
    done_on: dt.date | None = None,
) -> ActionItem:
    """Say that a promise was missed, for which reason, and when it was done if it was done late.

    Raises:
        ReasonMissing: without a reason, or without a note where the reason is "other".
        DateInTheFuture: when it would have been done after today.
    """
    item, member = action_trail.locked(item, by)
    access.require(member, item, "miss")
    state = ACTION_MOVES.target(item.state, "miss")
    if reason not in MissReason.values:
        raise exceptions.ReasonMissing(fields={"reason": [exceptions.ReasonMissing.sentence]})
    if reason == MissReason.OTHER:
        note = require_words(note, field="note")
    if done_on is not None:
        _refuse_future(item, done_on, at)
    changes = {"miss_reason": reason, "done_on": done_on, "note": note or item.note}
    action_trail.say(item, "miss", state=state, by=by, at=at, said=note or str(MissReason(reason).label), **changes)
    notices.tell(notices.MISSED, item, to=[item.requester_id, item.performer_id], by=by, at=at)
    return item


@transaction.atomic
def renegotiate_action(
    *, item: ActionItem, promised_for: dt.date, by: User, at: dt.datetime, note: str = ""
) -> ActionItem:
    """Agree on another day before the promised one has come: still one promise, with the change on record.

    Raises:
        PromiseDayHasCome: on the promised day and after it.
        PromisedInThePast: when the new day is gone.
        SameDate: when it is the day promised already.
    """
    item, member = action_trail.locked(item, by)
    access.require(member, item, "renegotiate")
    state = ACTION_MOVES.target(item.state, "renegotiate")
    if item.promised_for is not None and action_trail.today(item, at) >= item.promised_for:
        raise exceptions.PromiseDayHasCome
    _refuse_past(item, promised_for, at, field="promised_for")
    if promised_for == item.promised_for:
        raise exceptions.SameDate(fields={"promised_for": [exceptions.SameDate.sentence]})
    action_trail.say(item, "renegotiate", state=state, promised_for=promised_for, done_on=None, by=by, at=at, said=note)
    notices.tell(notices.RENEGOTIATED, item, to=[item.requester_id], by=by, at=at)
    return item


@transaction.atomic
def withdraw_action(*, item: ActionItem, by: User, at: dt.datetime, note: str = "") -> ActionItem:
    """Take a request back."""
    item, member = action_trail.locked(item, by)
    access.require(member, item, "withdraw")
    state = ACTION_MOVES.target(item.state, "withdraw")
    action_trail.say(item, "withdraw", state=state, by=by, at=at, said=note)
    notices.tell(notices.WITHDRAWN, item, to=[item.performer_id], by=by, at=at)
    return item


@transaction.atomic
def reopen_action(*, item: ActionItem, reason: str, by: User, at: dt.datetime) -> ActionItem:
    """Undo the last answer, back to the state it was given in; what was said stays on record.

    Raises:
        ReasonMissing: without a reason.
    """
    item, member = action_trail.locked(item, by)
    access.require(member, item, "reopen")
    ACTION_MOVES.target(item.state, "reopen")
    reason = require_words(reason, field="reason")
    state = ActionState.REQUESTED if item.promised_for is None else ActionState.COMMITTED
    action_trail.say(
        item, "reopen", state=state, done_on=None, accepted_on=None, miss_reason="", by=by, at=at, said=reason
    )
    notices.tell(notices.REOPENED, item, to=[item.requester_id, item.performer_id], by=by, at=at)
    return item


@transaction.atomic
def renew_action(
    *,
    item: ActionItem,
    by: User,
    at: dt.datetime,
    promised_for: dt.date | None = None,
    requested_for: dt.date | None = None,
) -> ActionItem:
    """Make a new item of a missed one: promised at once when its performer gives the day, else asked for.

    Raises:
        AlreadyRenewed: when it has a successor.
        PromisedInThePast: when the day is gone.
        DayMissing: without a day.
    """
    item, member = action_trail.locked(item, by)
    access.require(member, item, "renew")
    ACTION_MOVES.target(item.state, "renew")
    _refuse_second_renewal(item)
    day = promised_for or requested_for
    if day is None:
        raise exceptions.DayMissing(fields={"promised_for": [exceptions.DayMissing.sentence]})
    _refuse_past(item, day, at, field="requested_for" if promised_for is None else "promised_for")
    if promised_for is not None:
        access.require(member, item, "promise")
    renewed = insert_action(
        program=item.program,
        request=_same_again(item, day),
        requester=item.requester if promised_for is not None else by,
        by=by,
        at=at,
        source=ActionSource.RENEWAL,
        renewal_of=item,
    )
    action_trail.say(item, "renew", state=item.state, by=by, at=at, said=renewed.code)
    if promised_for is not None:
        return promise_action(item=renewed, promised_for=day, by=by, at=at)
    return renewed


def _same_again(item: ActionItem, day: dt.date) -> ActionRequest:
    return ActionRequest(
        workstream=item.workstream,
        phase=item.phase,
        milestone=item.milestone,
        outcome=item.outcome,
        title=item.title,
        detail=item.detail,
        performer=item.performer,
        requested_for=day,
        needs_acceptance=item.needs_acceptance,
    )


def _refuse_past(item: ActionItem, day: dt.date, at: dt.datetime, *, field: str) -> None:
    if day < action_trail.today(item, at):
        raise exceptions.PromisedInThePast(fields={field: [exceptions.PromisedInThePast.sentence]})


def _refuse_future(item: ActionItem, day: dt.date, at: dt.datetime) -> None:
    if day > action_trail.today(item, at):
        raise exceptions.DateInTheFuture(fields={"done_on": [exceptions.DateInTheFuture.sentence]})


def _refuse_second_renewal(item: ActionItem) -> None:
    successor = ActionItem.objects.filter(renewal_of=item).values_list("code", flat=True).first()
    if successor:
        raise exceptions.AlreadyRenewed(code=successor)
