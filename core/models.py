"""Abstract bases for tables: creation and change stamps, and the version that If-Match compares."""

from django.db import models


class Stamped(models.Model):
    """A row that knows when it was made and last changed, and how often: `version` is its ETag."""

    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
