"""One assessment, whole, for the pages that show it, and what their lists are made of."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import ASSESSMENT
from assessments.models import Answer, Assessment, Assessor, Consensus, Criterion
from assessments.models.answers import says_something
from assessments.queries import progress
from assessments.queries.questions import Sheet, sheet
from core import exceptions
from core.accounts.models import User
from core.audit import queries as audit
from programs.models import Membership

_RELATED = ("program", "program__sponsor", "template", "facilitator")


def reference_of(assessment: Assessment) -> str:
    """Return what an assessment is called outside its program: ONE-T3."""
    return f"{assessment.program.key}-{assessment.code}"


def assessment_for(person: User, reference: str) -> Assessment:
    """Return the assessment that a reference names, with its program and template.

    Raises:
        core.exceptions.NotFound: when there is none that the person may see.
    """
    return _first(Assessment.objects.visible_to(person).named(reference))


def form_for(person: User, reference: str) -> Assessment:
    """Return the assessment that a reference names, to its program's members and to whoever was asked to answer it.

    Raises:
        core.exceptions.NotFound: to everybody else.
    """
    seen = Assessment.objects.visible_to(person).values("pk")
    asked = Assessment.objects.asked_of(person).values("pk")
    return _first(Assessment.objects.named(reference).filter(Q(pk__in=seen) | Q(pk__in=asked)))


def _first(rows: Any) -> Assessment:
    found: Assessment | None = rows.select_related(*_RELATED).first()
    if found is None:
        raise exceptions.NotFound
    return found


def is_member(person: User, assessment: Assessment) -> bool:
    """Tell whether somebody belongs to the program of an assessment."""
    return Membership.objects.filter(program_id=assessment.program_id, person=person).exists()


_SAID = {
    "prepare_assessment": _("Prepared"),
    "edit_assessment": _("Changed"),
    "open_assessment": _("Opened"),
    "withdraw_assessment": _("Taken back to draft"),
    "open_consensus_assessment": _("Opened consensus"),
    "complete_assessment": _("Completed"),
    "reopen_assessment": _("Took consensus up again"),
    "review_assessment": _("Reviewed"),
}
# A history longer than this is read in the audit trail.
_MOST_EVENTS = 20


def history(assessment: Assessment) -> list[dict[str, Any]]:
    """Return what was done to an assessment, the newest first, without who was asked and who submitted."""
    rows = audit.history_of_subject(f"{ASSESSMENT}:{assessment.pk}", verbs=_SAID, limit=_MOST_EVENTS)
    return [{**row, "said": _SAID[row["verb"]]} for row in rows]


@dataclass(frozen=True)
class AssessmentProgress:
    """Where an assessment stands, in counts: who submitted of those asked, what is agreed on of all criteria.

    `is_begun` tells whether anybody has answered anything.
    """

    submitted: int
    asked: int
    agreed: int
    criteria: int
    is_begun: bool

    @property
    def is_all_submitted(self) -> bool:
        """Tell whether everybody who is asked has submitted."""
        return 0 < self.asked == self.submitted

    @property
    def open(self) -> int:
        """How many criteria nobody has agreed on."""
        return self.criteria - self.agreed


def progress_of(assessment: Assessment) -> AssessmentProgress:
    """Return where an assessment stands, in four queries."""
    done, asked = progress.submitted(assessment)
    agreed = Consensus.objects.filter(says_something(is_in_words=assessment.is_in_words), assessment=assessment)
    criteria = Criterion.objects.filter(template_id=assessment.template_id)
    answers = Answer.objects.filter(assessor__assessment=assessment)
    return AssessmentProgress(done, asked, agreed.count(), criteria.count(), is_begun=answers.exists())


def own_sheet(person: User, assessment: Assessment) -> Sheet | None:
    """Return what a member is asked and answered themselves, None where they are not asked."""
    place = Assessor.objects.filter(assessment=assessment, person=person, left_at=None).first()
    if place is None:
        return None
    place.assessment = assessment
    return sheet(place)
