"""What the log tells of a request: method, route, status, person. A path that holds a secret is told by its route."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware as StructlogRequestMiddleware

from core import access

# Addresses of the sign-in library that carry a key.
KEYED_ROUTES = frozenset({"account_confirm_email", "account_reset_password_from_key"})


class RequestMiddleware(StructlogRequestMiddleware):
    """Gives every request an id and one line when it is finished; query strings are left out."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = request.resolver_match
        if match is None:
            return f"{request.method} {request.path}" if hasattr(request, "_raised_exception") else f"{request.method}"
        is_secret = access.rule_of(match.func) == "secret_link" or match.url_name in KEYED_ROUTES
        return f"{request.method} /{match.route}" if is_secret else f"{request.method} {request.path}"
