"""What the inbox is narrowed by."""

from django.utils.translation import gettext_lazy as _

from core.api.filters import DayFilter, IsFilledFilter, PatternFilter, StrictFilterSet


class KindFilter(PatternFilter):
    """Reminders of a kind of subject."""

    pattern = "[a-z_]{1,40}"
    words = _("What it is about: action or milestone.")


class ReminderFilter(StrictFilterSet):
    subject_kind = KindFilter("subject_kind", example="action")
    is_read = IsFilledFilter("read_at")
    due_after = DayFilter("due_on", "gt", _("Due later than this day."))
    due_before = DayFilter("due_on", "lt", _("Due earlier than this day."))
