"""The audit trail: one append-only row for every write."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from core import triggers


class Entry(models.Model):
    """Who did what to which thing, when, through which door, why, and what changed.

    `scope` and `subject` are "kind:id" texts (a program and a thing in it), so that the trail outlives
    what it tells of and this app needs no domain noun. `changes` maps a field to its old and new value.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    scope = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=60)
    label = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict)

    final: ClassVar = (triggers.AppendOnly(),)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["scope", "-at"], name="audit_by_scope"),
            models.Index(fields=["subject", "-at"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"
