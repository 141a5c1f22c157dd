"""The reader's own inbox, to read."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from core import clock
from core.api import rows as shapes
from core.api.pagination import Row
from core.api.views import ItemEndpoint, ListEndpoint, ResourceEndpoint
from core.exceptions import NotFound
from notifications import models, notices
from notifications.api import filters, serializers
from notifications.notices import Line
from notifications.queries import inbox


class Reminders(ResourceEndpoint):
    access_rule = "signed_in"
    model = models.Reminder
    ref_example = "1"
    serializer_class = serializers.Reminder

    def rows(self) -> QuerySet[Any, Row]:
        return inbox.rows(self.reader.pk, clock.now())

    def dress(self, rows: Sequence[Row]) -> list[Row]:
        """Return rows with what they are about; those about what the reader may not see (any more) are left out."""
        found = {row["id"]: models.Reminder(**{name: row[name] for name in inbox.COLUMNS}) for row in rows}
        today = clock.today(self.reader.time_zone)
        return [_shown(found[line.id], line) for line in notices.inbox_lines(list(found.values()), self.reader, today)]

    def whole(self, values: Row) -> Row:
        shown = self.dress([values])
        if not shown:
            raise NotFound
        return shown[0]


class ReminderList(Reminders, ListEndpoint):
    """What the reader was told, the newest first: what falls due and what people did."""

    filterset_class = filters.ReminderFilter
    orderings = ("shows_at", "due_on", "id")
    ordering = "-shows_at"


class ReminderItem(Reminders, ItemEndpoint):
    """One thing that the reader was told."""


def _shown(reminder: models.Reminder, line: Line) -> Row:
    subject = line.subject
    return {
        "id": line.id,
        "url": shapes.address("reminders", line.id),
        "kind": reminder.kind,
        "subject": {
            "kind": reminder.subject_kind,
            "id": reminder.subject_id,
            "code": subject.code,
            "title": subject.title,
            "line": subject.line,
            "page": subject.url,
        },
        "due_on": reminder.due_on,
        "headline": line.headline,
        "why": line.why,
        "shows_at": line.shows_at,
        "is_read": line.is_read,
        "is_over": line.is_over,
    }
