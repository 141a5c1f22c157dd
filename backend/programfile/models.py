"""Files that somebody handed in and has not confirmed yet."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from core.fields import DayField


class Upload(models.Model):
    """A program file that was handed in: nobody but its owner sees it, and it goes when it is loaded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    source_name = models.CharField(max_length=200)
    text = models.TextField()
    as_of = DayField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at"], name="upload_oldest")]

    def __str__(self) -> str:
        return self.source_name

    @property
    def is_long(self) -> bool:
        """Tell whether reading it takes long enough to show progress."""
        return len(self.text) > 200_000
