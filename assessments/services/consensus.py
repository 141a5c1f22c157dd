"""What all agree on for a criterion, set while consensus is open."""

import datetime as dt

from django.db import transaction

from assessments import exceptions
from assessments.choices import AssessmentState
from assessments.models import Assessment, Consensus, Criterion
from assessments.services.assessment_trail import locked, record
from assessments.services.judgements import JudgementInput, checked
from core import exceptions as core_exceptions
from core.accounts.models import User


@transaction.atomic
def set_consensus(
    *,
    assessment: Assessment,
    criterion: Criterion,
    judgement: JudgementInput,
    by: User,
    at: dt.datetime,
    expected_version: int | None = None,
) -> Consensus:
    """Keep what all agree on for a criterion, in the place of what stood there; 0 is the version of nothing.

    Raises:
        core.exceptions.NotAllowed: to who does not facilitate.
        ConsensusClosed: before it was opened, and once the assessment is completed.
        CriterionElsewhere: of a criterion of another template.
        core.exceptions.Stale: when it is no longer at the expected version; of two at once, to the second.
        And what judging.checked raises.
    """
    assessment, _who = locked(assessment, by)
    if assessment.state != AssessmentState.CONSENSUS:
        raise exceptions.ConsensusClosed
    if criterion.template_id != assessment.template_id:
        raise exceptions.CriterionElsewhere(fields={"criterion": [exceptions.CriterionElsewhere.sentence]})
    values = checked(judgement, criterion, is_in_words=assessment.is_in_words)
    agreed = Consensus.objects.filter(assessment=assessment, criterion=criterion).first()
    if expected_version is not None and expected_version != (agreed.version if agreed else 0):
        raise core_exceptions.Stale
    if agreed is None:
        agreed = Consensus(assessment=assessment, criterion=criterion, created_at=at, version=0)
    elif all(getattr(agreed, name) == value for name, value in values.items()):
        return agreed
    before = _said(agreed) if agreed.pk else None
    for name, value in (values | {"set_by": by, "updated_at": at, "version": agreed.version + 1}).items():
        setattr(agreed, name, value)
    agreed.save()
    changes = {criterion.code: [before, _said(agreed)]}
    # Sixty-five of them would bury all other news.
    record(assessment, "set_consensus_of", by=by, at=at, changes=changes, is_news=False)
    return agreed


def _said(agreed: Consensus) -> str | int | None:
    """Return what was agreed, for the trail."""
    return "n/a" if agreed.is_not_applicable else agreed.flag or agreed.percent
