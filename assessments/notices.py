"""What is said at once to the people of an assessment; never what somebody answered."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.choices import ASSESSMENT, PromptCause
from assessments.models import Assessment, Assessor, Prompt
from core.accounts.models import User
from core.audit import registry as audit
from notifications import registry
from notifications import services as notifications
from notifications.registry import Presented
from programs.choices import Role
from programs.models import Membership

ASKED = "assessment_asked"
ASKED_BY_NAME = "assessment_asked_by_name"
WITHDRAWN = "assessment_withdrawn"
RELEASED = "assessment_released"
SUBMITTED = "assessment_submitted"
CONSENSUS = "assessment_consensus"
COMPLETED = "assessment_completed"
REOPENED = "assessment_reopened"

_TYPES = (
    (
        ASKED,
        _("Asked to answer"),
        _("%(by)s asks you to answer this by %(due_on)s. Nobody else reads what you answer."),
    ),
    (
        ASKED_BY_NAME,
        _("Asked to answer"),
        _("%(by)s asks you to answer this by %(due_on)s. From the consensus on, your answers carry your name."),
    ),
    (WITHDRAWN, _("Taken back"), _("%(by)s took this back: no answers are needed for now.")),
    (RELEASED, _("No longer asked"), _("%(by)s no longer asks you to answer this. What you answered still counts.")),
    (SUBMITTED, _("Answers submitted"), _("%(by)s submitted their answers.")),
    (CONSENSUS, _("Consensus opened"), _("%(by)s opened the consensus: answers can no longer be changed.")),
    (COMPLETED, _("Completed"), _("%(by)s completed this: the results can be read.")),
    (REOPENED, _("Reopened"), _("%(by)s reopened the consensus: %(note)s")),
)


def present_assessments(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show assessments to a reader: those of their programs, and the form of those that ask them from outside."""
    own = set(Membership.objects.filter(person=reader).values_list("program_id", flat=True))
    asked = Assessment.objects.asked_of(reader).values("pk")
    rows = Assessment.objects.filter(Q(program_id__in=own) | Q(pk__in=asked), pk__in=subject_ids)
    return {
        row.pk: _presented(row, "assessment" if row.program_id in own else "answer")
        for row in rows.select_related("program", "template")
    }


def _presented(assessment: Assessment, page: str) -> Presented:
    code = f"{assessment.program.key}-{assessment.code}"
    return Presented(
        title=assessment.template.title,
        code=code,
        url=reverse(f"assessments:{page}", args=[code]),
        line=assessment.program.name,
    )


