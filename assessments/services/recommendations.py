"""What is recommended for a finding; accepted it is an action item, which its performer promises or declines."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from assessments import access, exceptions, notices
from assessments.choices import (
    COMPLETED_STATES,
    RECOMMENDATION_MOVES,
    RecommendationState,
    Urgency,
)
from assessments.models import Finding, Recommendation
from assessments.queries.findings import GIVEN_UP
from assessments.services import trail
from core import clock
from core.accounts.models import User
from programs.access import MemberContext
from programs.models import Outcome, Phase
from programs.services.guards import require_current, require_words
from workstreams.choices import ActionSource
from workstreams.models import Workstream
from workstreams.services.actions import ActionRequest, insert_action, worded

PREFIX = "N"


@dataclass(frozen=True, kw_only=True)
class RecommendationDetails:
    """The step, why it helps, and how urgent it is."""

    text: str
    urgency: str
    rationale: str = ""


@transaction.atomic
def add_recommendation(
    *, finding: Finding, details: RecommendationDetails, by: User, at: dt.datetime
) -> Recommendation:
    """Recommend a step for a finding.

    Raises:
        core.exceptions.NotFound: to a stranger; NotAllowed: to others than the facilitator and managers.
        ReasonMissing: without words.
    """
    assessment, member = trail.locked_assessment(finding.assessment, by)
    access.require_facilitate(member, assessment)
    codes = list(assessment.recommendations.values_list("code", flat=True))
    made = Recommendation.objects.create(
        finding=finding,
        assessment=assessment,
        code=trail.next_code(codes, PREFIX),
        created_at=at,
        updated_at=at,
        **vars(_checked(details)),
    )
    trail.record(made, "add", by=by, at=at, changes={"urgency": [None, made.urgency]})
    if made.urgency == Urgency.CRITICAL:
        _tell_deciders(made, by=by, at=at)
    return made


@transaction.atomic
def edit_recommendation(
    *,
    recommendation: Recommendation,
    details: RecommendationDetails,
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Recommendation:
    """Word a step anew while nobody decided on it. Only who may accept a critical one makes it less urgent.

    Raises:
        RecommendationDecided: when it is accepted or rejected.
        core.exceptions.NotAllowed: saying who may; Stale: when it is no longer at the expected version.
    """
    recommendation, member = trail.locked(recommendation, by)
    access.require_recommend(member, recommendation.assessment)
    require_current(recommendation, expected_version)
    checked = _checked(details)
    if checked.urgency != recommendation.urgency:
        _require_for_critical(member, recommendation)
    _require_proposed(recommendation)
    is_raised = checked.urgency == Urgency.CRITICAL != recommendation.urgency
    trail.write(recommendation, "edit", by=by, at=at, **vars(checked))
    if is_raised:
        _tell_deciders(recommendation, by=by, at=at)
    return recommendation


@transaction.atomic
def delete_recommendation(
    *, recommendation: Recommendation, by: User, at: dt.datetime, expected_version: int | None = None
) -> None:
    """Take back a step that nobody decided on; a critical one is taken back by who may accept it.

    Raises:
        RecommendationDecided: when it is accepted or rejected, which stays on record.
        core.exceptions.NotAllowed: saying who may; Stale: when it is no longer at the expected version.
    """
    recommendation, member = trail.locked(recommendation, by)
    access.require_recommend(member, recommendation.assessment)
    require_current(recommendation, expected_version)
    _require_for_critical(member, recommendation)
    _require_proposed(recommendation)
    trail.record(recommendation, "delete", by=by, at=at, changes={"text": [recommendation.text, None]})
    recommendation.delete()


@transaction.atomic
def accept_recommendation(
    *,
    recommendation: Recommendation,
    performer: User,
    requested_for: dt.date,
    workstream: Workstream,
    phase: Phase,
    by: User,
    at: dt.datetime,
    outcome: Outcome | None = None,
) -> Recommendation:
    """Accept a step: it becomes an action item of which its performer is told, in the same transaction.

    Raises:
        core.exceptions.NotAllowed: to others than managers, and of a critical one than the sponsor and the deputy.
        NotCompleted: before the assessment is; core.exceptions.IllegalMove: when it is decided on already.
        NotInThisProgram: when the performer or a place is of elsewhere.
    """
    recommendation, member = trail.locked(recommendation, by)
    access.require_decide(member, recommendation)
    state = RECOMMENDATION_MOVES.target(recommendation.state, "accept")
    assessment = recommendation.assessment
    if assessment.state not in COMPLETED_STATES:
        raise exceptions.NotCompleted
    title, detail = worded(recommendation.text)
    request = ActionRequest(
        workstream=workstream,
        phase=phase,
        title=title,
        detail=detail,
        performer=performer,
        requested_for=requested_for,
        outcome=outcome,
    )
    item = insert_action(
        program=assessment.program, request=request, requester=by, by=by, at=at, source=ActionSource.ASSESSMENT
    )
    decided: dict[str, Any] = {"decided_by": by, "decided_on": clock.today(assessment.program.time_zone, at)}
    trail.write(recommendation, "accept", by=by, at=at, state=state, action_item=item, reason="", **decided)
    _tell(notices.STEP_ACCEPTED, recommendation, notices.leaders(assessment), by=by, at=at)
    return recommendation


@transaction.atomic
def reject_recommendation(*, recommendation: Recommendation, reason: str, by: User, at: dt.datetime) -> Recommendation:
    """Turn a step down, and say why; the reason stays on record.

    Raises:
        core.exceptions.NotAllowed: to who could not accept it; IllegalMove: when it is decided on already.
        ReasonMissing: without a reason.
    """
    recommendation, member = trail.locked(recommendation, by)
    access.require_decide(member, recommendation)
    state = RECOMMENDATION_MOVES.target(recommendation.state, "reject")
    words = require_words(reason, field="reason")
    decided: dict[str, Any] = {
        "decided_by": by,
        "decided_on": clock.today(recommendation.assessment.program.time_zone, at),
    }
    trail.write(recommendation, "reject", by=by, at=at, because=words, state=state, reason=words, **decided)
    _tell(notices.STEP_REJECTED, recommendation, notices.leaders(recommendation.assessment), by=by, at=at)
    return recommendation


@transaction.atomic
def reopen_recommendation(*, recommendation: Recommendation, reason: str, by: User, at: dt.datetime) -> Recommendation:
    """Let a rejected step be decided on again, or an accepted one whose action item was withdrawn or declined.

    Raises:
        core.exceptions.NotAllowed: to who could not accept it; IllegalMove: while it is proposed.
        ActionStands: while its action item stands; ReasonMissing: without a reason.
    """
    recommendation, member = trail.locked(recommendation, by)
    access.require_decide(member, recommendation)
    state = RECOMMENDATION_MOVES.target(recommendation.state, "reopen")
    words = require_words(reason, field="reason")
    item = recommendation.action_item
    if item is not None and item.state not in GIVEN_UP:
        raise exceptions.ActionStands(code=item.code)
    blank: dict[str, Any] = {"decided_by": None, "decided_on": None, "action_item": None}
    return trail.write(recommendation, "reopen", by=by, at=at, because=words, state=state, reason="", **blank)


def _tell_deciders(recommendation: Recommendation, *, by: User, at: dt.datetime) -> None:
    _tell(notices.STEP_CRITICAL, recommendation, notices.deciders(recommendation.assessment), by=by, at=at)


def _tell(kind: str, recommendation: Recommendation, to: list[int | None], *, by: User, at: dt.datetime) -> None:
    notices.tell(kind, recommendation.assessment, to=to, by=by, at=at, note=recommendation.text)


def _checked(details: RecommendationDetails) -> RecommendationDetails:
    return replace(
        details,
        text=require_words(details.text, field="text"),
        rationale=details.rationale.strip(),
        urgency=Urgency(details.urgency).value,
    )


def _require_proposed(recommendation: Recommendation) -> None:
    if recommendation.state != RecommendationState.PROPOSED:
        raise exceptions.RecommendationDecided


def _require_for_critical(member: MemberContext, recommendation: Recommendation) -> None:
    """Let nobody decide on a critical step by calling it less urgent, or by taking it back."""
    if recommendation.urgency == Urgency.CRITICAL:
        access.require_decide(member, recommendation)
