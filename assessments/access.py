"""Who may do what with an assessment: assessors answer, managers facilitate, the sponsor decides.

An assessor from outside the program sees the form they answer, and nothing else of the program.
"""

from django.utils.translation import gettext_lazy as _

from assessments.choices import (
    ASSESSMENT_MOVES,
    COMPLETED_STATES,
    REASSESSMENT,
    SPREAD_STATES,
    AssessmentState,
    Urgency,
)
from assessments.models import Assessment, AssessmentTemplate, Assessor, Debrief, Prompt, Recommendation
from core import exceptions
from core.accounts.models import User
from notifications import queries as notifications
from programs import access
from programs.access import MemberContext, Right
from programs.choices import Role
from programs.models import Membership

_MANAGER = _("a manager")
_FACILITATOR = _("the facilitator or a manager")
_SPONSOR = _("the sponsor or the deputy")
_ASSESSOR = _("the people who were asked to answer")
_PRIVATE = _("the sponsor and the facilitator")


def require_template_writer(person: User) -> None:
    """Let those pass who manage a program or may create one.

    Raises:
        core.exceptions.NotAllowed: to others.
    """
    if access.may_create(person) or Membership.objects.filter(person=person, role=Role.MANAGER).exists():
        return
    raise exceptions.NotAllowed(roles=_("a manager of a program, or somebody who may create one,"))


def may_delete_template(person: User, template: AssessmentTemplate) -> bool:
    """Tell whether somebody may delete a template: of those that an organisation saved, who saved it and the staff."""
    return not template.is_built_in and (template.saved_by_id == person.pk or person.is_staff)


def require_template_owner(person: User, template: AssessmentTemplate) -> None:
    """Let who saved a template pass, and the staff.

    Raises:
        core.exceptions.NotAllowed: to others.
    """
    if template.saved_by_id != person.pk and not person.is_staff:
        raise exceptions.NotAllowed(roles=_("whoever saved it, or the staff,"))


def may_dismiss(member: MemberContext, prompt: Prompt) -> bool:
    """Tell whether somebody may decide against assessing again: a manager, the sponsor, whoever is reminded of it."""
    if member.may(Right.MANAGE) or member.may(Right.DECIDE):
        return True
    return notifications.was_reminded(person_id=member.person_id, kind=REASSESSMENT, subject_id=prompt.pk)


def require_prompt(member: MemberContext, prompt: Prompt) -> None:
    """Let those pass who may dismiss a prompt.

    Raises:
        core.exceptions.NotAllowed: to others.
    """
    if not may_dismiss(member, prompt):
        raise exceptions.NotAllowed(roles=_("a manager, the sponsor or the deputy"))


def require_manage(member: MemberContext) -> None:
    """Let a manager of the program pass: opens, facilitates and completes assessments, writes findings and debriefs.

    Raises:
        core.exceptions.NotAllowed: to others.
    """
    if not member.may(Right.MANAGE):
        raise exceptions.NotAllowed(roles=_MANAGER)


def may_facilitate(member: MemberContext, assessment: Assessment) -> bool:
    """Tell whether somebody makes the moves of an assessment: a manager, or its facilitator, who is reminded of it."""
    return member.may(Right.MANAGE) or member.person_id == assessment.facilitator_id


def require_facilitate(member: MemberContext, assessment: Assessment) -> None:
    """Let those pass who make the moves of an assessment, name its assessors and set its consensus.

    Raises:
        core.exceptions.NotAllowed: to others.
    """
    if not may_facilitate(member, assessment):
        raise exceptions.NotAllowed(roles=_FACILITATOR)


def assessor_of(person: User, assessment: Assessment) -> Assessor:
    """Return somebody's own place among the assessors; who comes from outside has it from the opening on.

    Raises:
        core.exceptions.NotAllowed: to a member who was not asked; NotFound: to a stranger.
    """
    found = Assessor.objects.filter(assessment=assessment, person=person, left_at__isnull=True).first()
    if found is not None and assessment.state != AssessmentState.DRAFT:
        return found
    access.membership(person, assessment.program_id)
    if found is not None:
        return found
    raise exceptions.NotAllowed(roles=_ASSESSOR)


def require_own(person: User, assessor: Assessor, assessment: Assessment) -> None:
    """Let an assessor pass who was asked and has not left: nobody answers in another's place, whatever their role.

    Raises:
        core.exceptions.NotAllowed: to a member; NotFound: to a stranger.
    """
    is_own = assessor.person_id == person.pk and assessor.left_at is None
    if is_own and assessment.state != AssessmentState.DRAFT:
        return
    if assessor_of(person, assessment).pk != assessor.pk:
        raise exceptions.NotAllowed(roles=_("the person it was asked of"))


def open_moves(member: MemberContext, assessment: Assessment) -> list[str]:
    """Return the moves that a person can make now."""
    return ASSESSMENT_MOVES.legal(assessment.state) if may_facilitate(member, assessment) else []


def may_see_spread(assessment: Assessment) -> bool:
    """Tell whether consensus is open, so that the spread of the answers may be seen."""
    return assessment.state in SPREAD_STATES


def may_decide_urgency(member: MemberContext, urgency: str) -> bool:
    """Tell whether somebody may accept or reject: a manager all but what is critical, the sponsor or deputy any."""
    if member.may(Right.DECIDE):
        return True
    return member.may(Right.MANAGE) and urgency != Urgency.CRITICAL


def may_decide(member: MemberContext, recommendation: Recommendation) -> bool:
    """Tell whether somebody may accept or reject a recommendation."""
    return may_decide_urgency(member, recommendation.urgency)


def require_decide(member: MemberContext, recommendation: Recommendation) -> None:
    """Let those pass who may accept or reject a recommendation.

    Raises:
        core.exceptions.NotAllowed: saying who may.
    """
    if not may_decide(member, recommendation):
        is_critical = recommendation.urgency == Urgency.CRITICAL
        raise exceptions.NotAllowed(roles=_SPONSOR if is_critical else _("a manager, the sponsor or the deputy"))


def require_recommend(member: MemberContext, assessment: Assessment) -> None:
    """Let those pass who word recommendations: the facilitator, a manager, the sponsor or the deputy.

    Raises:
        core.exceptions.NotAllowed: to others.
    """
    if not (may_facilitate(member, assessment) or member.may(Right.DECIDE)):
        raise exceptions.NotAllowed(roles=_("the facilitator, a manager, the sponsor or the deputy"))


def may_see_findings(member: MemberContext, assessment: Assessment) -> bool:
    """Tell whether somebody reads what was found: all once it is completed, before that those who write or decide."""
    if assessment.state in COMPLETED_STATES:
        return True
    return may_facilitate(member, assessment) or member.may(Right.DECIDE)


def may_see_notes(person: User, debrief: Debrief) -> bool:
    """Tell whether somebody sees the private notes of a debrief: the program's sponsor and the facilitator alone.

    Once something is written, those of the two who were it then: whoever takes the place later does not read it.
    """
    now = {debrief.assessment.facilitator_id, debrief.assessment.program.sponsor_id}
    then = {debrief.notes_facilitator_id, debrief.notes_sponsor_id} - {None}
    return person.pk in now and (not then or person.pk in then)


def require_see_notes(person: User, debrief: Debrief) -> None:
    """Let the sponsor and the facilitator pass.

    Raises:
        core.exceptions.NotAllowed: to everybody else.
    """
    if not may_see_notes(person, debrief):
        raise exceptions.NotAllowed(roles=_PRIVATE)
