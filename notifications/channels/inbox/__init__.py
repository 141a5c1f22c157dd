"""The inbox inside the product: it shows the reminders themselves, so nothing is carried out and nothing can fail."""

from django.utils.translation import gettext_lazy as _

from notifications.channels.base import Channel

CHANNEL = Channel(kind="inbox", label=_("Inbox"), send=None, can_be_muted=False)
