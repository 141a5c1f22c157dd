"""The moves of a debrief: the sponsor briefed first, the meeting held, commitments made; each can be undone."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction

from assessments import access, exceptions, notices, queries
from assessments.choices import DEBRIEF_MOVES
from assessments.models import Debrief, DebriefCommitment
from assessments.services import trail
from core import clock
from core.accounts.models import User
from programs.models import Phase
from programs.services.guards import require_words
from workstreams.choices import ActionSource
from workstreams.exceptions import DateInTheFuture
from workstreams.models import ActionItem, Workstream
from workstreams.services.actions import ActionRequest, insert_action, worded


def asked_there(
    *, text: str, performer: User, requested_for: dt.date, workstream: Workstream, phase: Phase
) -> ActionRequest:
    """Return what somebody is asked for at the meeting itself, as an action item asks it."""
    title, detail = worded(text)
    return ActionRequest(
        title=title,
        detail=detail,
        performer=performer,
        requested_for=requested_for,
        workstream=workstream,
        phase=phase,
    )


@transaction.atomic
def brief_sponsor(*, debrief: Debrief, by: User, at: dt.datetime, on: dt.date | None = None) -> Debrief:
    """Say that the sponsor was briefed, today by default.

    Raises:
        core.exceptions.NotAllowed: to others than the facilitator and managers; IllegalMove: as the states say.
        NobodyToBrief: without a sponsor; DateInTheFuture: when it would have been after today.
    """
    debrief, state = _moved(debrief, "brief_sponsor", by)
    if debrief.assessment.program.sponsor_id is None:
        raise exceptions.NobodyToBrief
    return trail.write(
        debrief, "brief_sponsor_for", by=by, at=at, state=state, sponsor_briefed_on=_past(debrief, on, at)
    )


@transaction.atomic
def hold_debrief(*, debrief: Debrief, by: User, at: dt.datetime, on: dt.date | None = None) -> Debrief:
    """Say that the meeting was held, today by default; its text stays as it was told, and everybody may read it.

    Raises:
        core.exceptions.IllegalMove: before the sponsor was briefed; DateInTheFuture: when it would be after today.
        HeldBeforeBriefing: when it would be before that briefing.
    """
    debrief, state = _moved(debrief, "hold", by)
    held_on, briefed_on = _past(debrief, on, at), debrief.sponsor_briefed_on
    if briefed_on is not None and held_on < briefed_on:
        told = {"briefed_on": briefed_on.isoformat()}
        raise exceptions.HeldBeforeBriefing(fields={"on": [exceptions.HeldBeforeBriefing.sentence % told]}, **told)
    trail.write(debrief, "hold", by=by, at=at, state=state, held_on=held_on)
    _tell(notices.DEBRIEF_HELD, debrief, by=by, at=at)
    return debrief


@transaction.atomic
def commit_debrief(
    *,
    debrief: Debrief,
    by: User,
    at: dt.datetime,
    action_items: Collection[ActionItem] = (),
    requests: Sequence[ActionRequest] = (),
    none_reason: str = "",
) -> Debrief:
    """End the debrief: with action items of this assessment, with others asked for here, or on record with none.

    Raises:
        CommitmentMissing: without any of these; CommitmentDenied: with commitments and a reason why there is none.
        CommitmentElsewhere: when an item did not come from this assessment, or was given up.
        core.exceptions.IllegalMove: before it was held.
    """
    debrief, state = _moved(debrief, "commit", by)
    reason = none_reason.strip()
    _check_ending(bool(action_items or requests), reason)
    offered = set(queries.commitment_choices(debrief).values_list("pk", flat=True))
    if any(item.pk not in offered for item in action_items):
        raise exceptions.CommitmentElsewhere(fields={"action_items": [exceptions.CommitmentElsewhere.sentence]})
    program = debrief.assessment.program
    asked = [
        insert_action(program=program, request=each, requester=by, by=by, at=at, source=ActionSource.ASSESSMENT)
        for each in requests
    ]
    items = sorted({item.pk: item for item in (*action_items, *asked)}.values(), key=lambda item: item.pk)
    DebriefCommitment.objects.filter(debrief=debrief).delete()
    DebriefCommitment.objects.bulk_create(DebriefCommitment(debrief=debrief, action_item=item) for item in items)
    today = clock.today(program.time_zone, at)
    trail.write(
        debrief, "commit", by=by, at=at, because=reason, also={"commitments": [None, [item.code for item in items]]},
        state=state, committed_on=today, no_commitment_reason=reason,
    )  # fmt: skip
    _tell(notices.DEBRIEF_ENDED, debrief, by=by, at=at)
    return debrief


@transaction.atomic
def undo_briefing(*, debrief: Debrief, reason: str, by: User, at: dt.datetime) -> Debrief:
    """Undo that the sponsor was briefed, and say why.

    Raises:
        core.exceptions.IllegalMove: as the states say; ReasonMissing: without a reason.
    """
    return _undone(debrief, "undo_briefing", reason, by=by, at=at, sponsor_briefed_on=None)


@transaction.atomic
def undo_holding(*, debrief: Debrief, reason: str, by: User, at: dt.datetime) -> Debrief:
    """Undo that the meeting was held, and say why.

    Raises:
        core.exceptions.IllegalMove: as the states say; ReasonMissing: without a reason.
    """
    return _undone(debrief, "undo_holding", reason, by=by, at=at, held_on=None)


@transaction.atomic
def reopen_debrief(*, debrief: Debrief, reason: str, by: User, at: dt.datetime) -> Debrief:
    """Let a debrief end anew, and say why; what was committed to stays on offer, and its action items stand.

    Raises:
        core.exceptions.IllegalMove: as the states say; ReasonMissing: without a reason.
    """
    return _undone(debrief, "reopen", reason, by=by, at=at, committed_on=None, no_commitment_reason="")


def _tell(kind: str, debrief: Debrief, *, by: User, at: dt.datetime) -> None:
    notices.tell(kind, debrief.assessment, to=notices.readers(debrief.assessment), by=by, at=at)


def _moved(debrief: Debrief, move: str, by: User) -> tuple[Debrief, str]:
    """Return the debrief, locked, with the state that a move leads to, to whoever may make it."""
    debrief, member = trail.locked(debrief, by)
    access.require_facilitate(member, debrief.assessment)
    return debrief, DEBRIEF_MOVES.target(debrief.state, move)


def _undone(debrief: Debrief, move: str, reason: str, *, by: User, at: dt.datetime, **blank: Any) -> Debrief:
    debrief, state = _moved(debrief, move, by)
    words = require_words(reason, field="reason")
    verb = "undo_briefing_for" if move == "undo_briefing" else move
    return trail.write(debrief, verb, by=by, at=at, because=words, state=state, **blank)


def _past(debrief: Debrief, on: dt.date | None, at: dt.datetime) -> dt.date:
    """Return the day that something was done on, today by default, never after it."""
    today = clock.today(debrief.assessment.program.time_zone, at)
    if on is not None and on > today:
        raise DateInTheFuture(fields={"on": [DateInTheFuture.sentence]})
    return on or today


def _check_ending(is_committed: bool, reason: str) -> None:
    if is_committed and reason:
        raise exceptions.CommitmentDenied(fields={"none_reason": [exceptions.CommitmentDenied.sentence]})
    if not is_committed and not reason:
        raise exceptions.CommitmentMissing
