"""A mail backend for an installation without a mail server: mail is kept in a table and shown to the staff."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from core import clock
from notifications.models import KeptMail

# The newest so many are kept.
MOST_KEPT = 1000


class KeptBackend(BaseEmailBackend):
    """Keeps what it is given to send."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        KeptMail.objects.bulk_create([_kept(message) for message in email_messages])
        oldest = KeptMail.objects.order_by("-id").values_list("id", flat=True)[MOST_KEPT : MOST_KEPT + 1].first()
        if oldest is not None:
            KeptMail.objects.filter(pk__lte=oldest).delete()
        return len(email_messages)


def _kept(message: EmailMessage) -> KeptMail:
    html = ""
    if isinstance(message, EmailMultiAlternatives):
        html = next((str(content) for content, mimetype in message.alternatives if mimetype == "text/html"), "")
    return KeptMail(
        at=clock.now(),
        to=", ".join(message.recipients())[:500],
        subject=str(message.subject)[:500],
        text=str(message.body),
        html=html,
        headers={name: str(value) for name, value in message.extra_headers.items()},
    )
