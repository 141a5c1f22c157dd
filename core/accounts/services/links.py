"""Sign-in links: they work once, for a short while, and only their hash is kept."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from core.accounts.exceptions import LinkDoesNotWork
from core.accounts.models import SignInLink, User
from core.audit import services as audit

LIFETIME = dt.timedelta(minutes=15)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_signin_link(
    *, person: User, at: dt.datetime, by: User | None, lifetime: dt.timedelta = LIFETIME
) -> tuple[SignInLink, str]:
    """Make a link for a person; return its row and its secret, which belongs in the address."""
    secret = secrets.token_urlsafe(32)
    link = SignInLink.objects.create(digest=_digest(secret), person=person, created_at=at, expires_at=at + lifetime)
    audit.record(by=by, at=at, verb="make_signin_link", subject=f"person:{person.pk}", label=str(person))
    return link, secret


@transaction.atomic
def redeem(*, secret: str, at: dt.datetime) -> User:
    """Use a link up and return its person; refuse one that is unknown, used, too old, or of a closed account.

    The one UPDATE decides: of two who come at once, one finds no row left.
    """
    usable = SignInLink.objects.filter(digest=_digest(secret), used_at=None, expires_at__gt=at, person__is_active=True)
    if not SignInLink.objects.filter(pk__in=usable.values("pk"), used_at=None).update(used_at=at):
        raise LinkDoesNotWork
    link = SignInLink.objects.select_related("person").get(digest=_digest(secret))
    audit.record(
        by=link.person, at=at, verb="sign_in_by_link", subject=f"person:{link.person_id}", label=str(link.person)
    )
    return link.person


@transaction.atomic
def keep_to_oneself(*, person: User, at: dt.datetime, by: User | None) -> None:
    """Let nobody but its person open an account that was never used: links made for it end, and none is made anew.

    Its person comes by way of their mail, as who forgot a password does. Nothing changes for who signed in before.
    """
    if person.last_login is not None or person.has_usable_password():
        return
    SignInLink.objects.filter(person=person, used_at=None).update(used_at=at)
    person.set_password(secrets.token_urlsafe(32))
    person.save(update_fields=["password"])
    audit.record(by=by, at=at, verb="keep_account_to_oneself", subject=f"person:{person.pk}", label=str(person))
