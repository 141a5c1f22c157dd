"""What an assessment found, what is recommended, and what became of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import FindingKind, RecommendationState, Urgency
from assessments.models.assessments import Assessment
from assessments.models.templates import Criterion
from core.fields import DayField
from core.models import Stamped
from programs.models.programs import validate_code
from workstreams.models import ActionItem


class Finding(Stamped):
    """A strength, or a gap with its root cause; codes are numbered within the assessment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=20, validators=[validate_code])
    kind = models.CharField(_("kind"), max_length=8, choices=FindingKind.choices)
    criterion = models.ForeignKey(Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("finding"))
    root_cause = models.TextField(_("root cause"), blank=True)
    is_systemic = models.BooleanField(_("systemic"), default=False)
    # The other criteria that it touches.
    affects: Any = models.ManyToManyField(Criterion, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "code"], name="finding_code_once"),
            models.CheckConstraint(name="finding_kind_known", condition=Q(kind__in=FindingKind.values)),
            models.CheckConstraint(name="finding_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="finding_strength_has_no_cause",
                condition=Q(kind=FindingKind.GAP) | Q(root_cause="", is_systemic=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Recommendation(Stamped):
    """A step that a finding calls for. Accepted, it is an action item; rejected, the reason stays on record."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="recommendations")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="recommendations")
    code = models.CharField(max_length=20, validators=[validate_code])
    text = models.TextField(_("recommended step"))
    rationale = models.TextField(_("rationale"), blank=True)
    urgency = models.CharField(_("urgency"), max_length=11, choices=Urgency.choices)
    state = models.CharField(max_length=8, choices=RecommendationState.choices, default=RecommendationState.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = DayField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    action_item = models.OneToOneField(
        ActionItem, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendation"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "code"], name="recommendation_code_once"),
            models.CheckConstraint(name="recommendation_urgency_known", condition=Q(urgency__in=Urgency.values)),
            models.CheckConstraint(
                name="recommendation_state_known", condition=Q(state__in=RecommendationState.values)
            ),
            models.CheckConstraint(name="recommendation_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="recommendation_accepted_is_an_action",
                condition=Q(state=RecommendationState.ACCEPTED, action_item__isnull=False)
                | (~Q(state=RecommendationState.ACCEPTED) & Q(action_item__isnull=True)),
            ),
            models.CheckConstraint(
                name="recommendation_rejected_has_a_reason",
                condition=~Q(state=RecommendationState.REJECTED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
