"""Action items, which are promises, and the history of what was said about each."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core import triggers
from core.fields import DayField
from core.models import Stamped
from programs.models import Outcome, Phase, Program
from programs.models.programs import validate_code
from programs.querysets import InProgramQuerySet
from workstreams.choices import OPEN_ACTIONS, PROMISED_ACTIONS, ActionSource, ActionState, MissReason
from workstreams.models.gates import GateCondition
from workstreams.models.milestones import Milestone, Workstream


class ActionItem(Stamped):
    """A promise: somebody asked for it, its performer gave a date, and it was kept or not."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="action_items")
    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="action_items")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="action_items")
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="action_items"
    )
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="action_items")
    gate_condition = models.OneToOneField(
        GateCondition, null=True, blank=True, on_delete=models.PROTECT, related_name="action_item"
    )
    code = models.CharField(max_length=20, validators=[validate_code])
    title = models.CharField(_("title"), max_length=300)
    detail = models.TextField(_("detail"), blank=True)
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    performer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_for = DayField(_("asked for"))
    promised_for = DayField(_("promised for"), null=True, blank=True)
    done_on = DayField(_("done on"), null=True, blank=True)
    state = models.CharField(max_length=9, choices=ActionState.choices, default=ActionState.REQUESTED)
    source = models.CharField(max_length=10, choices=ActionSource.choices, default=ActionSource.MANUAL)
    miss_reason = models.CharField(_("reason"), max_length=24, choices=MissReason.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    needs_acceptance = models.BooleanField(_("the requester accepts it"), default=False)
    accepted_on = DayField(null=True, blank=True)
    renewal_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewed_as"
    )
    external_source = models.CharField(max_length=100, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    due_on = models.GeneratedField(
        expression=Coalesce("promised_for", "requested_for"), output_field=models.DateField(), db_persist=True
    )

    objects = InProgramQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "code"], name="action_code_once"),
            models.UniqueConstraint(
                fields=["program", "external_source", "external_id"],
                condition=~Q(external_id=""),
                name="action_external_once",
            ),
            models.CheckConstraint(
                name="action_promise_has_a_date",
                condition=~Q(state__in=PROMISED_ACTIONS) | Q(promised_for__isnull=False),
            ),
            models.CheckConstraint(
                name="action_unanswered_has_no_promise",
                condition=~Q(state__in=[ActionState.REQUESTED, ActionState.DECLINED]) | Q(promised_for__isnull=True),
            ),
            models.CheckConstraint(
                name="action_kept_by_its_day",
                condition=~Q(state=ActionState.KEPT) | (Q(done_on__isnull=False) & Q(done_on__lte=F("promised_for"))),
            ),
            models.CheckConstraint(
                name="action_kept_where_accepted",
                condition=~Q(state=ActionState.KEPT) | Q(needs_acceptance=False) | Q(accepted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="action_missed_has_a_reason",
                condition=~Q(state=ActionState.MISSED) | Q(miss_reason__in=MissReason.values),
            ),
            models.CheckConstraint(
                name="action_other_reason_is_noted", condition=~Q(miss_reason=MissReason.OTHER) | ~Q(note="")
            ),
            models.CheckConstraint(
                name="action_declined_has_a_note", condition=~Q(state=ActionState.DECLINED) | ~Q(note="")
            ),
            models.CheckConstraint(name="action_external_pair", condition=Q(external_id="") | ~Q(external_source="")),
            models.CheckConstraint(name="action_state_known", condition=Q(state__in=ActionState.values)),
            models.CheckConstraint(name="action_source_known", condition=Q(source__in=ActionSource.values)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["program", "state", "due_on"], name="action_list"),
            models.Index(
                fields=["performer", "due_on"], condition=Q(state__in=OPEN_ACTIONS), name="action_of_performer"
            ),
            models.Index(fields=["due_on"], condition=Q(state__in=OPEN_ACTIONS), name="action_due"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def awaits_acceptance(self) -> bool:
        """Tell whether its performer says it is done and its requester has not answered."""
        is_done = self.state == ActionState.COMMITTED and self.done_on is not None
        return is_done and self.needs_acceptance and self.accepted_on is None


class ActionEvent(models.Model):
    """One thing said about an action item: the move, the states and dates before and after. Append-only."""

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    move = models.CharField(max_length=12)
    state_before = models.CharField(max_length=9, blank=True)
    state_after = models.CharField(max_length=9)
    due_before = DayField(null=True)
    due_after = DayField(null=True)
    note = models.TextField(blank=True)

    final: ClassVar = (triggers.AppendOnly(),)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["item", "-at"], name="action_event_history")]

    def __str__(self) -> str:
        return f"{self.move}: {self.state_before} -> {self.state_after}"
