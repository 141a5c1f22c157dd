"""How often: requests a minute for each token, each person and each stranger's address, counted in the cache."""

import abc
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from core.accounts.models import ApiToken

if TYPE_CHECKING:  # the setting that names this module is read while that one loads
    from rest_framework.views import APIView

WINDOW_SECONDS = 60


class Throttle(BaseThrottle, abc.ABC):
    """A counter for each caller and minute; DRF's own throttles keep, and send, a list of every request's time."""

    kind = ""

    @abc.abstractmethod
    def caller(self, request: Request) -> str | None:
        """Return who is counted, None for who is not."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        caller = self.caller(request)
        if caller is None:
            return True
        return self._count(caller) <= settings.API_RATES[self.kind]

    def _count(self, caller: str) -> int:
        key = f"throttle:{self.kind}:{caller}:{int(time.time() // WINDOW_SECONDS)}"
        try:
            return cache.incr(key)
        except ValueError:  # the minute's first
            cache.add(key, 0, WINDOW_SECONDS * 2)
            return cache.incr(key)

    def wait(self) -> float:
        """Return the seconds until the next minute begins, for Retry-After."""
        return WINDOW_SECONDS - int(time.time()) % WINDOW_SECONDS


class TokenThrottle(Throttle):
    kind = "token"

    def caller(self, request: Request) -> str | None:
        return str(request.auth.digest[:32]) if isinstance(request.auth, ApiToken) else None


class PersonThrottle(Throttle):
    kind = "person"

    def caller(self, request: Request) -> str | None:
        return str(request.user.pk) if request.user.is_authenticated else None


class StrangerThrottle(Throttle):
    kind = "stranger"

    def caller(self, request: Request) -> str | None:
        return None if request.user.is_authenticated else self.get_ident(request)
