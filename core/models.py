"""What tables share: stamps, the version that If-Match compares, how long a text may be; and answers the API keeps."""

from typing import ClassVar

from django.conf import settings
from django.db import models

# Of a text that somebody types, in characters, through every door: a reason or a note; a detail; what a program says
# of itself. A page and the API take the same, and refuse more in the same words.
LONGEST_REASON, LONGEST_DETAIL, LONGEST_STATEMENT = 2_000, 5_000, 10_000


class Stamped(models.Model):
    """A row that knows when it was made and last changed, and how often: `version` is its ETag."""

    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class KeptAnswer(models.Model):
    """What the API answered to a POST that came with an Idempotency-Key; kept for a day, a person at a time."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    # Of method, address and body: the same key with another request is refused.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=b"")
    headers = models.JSONField(default=dict)
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="kept_answer_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.key}"
