"""The gate reviews that stand at the ends of phases, their conditions, and their checklists as they were."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.fields import DayField
from core.models import Stamped
from programs.choices import Rating
from programs.models import Phase, Program
from programs.models.programs import validate_code
from programs.querysets import InProgramQuerySet
from workstreams.choices import Check, GateDecision, GateState

_LOCKED = "a decided gate review is locked"


class GateReview(Stamped):
    """The meeting at the end of a phase that decides with open eyes; final once decided."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="gate_reviews")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="gate_reviews")
    code = models.CharField(max_length=20, validators=[validate_code])
    state = models.CharField(max_length=10, choices=GateState.choices, default=GateState.SCHEDULED)
    planned_on = DayField(_("planned"))
    held_on = DayField(_("held"), null=True, blank=True)
    rating = models.CharField(_("rating"), max_length=5, choices=Rating.choices, blank=True)
    findings = models.TextField(_("findings"), blank=True)
    decision = models.CharField(_("decision"), max_length=24, choices=GateDecision.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = DayField(null=True, blank=True)
    rationale = models.TextField(_("rationale"), blank=True)

    objects = InProgramQuerySet.as_manager()

    final: ClassVar = (
        triggers.Refuse(name="locked", event="UPDATE", when="OLD.state = 'decided'", words=_LOCKED),
        triggers.Refuse(name="kept", event="DELETE", when="OLD.state = 'decided'", words=_LOCKED),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "code"], name="gate_code_once"),
            models.UniqueConstraint(
                fields=["phase"], condition=~Q(state=GateState.DECIDED), name="gate_one_open_a_phase"
            ),
            models.CheckConstraint(
                name="gate_held_has_a_date", condition=Q(state=GateState.SCHEDULED) | Q(held_on__isnull=False)
            ),
            models.CheckConstraint(
                name="gate_decided_is_complete",
                condition=~Q(state=GateState.DECIDED)
                | (Q(decision__in=GateDecision.values) & Q(decided_by__isnull=False) & ~Q(rationale="")),
            ),
            models.CheckConstraint(
                name="gate_decision_when_decided", condition=Q(state=GateState.DECIDED) | Q(decision="")
            ),
            models.CheckConstraint(name="gate_rating_known", condition=Q(rating="") | Q(rating__in=Rating.values)),
            models.CheckConstraint(name="gate_state_known", condition=Q(state__in=GateState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"


class GateCondition(models.Model):
    """What a decision to proceed asks for; each becomes an action item with an owner and a date."""

    gate_review = models.ForeignKey(GateReview, on_delete=models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("condition"))

    final: ClassVar = (triggers.AppendOnly(),)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gate_review", "position"], name="gate_condition_position_once"),
            models.CheckConstraint(name="gate_condition_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text


class GateCheck(models.Model):
    """One line of the checklist as it was when a gate was decided: `done` of `total`, and the codes of what is not.

    Of money these are percents: of the budget that is spent, and of the time that is gone.
    """

    gate_review = models.ForeignKey(GateReview, on_delete=models.CASCADE, related_name="checks")
    check_of = models.CharField(_("what was checked"), max_length=10, choices=Check.choices)
    # Null where there was nothing to tell it from.
    is_well = models.BooleanField(null=True)
    done = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(null=True)
    names = models.TextField(blank=True)

    final: ClassVar = (triggers.AppendOnly(),)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gate_review", "check_of"], name="gate_check_once"),
            models.CheckConstraint(name="gate_check_known", condition=Q(check_of__in=Check.values)),
        ]

    def __str__(self) -> str:
        return f"{self.check_of}: {self.done} of {self.total}"
