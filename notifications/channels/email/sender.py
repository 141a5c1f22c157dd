"""Sends one message by mail, and tells a refusal for good from one for now and from a lost answer."""

import smtplib
from collections.abc import Sequence
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from notifications.channels.base import Item, Message, TransportError
from notifications.queries import links

TIMEOUT = 30
# A message with more than this says how many more there are; the inbox has them all.
MOST_ITEMS = 50
MOST_THREADS = 20
LONGEST_SUBJECT = 160


def send(message: Message) -> None:
    """Hand one message to the mail server, within the time limit."""
    mail = compose(message)
    connection = get_connection(timeout=TIMEOUT)
    mail.connection = connection
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise TransportError(_words(error)) from error
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise TransportError(_words(error), permanent=all(code >= 500 for code in codes)) from error
    except smtplib.SMTPResponseException as error:
        raise TransportError(_words(error), permanent=error.smtp_code >= 500) from error
    except (OSError, smtplib.SMTPException) as error:
        # The line broke in the middle: the server may have taken the mail.
        raise TransportError(_words(error), is_ambiguous=True) from error
    finally:
        # What the server says to a goodbye changes nothing any more.
        connection.fail_silently = True
        connection.close()


def compose(message: Message) -> EmailMultiAlternatives:
    """Return the mail, in its reader's language: plain text, HTML with its styles inlined, and the headers."""
    unsubscribe = links.unsubscribe(message.reader.pk, "email")
    with translation.override(message.reader.shown_language):
        shown = message.items[:MOST_ITEMS]
        context = {
            "items": shown,
            "more": len(message.items) - len(shown),
            "is_delayed": message.is_delayed,
            "reader": message.reader,
            "unsubscribe_url": unsubscribe,
            "preferences_url": links.absolute(reverse("notifications:preferences")),
            "inbox_url": links.absolute(reverse("notifications:inbox")),
        }
        mail = EmailMultiAlternatives(
            subject=_subject(message.items),
            body=render_to_string("notifications/mail.txt", context),
            to=[message.reader.email],
            headers=_headers(message, unsubscribe),
        )
        mail.attach_alternative(css_inline.inline(render_to_string("notifications/mail.html", context)), "text/html")
    return mail


def _subject(items: Sequence[Item]) -> str:
    first = f"{items[0].title}: {items[0].headline}"
    others = len(items) - 1
    if not others:
        return _one_line(first)
    words = ngettext("%(first)s, and %(others)d more", "%(first)s, and %(others)d more", others)
    # A headline may be a sentence: its full stop would stand in the middle of this one.
    return _one_line(words % {"first": first.rstrip(".。"), "others": others})


def _one_line(text: str) -> str:
    """A header has no line breaks, and a mail program shows no more than this."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def _headers(message: Message, unsubscribe: str) -> dict[str, str]:
    """Return a Message-ID that stays the same however often this is sent, threads, and RFC 8058's two headers."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    threads = list(dict.fromkeys(f"<{item.thread}.{message.reader.pk}@{host}>" for item in message.items))
    headers = {
        "Message-ID": f"<{message.id}@{host}>",
        "References": " ".join(threads[:MOST_THREADS]),
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    if len(threads) == 1:
        headers["In-Reply-To"] = threads[0]
    return headers


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
