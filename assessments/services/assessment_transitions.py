"""The moves of an assessment: opened, withdrawn, brought to consensus, completed, reopened, reviewed."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from assessments import exceptions, notices, queries
from assessments.choices import ASSESSMENT_MOVES, AnswerKind
from assessments.models import Answer, Assessment, Assessor, Consensus, Criterion, SectionPoints
from assessments.models.answers import says_something
from assessments.queries import CriterionResult
from assessments.services.assessment_trail import locked, write
from assessments.services.assessments import require_facilitator, require_open_day
from core import clock
from core.accounts.models import User
from programs.models import Membership
from programs.services.guards import require_going_on, require_words


@transaction.atomic
def open_assessment(*, assessment: Assessment, by: User, at: dt.datetime) -> Assessment:
    """Ask the assessors to answer, each alone, by the closing date; they are told whether names will be shown.

    Raises:
        programs.exceptions.ProgramIsOver: in a program that is closed or stopped; what is open goes on to its end.
        ClosingDateMissing, ClosesInThePast: without a day that is still to come.
        FacilitatorDoesNotManage: when the facilitator is no manager (any longer).
        NobodyAsked: without assessors; SectionsUnasked: naming the scored sections that nobody would answer.
    """
    assessment, _who = locked(assessment, by)
    state = ASSESSMENT_MOVES.target(assessment.state, "open")
    require_going_on(assessment.program)
    require_open_day(assessment.closes_on, clock.today(assessment.program.time_zone, at))
    require_facilitator(assessment.facilitator, assessment.program_id)
    _require_asked(assessment)
    write(assessment, "open", by=by, at=at, state=state, opened_at=at)
    notices.tell_asked(assessment, to=notices.assessors(assessment), by=by, at=at)
    return assessment


@transaction.atomic
def withdraw_assessment(*, assessment: Assessment, by: User, at: dt.datetime) -> Assessment:
    """Make a draft of an assessment that nobody has answered yet.

    Raises:
        AnswersGiven: when somebody has.
    """
    assessment, _who = locked(assessment, by)
    state = ASSESSMENT_MOVES.target(assessment.state, "withdraw")
    _hold_answers(assessment)
    if Answer.objects.filter(assessor__assessment=assessment).exists():
        raise exceptions.AnswersGiven
    write(assessment, "withdraw", by=by, at=at, state=state, opened_at=None)
    notices.tell(notices.WITHDRAWN, assessment, to=notices.assessors(assessment), by=by, at=at)
    return assessment


@transaction.atomic
def open_consensus(*, assessment: Assessment, by: User, at: dt.datetime) -> Assessment:
    """End the answering, so that the spread of the answers is seen and all agree. There is no way back.

    Raises:
        NobodyAnswered: when nothing was answered.
    """
    assessment, _who = locked(assessment, by)
    state = ASSESSMENT_MOVES.target(assessment.state, "open_consensus")
    _hold_answers(assessment)
    given = Answer.objects.filter(says_something(is_in_words=assessment.is_in_words))
    if not given.filter(assessor__assessment=assessment).exists():
        raise exceptions.NobodyAnswered
    write(assessment, "open_consensus", by=by, at=at, state=state, consensus_at=at)
    notices.tell(notices.CONSENSUS, assessment, to=notices.readers(assessment), by=by, at=at)
    return assessment


@transaction.atomic
def complete_assessment(*, assessment: Assessment, by: User, at: dt.datetime) -> Assessment:
    """Lock what was agreed, and keep the points of each section; what nobody agreed on stays unanswered.

    Raises:
        NothingAgreed: when nothing was agreed on at all.
    """
    assessment, _who = locked(assessment, by)
    state = ASSESSMENT_MOVES.target(assessment.state, "complete")
    criteria = queries.criteria_of(assessment)
    if all(each.is_unanswered and not (assessment.is_in_words and each.note) for each in criteria):
        raise exceptions.NothingAgreed
    if not assessment.is_in_words:
        _keep_points(assessment, criteria)
    today = clock.today(assessment.program.time_zone, at)
    write(assessment, "complete", by=by, at=at, state=state, completed_on=today)
    notices.tell(notices.COMPLETED, assessment, to=notices.readers(assessment), by=by, at=at)
    return assessment


@transaction.atomic
def reopen_assessment(*, assessment: Assessment, reason: str, by: User, at: dt.datetime) -> Assessment:
    """Take the consensus up again, and say why; no answers are taken any more.

    Raises:
        programs.exceptions.ReasonMissing: without a reason.
        KnownByItsPoints: of one that was held before the product was in use.
    """
    assessment, _who = locked(assessment, by)
    state = ASSESSMENT_MOVES.target(assessment.state, "reopen")
    reason = require_words(reason, field="reason")
    if not Consensus.objects.filter(assessment=assessment).exists():
        raise exceptions.KnownByItsPoints
    SectionPoints.objects.filter(assessment=assessment).delete()
    # A program file need not say who led it, and until when it was answered.
    led = {"facilitator": _leader(assessment) or by, "closes_on": assessment.closes_on or assessment.completed_on}
    write(assessment, "reopen", by=by, at=at, reason=reason, state=state, completed_on=None, **led)
    notices.tell(notices.REOPENED, assessment, to=notices.readers(assessment), by=by, at=at, note=reason)
    return assessment


@transaction.atomic
def review_assessment(*, assessment: Assessment, by: User, at: dt.datetime) -> Assessment:
    """Say that the results were gone through together."""
    assessment, _who = locked(assessment, by)
    state = ASSESSMENT_MOVES.target(assessment.state, "review")
    return write(assessment, "review", by=by, at=at, state=state)


def _leader(assessment: Assessment) -> User | None:
    """Return who led an assessment, unless they left the program since."""
    members = Membership.objects.filter(program_id=assessment.program_id, person_id=assessment.facilitator_id)
    return assessment.facilitator if members.exists() else None


def _hold_answers(assessment: Assessment) -> None:
    """Wait for the answers that are being written, and let nobody begin another: each locks its assessor's row."""
    list(Assessor.objects.select_for_update().filter(assessment=assessment).order_by("pk").values_list("pk"))


def _require_asked(assessment: Assessment) -> None:
    """Let an assessment pass whose every scored section is answered by somebody."""
    places = Assessor.objects.filter(assessment=assessment, left_at=None)
    asked = list(places.values_list("pk", "sections"))
    if not asked:
        raise exceptions.NobodyAsked
    if any(section is None for _place, section in asked):
        return
    named = {section for _place, section in asked}
    rows = Criterion.objects.filter(template_id=assessment.template_id).exclude(answer=AnswerKind.FLAG)
    rows = rows.exclude(Q(section__in=named) | Q(section__part_of__in=named))
    missing = rows.order_by("section__position").values_list("section__name", flat=True).distinct()
    if names := list(dict.fromkeys(missing)):
        raise exceptions.SectionsUnasked(names)


def _keep_points(assessment: Assessment, criteria: Iterable[CriterionResult]) -> None:
    """Keep the points of each scored section, of one with parts those of its parts."""
    SectionPoints.objects.bulk_create(
        SectionPoints(
            assessment=assessment,
            section_id=section_id,
            # Exact: whole points in steps of 5 percent have two decimals.
            points=Decimal(score.points.numerator) / score.points.denominator,
            answered=score.answered,
            applicable=score.applicable,
            evidenced=score.evidenced,
        )
        for section_id, score in queries.section_scores(criteria).items()
    )
