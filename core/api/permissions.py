"""May the caller enter at all: the view's access rule and the token's scope. Rows are bounded by queries."""

from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from core import access
from core.accounts.models import ApiToken, TokenScope

if TYPE_CHECKING:  # the setting that names this module is read while that one loads
    from rest_framework.views import APIView


class AccessRule(BasePermission):
    """Enforces the view's `access_rule` (core/access.py): 401 for a stranger, 403 for who is not staff."""

    message = _("Only staff may do this.")

    def has_permission(self, request: Request, view: "APIView") -> bool:
        rule = access.rule_of(view)
        if rule is None:
            raise ImproperlyConfigured(f"{type(view).__qualname__} declares no access_rule (core/access.py)")
        if rule in access.OPEN_RULES:
            return True
        return bool(request.user.is_authenticated and (rule != "staff" or request.user.is_staff))


class TokenMayWrite(BasePermission):
    """Refuses a change made with a token that may only read."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if request.method in SAFE_METHODS or not isinstance(request.auth, ApiToken):
            return True
        if request.auth.scope != TokenScope.WRITE:
            raise PermissionDenied(_("This token may only read; make one with the scope write."), code="scope_missing")
        return True
