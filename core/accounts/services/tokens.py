"""Tokens: made, shown once, revoked."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from knox.models import get_digest_token

from core.accounts.models import ApiToken, TokenScope, User
from core.audit import services as audit
from core.exceptions import InvalidInput

MAX_DAYS = 366
# Knox looks at the beginning of a token; ours is found by its hash, so this serves people's eyes alone.
KEY_LENGTH = 15


def _check(*, name: str, scope: str, days: int) -> None:
    wrong: dict[str, list[str]] = {}
    if not name.strip():
        wrong["name"] = [_("Say what the token is for.")]
    if scope not in TokenScope.values:
        wrong["scope"] = [_("Choose read or write.")]
    if not 1 <= days <= MAX_DAYS:
        wrong["days"] = [_("Give 1 to %d days.") % MAX_DAYS]
    if wrong:
        raise InvalidInput(fields=wrong)


@transaction.atomic
def create_token(
    *, person: User, name: str, scope: str, days: int, at: dt.datetime, by: User | None
) -> tuple[ApiToken, str]:
    """Make a token for a person; return its row and its text, which nobody can show again."""
    _check(name=name, scope=scope, days=days)
    digest, text = get_digest_token()
    token = ApiToken(
        digest=digest,
        token_key=text[:KEY_LENGTH],
        user=person,
        name=name.strip(),
        scope=scope,
        expiry=at + dt.timedelta(days=days),
    )
    token.save(force_insert=True)
    audit.record(
        by=by, at=at, verb="create_token", subject=f"person:{person.pk}", label=token.name, changes=_told(token)
    )
    return token, text


@transaction.atomic
def revoke_token(*, token: ApiToken, at: dt.datetime, by: User | None) -> None:
    """Make a token worthless at once."""
    audit.record(
        by=by, at=at, verb="revoke_token", subject=f"person:{token.user_id}", label=token.name, changes=_told(token)
    )
    token.delete()


def _told(token: ApiToken) -> dict[str, str]:
    return {"scope": str(token.scope), "expiry": token.expiry.isoformat()}