def present_prompts(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show prompts to assess again to a reader of their programs, with their causes."""
    rows = Prompt.objects.visible_to(reader).filter(pk__in=subject_ids)
    return {
        prompt.pk: Presented(
            title=_assess_again(prompt.program.name),
            code=prompt.program.key,
            url=reverse("assessments:assess_again", args=[prompt.program.key]),
            line="; ".join(dict.fromkeys(str(PromptCause(cause.kind).label) for cause in prompt.causes.all())),
        )
        for prompt in rows.select_related("program").prefetch_related("causes")
    }


def _assess_again(name: str) -> str:
    return gettext("Assess “%(program)s” again") % {"program": name}


STEP_CRITICAL = "step_critical"
STEP_ACCEPTED = "step_accepted"
STEP_REJECTED = "step_rejected"
DEBRIEF_PREPARED = "debrief_prepared"
DEBRIEF_HELD = "debrief_held"
DEBRIEF_ENDED = "debrief_ended"
_OF_FINDINGS = (
    (STEP_CRITICAL, _("Waits for your decision"), _("%(by)s recommends a critical step: %(note)s")),
    (STEP_ACCEPTED, _("Step accepted"), _("%(by)s accepted a recommended step: %(note)s")),
    (STEP_REJECTED, _("Step rejected"), _("%(by)s rejected a recommended step: %(note)s")),
)
_OF_DEBRIEFS = (
    (DEBRIEF_PREPARED, _("Debrief prepared"), _("%(by)s prepared the debrief. You are briefed before it is held.")),
    (DEBRIEF_HELD, _("Debrief held"), _("%(by)s held the debrief. You can read it now.")),
    (DEBRIEF_ENDED, _("Debrief ended"), _("%(by)s recorded how the debrief ended.")),
)


def present_findings(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show assessments to a reader of the program by what they found."""
    rows = Assessment.objects.visible_to(reader).filter(pk__in=subject_ids)
    return {row.pk: _presented(row, "findings") for row in rows.select_related("program", "template")}


def present_debriefs(subject_ids: Collection[int], reader: User) -> Mapping[int, Presented]:
    """Show assessments to a reader of the program by their debrief."""
    rows = Assessment.objects.visible_to(reader).filter(pk__in=subject_ids)
    return {row.pk: _presented(row, "debrief") for row in rows.select_related("program", "template")}


_PRESENTED = ((_TYPES, present_assessments), (_OF_FINDINGS, present_findings), (_OF_DEBRIEFS, present_debriefs))
for _types, _present in _PRESENTED:
    for _kind, _label, _sentence in _types:
        registry.register_notice(
            registry.NoticeType(kind=_kind, label=_label, subject_kind=ASSESSMENT, sentence=_sentence, present=_present)
        )


def tell(
    kind: str, assessment: Assessment, *, to: Collection[int | None], by: User, at: dt.datetime, note: str = ""
) -> None:
    """Tell people what became of an assessment; who did it is left out."""
    day = assessment.closes_on
    notifications.notify(
        kind=kind,
        recipient_ids=to,
        subject_id=assessment.pk,
        scope_id=assessment.program_id,
        by=by,
        at=at,
        params={"by": str(by), "due_on": day.isoformat() if day else "", "note": note},
    )


def tell_asked(assessment: Assessment, *, to: Collection[int | None], by: User, at: dt.datetime) -> None:
    """Ask people to answer, and tell them before the first answer whether it will carry their names."""
    tell(ASKED_BY_NAME if assessment.is_named else ASKED, assessment, to=to, by=by, at=at)


def assessors(assessment: Assessment) -> list[int | None]:
    """Return who is asked to answer an assessment."""
    return list(Assessor.objects.filter(assessment=assessment, left_at=None).values_list("person_id", flat=True))


def readers(assessment: Assessment) -> list[int | None]:
    """Return who is told of results: of the program's people those who were asked, its managers and its sponsors."""
    asked = Assessor.objects.filter(assessment=assessment, left_at=None).values("person_id")
    leading = Q(role__in=[Role.MANAGER, Role.SPONSOR]) | Q(person_id=assessment.program.deputy_sponsor_id)
    members = Membership.objects.filter(Q(person_id__in=asked) | leading, program_id=assessment.program_id)
    return list(members.values_list("person_id", flat=True))


def deciders(assessment: Assessment) -> list[int | None]:
    """Return who decides on critical steps: the sponsor and the deputy."""
    return [assessment.program.sponsor_id, assessment.program.deputy_sponsor_id]


def leaders(assessment: Assessment) -> list[int | None]:
    """Return who leads an assessment: its facilitator and the program's manager."""
    return [assessment.facilitator_id, assessment.program.manager_id]


# What is on record, in words.
audit.register_verbs(
    {
        "add_finding": _("%(by)s wrote down %(what)s"),
        "edit_finding": _("%(by)s edited %(what)s"),
        "delete_finding": _("%(by)s took back %(what)s"),
        "add_recommendation": _("%(by)s recommended %(what)s"),
        "edit_recommendation": _("%(by)s edited %(what)s"),
        "delete_recommendation": _("%(by)s took back %(what)s"),
        "accept_recommendation": _("%(by)s accepted %(what)s"),
        "reject_recommendation": _("%(by)s rejected %(what)s"),
        "reopen_recommendation": _("%(by)s reopened %(what)s"),
        "prepare_debrief": _("%(by)s prepared the debrief of %(what)s"),
        "plan_debrief": _("%(by)s planned the debrief of %(what)s"),
        "brief_sponsor_for_debrief": _("%(by)s briefed the sponsor on %(what)s"),
        "undo_briefing_for_debrief": _("%(by)s undid the briefing on %(what)s"),
        "hold_debrief": _("%(by)s held the debrief of %(what)s"),
        "undo_holding_debrief": _("%(by)s undid that the debrief of %(what)s was held"),
        "commit_debrief": _("%(by)s recorded how the debrief of %(what)s ended"),
        "reopen_debrief": _("%(by)s reopened the debrief of %(what)s"),
        "prepare_assessment": _("%(by)s prepared %(what)s"),
        "hand_over_assessment": _("%(by)s handed %(what)s over to another facilitator"),
        "edit_assessment": _("%(by)s changed %(what)s"),
        "delete_assessment": _("%(by)s deleted %(what)s"),
        "open_assessment": _("%(by)s opened %(what)s"),
        "withdraw_assessment": _("%(by)s took %(what)s back before anybody answered"),
        "open_consensus_assessment": _("%(by)s opened the consensus of %(what)s"),
        "complete_assessment": _("%(by)s completed %(what)s"),
        "reopen_assessment": _("%(by)s reopened the consensus of %(what)s"),
        "review_assessment": _("%(by)s said that %(what)s was gone through together"),
        "ask_assessor_of_assessment": _("%(by)s asked somebody to answer %(what)s"),
        "edit_assessor_of_assessment": _("%(by)s changed what somebody is asked in %(what)s"),
        "release_assessor_of_assessment": _("%(by)s no longer asks somebody to answer %(what)s"),
    }
)
