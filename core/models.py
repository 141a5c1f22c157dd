"""What tables share: creation and change stamps, the version that If-Match compares, how long a text may be."""

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
