"""What the sponsor says of a program's delivery confidence, beside what the figures said then."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import triggers
from programs.choices import Rating
from programs.models.programs import Program


class ConfidenceStatement(models.Model):
    """A sponsor's word on delivery confidence: the rating computed then, confirmed or overridden. Append-only."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Empty where nothing could be computed.
    computed = models.CharField(max_length=5, choices=Rating.choices, blank=True)
    rating = models.CharField(_("rating"), max_length=5, choices=Rating.choices)
    reason = models.TextField(_("reason"), blank=True)

    final: ClassVar = (triggers.AppendOnly(),)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="confidence_rating_known", condition=Q(rating__in=Rating.values)),
            models.CheckConstraint(
                name="confidence_computed_known", condition=Q(computed="") | Q(computed__in=Rating.values)
            ),
            models.CheckConstraint(
                name="confidence_override_has_a_reason", condition=Q(rating=F("computed")) | ~Q(reason="")
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["program", "-at", "-id"], name="confidence_newest")]

    def __str__(self) -> str:
        return f"{self.rating}, {self.at:%Y-%m-%d}"
