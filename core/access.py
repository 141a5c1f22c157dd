"""Every address declares who may enter: `@access("signed_in")` on a view, `access_rule` on an API view.

The five rules, from open to narrow:

    public       anybody
    secret_link  anybody who holds the secret in the address; the view checks it (a sign-in link, a calendar feed)
    signed_in    any person who signed in
    member       who signed in; the view reads through queries bounded to its reader, so that a stranger gets 404,
                 and writes through services, which raise NotAllowed (403) naming the roles that may
    staff        who runs the installation

An HTML view declares with the decorator (the outermost one); a class-based one where it is routed:

    @access("member")
    def program(request: HttpRequest, key: str) -> HttpResponse: ...

    path("about/", access("public")(TemplateView.as_view(template_name="about.html")))

An API view carries the class attribute, which `core.api.views.Endpoint` enforces after it has read the token:

    class MilestoneList(ListEndpoint):
        access_rule = "member"

Addresses of other packages are declared where they are included: `declare("staff", admin.site.urls[0])`.
`rule_of(callback)` tells the rule of any routed view; the middleware refuses to serve a view without one, and a test
walks all addresses.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Literal, cast, get_args

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from core.accounts.models import User

Rule = Literal["public", "secret_link", "signed_in", "member", "staff"]
RULES: tuple[str, ...] = get_args(Rule)
OPEN_RULES = frozenset({"public", "secret_link"})

View = Callable[..., HttpResponseBase]


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the sign-in page and back; a fragment's request moves the whole page there."""
    htmx = getattr(request, "htmx", None)
    if not htmx:
        return redirect_to_login(request.get_full_path())
    back = htmx.current_url_abs_path or "/"
    return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")


def access(rule: Rule) -> Callable[[View], View]:
    """Declare and enforce who may enter a view: a stranger is sent to sign in, who is not staff gets 403."""
    if rule not in RULES:
        raise ImproperlyConfigured(f"“{rule}” is no access rule: {', '.join(RULES)}")

    def declare_view(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if rule in OPEN_RULES:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if rule == "staff" and not request.user.is_staff:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access_rule = rule  # type: ignore[attr-defined]
        return guarded

    return declare_view


def reader(request: HttpRequest) -> User:
    """Return the person who signed in, where the rule of the address makes sure that there is one.

    Raises:
        PermissionDenied: when nobody did.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def rule_of(callback: Any) -> Rule | None:
    """Return the rule that a routed view declares on itself or on its class, None where it declares none."""
    for holder in (callback, getattr(callback, "cls", None), getattr(callback, "view_class", None)):
        rule = getattr(holder, "access_rule", None)
        if rule in RULES:
            return cast(Rule, rule)
    return None


def declare(
    default: Rule, patterns: Sequence[URLPattern | URLResolver], exceptions: Mapping[str, Rule] | None = None
) -> list[URLPattern | URLResolver]:
    """Return another package's addresses with a rule on each: the default, or the one for its URL name."""
    rules = exceptions or {}
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            declare(default, pattern.url_patterns, rules)
        elif rule_of(pattern.callback) is None:
            pattern.callback = access(rules.get(pattern.name or "", default))(pattern.callback)
    return list(patterns)


class AccessMiddleware:
    """Refuses to serve a view that declares no rule: forgetting one closes the address instead of opening it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        if rule_of(view) is None:
            raise ImproperlyConfigured(
                f"{view.__module__}.{view.__qualname__} declares no access rule (core/access.py)"
            )
