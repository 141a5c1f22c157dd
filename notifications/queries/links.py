"""Addresses that stand in mails: absolute, and signed where they let their reader act without signing in."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from notifications.exceptions import LinkNotValid

_ACT = "notifications.act"
_UNSUBSCRIBE = "notifications.unsubscribe"
# Long enough for a reminder that is answered late, short enough for a mail that lies around.
ACT_SECONDS = 45 * 24 * 3600


@dataclass(frozen=True)
class OneClick:
    """What a link in a mail is for: one person and one subject."""

    person_id: int
    kind: str
    subject_id: int


def absolute(path: str) -> str:
    """Return a path of this installation as the address people use."""
    return f"{settings.PUBLIC_URL}{path}" if path.startswith("/") else path


def act(one_click: OneClick) -> str:
    """Return the address where a person may act on one subject without signing in."""
    token = signing.dumps([one_click.person_id, one_click.kind, one_click.subject_id], salt=_ACT)
    return absolute(reverse("notifications:act", args=[token]))


def read_act(token: str) -> OneClick:
    """Return what a link is for; raises LinkNotValid."""
    try:
        person_id, kind, subject_id = signing.loads(token, salt=_ACT, max_age=ACT_SECONDS)
    except signing.BadSignature as error:
        raise LinkNotValid from error
    return OneClick(person_id, kind, subject_id)


def unsubscribe(person_id: int, channel: str) -> str:
    """Return the address that switches a channel off for a person; it does not grow old (RFC 8058)."""
    token = signing.dumps([person_id, channel], salt=_UNSUBSCRIBE)
    return absolute(reverse("notifications:unsubscribe", args=[token]))


def read_unsubscribe(token: str) -> tuple[int, str]:
    """Return the person and the channel that a link is for; raises LinkNotValid."""
    try:
        person_id, channel = signing.loads(token, salt=_UNSUBSCRIBE)
    except signing.BadSignature as error:
        raise LinkNotValid from error
    return person_id, channel
