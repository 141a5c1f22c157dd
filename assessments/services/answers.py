"""What each assessor answers, alone, while an assessment is open. No trail is kept of what is answered."""

import datetime as dt

from django.db import transaction

from assessments import access, exceptions, notices
from assessments.choices import ASSESSMENT, AssessmentState
from assessments.models import Answer, Assessment, Assessor, Criterion
from assessments.models.answers import says_something
from assessments.services.assessment_trail import record
from assessments.services.judgements import JudgementInput, checked
from core import exceptions as core_exceptions
from core.accounts.models import User
from notifications import services as notifications


@transaction.atomic
def save_answer(
    *,
    assessor: Assessor,
    criterion: Criterion,
    judgement: JudgementInput,
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Answer:
    """Keep what an assessor says of a criterion, in the place of what they said before; 0 is the version of nothing.

    Whoever answers at the same time waits for nobody else; also one who has submitted may correct what they said.
    The same said again, as a form does that is sent twice, changes nothing and is refused by no version.

    Raises:
        core.exceptions.NotFound: to a stranger; NotAllowed: to anybody but the assessor.
        AnswersClosed: before the opening and from the consensus on.
        CriterionElsewhere, SectionNotAsked: of a criterion that they were not asked.
        core.exceptions.Stale: when the answer is no longer at the expected version.
        And what judging.checked raises.
    """
    place, assessment = _locked(assessor, by)
    _require_asked(place, criterion, assessment)
    values = checked(judgement, criterion, is_in_words=assessment.is_in_words)
    answer = Answer.objects.filter(assessor=place, criterion=criterion).first()
    if answer is not None and all(getattr(answer, name) == value for name, value in values.items()):
        return answer
    if expected_version is not None and expected_version != (answer.version if answer else 0):
        raise core_exceptions.Stale
    if answer is None:
        return Answer.objects.create(assessor=place, criterion=criterion, created_at=at, updated_at=at, **values)
    for name, value in (values | {"updated_at": at, "version": answer.version + 1}).items():
        setattr(answer, name, value)
    answer.save(update_fields=[*values, "updated_at", "version"])
    return answer


@transaction.atomic
def submit_answers(*, assessor: Assessor, by: User, at: dt.datetime) -> Assessor:
    """Say that one is done, so that nobody reminds any more; said again it changes nothing.

    Criteria that were left out stay unanswered.

    Raises:
        AnswersClosed: before the opening and from the consensus on; NothingToSubmit: when nothing was answered.
    """
    place, assessment = _locked(assessor, by)
    if place.submitted_at is not None:
        return place
    if not place.answers.filter(says_something(is_in_words=assessment.is_in_words)).exists():
        raise exceptions.NothingToSubmit
    place.submitted_at = place.updated_at = at
    place.version += 1
    place.save(update_fields=["submitted_at", "updated_at", "version"])
    # Who has submitted is for those who facilitate; the others see how many have.
    record(assessment, "submit", by=by, at=at, is_news=False)
    notifications.cancel(kind=ASSESSMENT, subject_ids=[assessment.pk], recipient_ids=[place.person_id], at=at)
    notices.tell(notices.SUBMITTED, assessment, to=[assessment.facilitator_id], by=by, at=at)
    return place


def _locked(assessor: Assessor, by: User) -> tuple[Assessor, Assessment]:
    """Return one's own place, locked, and its open assessment.

    The assessment is read after the lock: the moves that end the answering wait for it, and are seen here then.
    """
    place = Assessor.objects.select_for_update().get(pk=assessor.pk)
    assessment = Assessment.objects.select_related("program").get(pk=place.assessment_id)
    access.require_own(by, place, assessment)
    if assessment.state != AssessmentState.OPEN:
        raise exceptions.AnswersClosed
    return place, assessment


def _require_asked(place: Assessor, criterion: Criterion, assessment: Assessment) -> None:
    if criterion.template_id != assessment.template_id:
        raise exceptions.CriterionElsewhere(fields={"criterion": [exceptions.CriterionElsewhere.sentence]})
    asked = set(place.sections.values_list("pk", flat=True))
    if asked and asked.isdisjoint((criterion.section_id, criterion.section.part_of_id)):
        raise exceptions.SectionNotAsked(fields={"criterion": [exceptions.SectionNotAsked.sentence]})
