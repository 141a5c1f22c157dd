"""The debrief: the document of the one meeting at which an assessment ends in commitments."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import DebriefPartKind, DebriefState
from assessments.models.assessments import Assessment
from core.fields import DayField
from core.models import Stamped
from workstreams.models import ActionItem


class Debrief(Stamped):
    """Prepared from the program's facts, the sponsor briefed first, held, and ended with commitments or a “none”."""

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="debrief")
    state = models.CharField(max_length=15, choices=DebriefState.choices, default=DebriefState.PREPARED)
    planned_on = DayField(_("planned"), null=True, blank=True)
    sponsor_briefed_on = DayField(_("sponsor briefed"), null=True, blank=True)
    held_on = DayField(_("held"), null=True, blank=True)
    committed_on = DayField(null=True, blank=True)
    # Recorded when nobody commits to anything.
    no_commitment_reason = models.TextField(_("why there is no commitment"), blank=True)
    # Seen by the sponsor and the facilitator alone; in no export, and in no text of the audit trail.
    private_notes = models.TextField(_("private notes"), blank=True)
    # Counted apart from `version`, which everybody sees: that the two wrote to each other is theirs as well.
    notes_version = models.PositiveIntegerField(default=1, editable=False)
    # Whom their first word was written between: who takes one of the two places later does not read them.
    notes_sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    notes_facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="debrief_state_known", condition=Q(state__in=DebriefState.values)),
            models.CheckConstraint(
                name="debrief_sponsor_is_briefed_first",
                condition=Q(state=DebriefState.PREPARED) | Q(sponsor_briefed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="debrief_held_is_dated",
                condition=Q(state__in=[DebriefState.PREPARED, DebriefState.SPONSOR_BRIEFED])
                | (Q(held_on__isnull=False) & Q(held_on__gte=models.F("sponsor_briefed_on"))),
            ),
            models.CheckConstraint(
                name="debrief_committed_is_dated",
                condition=~Q(state=DebriefState.COMMITTED) | Q(committed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}"


class DebriefPart(models.Model):
    """A part of the document, in its place; what it says was written by the product and may be edited."""

    debrief = models.ForeignKey(Debrief, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=DebriefPartKind.choices)
    # The heading of a part of one's own; the eight have theirs.
    title = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    is_left_out = models.BooleanField(_("left out"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["debrief", "position"], name="debrief_part_position_once"),
            models.UniqueConstraint(
                fields=["debrief", "kind"], condition=~Q(kind=DebriefPartKind.OWN), name="debrief_part_once"
            ),
            models.CheckConstraint(name="debrief_part_kind_known", condition=Q(kind__in=DebriefPartKind.values)),
            models.CheckConstraint(
                name="debrief_own_part_has_a_title", condition=~Q(kind=DebriefPartKind.OWN) | ~Q(title="")
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.kind


class DebriefCommitment(models.Model):
    """An action item that somebody committed to at the debrief."""

    debrief = models.ForeignKey(Debrief, on_delete=models.CASCADE, related_name="commitments")
    action_item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["debrief", "action_item"], name="debrief_commitment_once")
        ]

    def __str__(self) -> str:
        return f"{self.action_item_id}"
