"""What the pages that join all apps remember of their readers."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from programs.models import Program


class Visit(models.Model):
    """When a person's present visit to a program began, and the one before it; pages tell what is new since then."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField()
    previous_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "program"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.program_id}, {self.began_at:%Y-%m-%d %H:%M}"
