"""E-mail: text and HTML, one thread a subject, unsubscribing in one click."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from notifications.channels.base import Channel
from notifications.channels.email.sender import send


def _is_sent_again() -> bool:
    return bool(settings.AMBIGUOUS_EMAIL == "resend")


CHANNEL = Channel(kind="email", label=_("E-mail"), send=send, is_sent_again=_is_sent_again)
