"""Who is calling: a Bearer token, looked up by its hash in one query. The browser's session is DRF's own."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed

from core import clock
from core.accounts.models import ApiToken, User

LAST_USE_GRAIN = dt.timedelta(minutes=1)


class TokenAuthentication(KnoxTokenAuthentication):  # type: ignore[misc]  # knox ships no types
    """Reads `Authorization: Bearer TOKEN`; `request.auth` is the ApiToken.

    Knox walks all tokens with the same beginning and cleans up the person's others on the way; the hash of 256 random
    bits is a key in itself, so one look-up does.
    """

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiToken]:
        now = clock.now()
        found = ApiToken.objects.select_related("user").filter(digest=hash_token(token.decode("latin-1"))).first()
        if found is None:
            raise AuthenticationFailed(_("This token is not known: it was mistyped or revoked."))
        if found.expiry <= now:
            raise AuthenticationFailed(_("This token has expired. Make a new one."), code="token_expired")
        if not found.user.is_active:
            raise AuthenticationFailed(_("This person's account is closed."))
        if found.last_used_at is None or now - found.last_used_at >= LAST_USE_GRAIN:
            ApiToken.objects.filter(digest=found.digest).update(last_used_at=now)
        return found.user, found
