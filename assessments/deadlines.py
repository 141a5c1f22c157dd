"""What falls due in assessments: the answers of those who were asked, and the next assessment of a program."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy

from assessments.choices import ASSESSMENT, REASSESSMENT, AssessmentState, PromptState
from assessments.models import Assessment, Assessor, Prompt
from assessments.notices import present_assessments, present_prompts
from notifications import registry
from notifications.registry import Role, RuleInput
from programs.choices import ProgramStatus
from programs.choices import Role as ProgramRole

Rows = QuerySet[Any, dict[str, Any]]
# A paused, closed or stopped program reminds nobody.
_REMINDING = (ProgramStatus.DRAFT, ProgramStatus.ACTIVE)


def _unanswered() -> Rows:
    """Return who was asked, has not left and has not handed in their answers: of the program or from outside."""
    places = Assessor.objects.filter(
        assessment__state=AssessmentState.OPEN,
        assessment__closes_on__isnull=False,
        assessment__program__status__in=_REMINDING,
        submitted_at=None,
        left_at=None,
    )
    columns = {
        "subject_id": F("assessment_id"), "scope_id": F("assessment__program_id"),
        "due_on": F("assessment__closes_on"), "recipient_id": F("person_id"),
    }  # fmt: skip
    return cast(Rows, places.order_by().values(**columns))


def _still_open() -> Rows:
    """Return who facilitates what takes answers."""
    rows = Assessment.objects.filter(
        state=AssessmentState.OPEN,
        closes_on__isnull=False,
        facilitator__isnull=False,
        program__status__in=_REMINDING,
    )
    columns = {
        "subject_id": F("pk"), "scope_id": F("program_id"), "due_on": F("closes_on"),
        "recipient_id": F("facilitator_id"),
    }  # fmt: skip
    return cast(Rows, rows.order_by().values(**columns))


def _prompts(role: ProgramRole) -> Callable[[], Rows]:
    """Return the query of a role: the programs that are asked to assess themselves again, with who has the role."""

    def rows() -> Rows:
        prompts = Prompt.objects.filter(
            state=PromptState.OPEN, program__status__in=_REMINDING, program__memberships__role=role
        )
        columns = {
            "subject_id": F("pk"), "scope_id": F("program_id"),
            "recipient_id": F("program__memberships__person_id"),
        }  # fmt: skip
        return cast(Rows, prompts.order_by().values("due_on", **columns))

    return rows


registry.register_source(
    registry.DeadlineSource(
        kind=ASSESSMENT,
        label=gettext_lazy("Answers to an assessment"),
        roles={
            "assessor": Role(gettext_lazy("Whoever has not answered"), _unanswered),
            "facilitator": Role(gettext_lazy("Facilitator"), _still_open),
        },
        present=present_assessments,
        default=RuleInput(kind=ASSESSMENT, offsets=(-3, 0), overdue_every=2, audience=("assessor", "facilitator")),
    )
)
registry.register_source(
    registry.DeadlineSource(
        kind=REASSESSMENT,
        label=gettext_lazy("Time to assess again"),
        roles={
            "manager": Role(gettext_lazy("Manager"), _prompts(ProgramRole.MANAGER)),
            "sponsor": Role(gettext_lazy("Sponsor"), _prompts(ProgramRole.SPONSOR)),
        },
        present=present_prompts,
        default=RuleInput(kind=REASSESSMENT, offsets=(-14, 0), overdue_every=7, audience=("manager",)),
    )
)
