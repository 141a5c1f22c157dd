"""Action items as their readers see them, and what was said about each."""

from django.db.models import F, QuerySet

from core.accounts.models import User
from workstreams.models import ActionEvent, ActionItem


def readable_actions(reader: User) -> QuerySet[ActionItem]:
    """Return the action items of the reader's programs, with the reader's role."""
    return ActionItem.objects.visible_to(reader).annotate(role=F("program__memberships__role"))


def action_history(item_id: int) -> QuerySet[ActionEvent]:
    """Return everything said about an action item, the first first."""
    return ActionEvent.objects.filter(item_id=item_id).order_by("at", "id")
