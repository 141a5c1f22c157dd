"""Access rules: declared on the view, enforced before it runs, and asked of every address."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path

from core.access import RULES, AccessMiddleware, access, declare, rule_of
from core.accounts.models import User


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def ask(rule: Any, user: Any) -> int:
    """Return the status that a person meets at a view with a rule."""
    request = RequestFactory().get("/x/?a=b")
    request.user = user
    try:
        return access(rule)(page)(request).status_code
    except PermissionDenied:
        return 403


@pytest.mark.parametrize(
    ("rule", "stranger", "person", "staff"),
    [
        ("public", 200, 200, 200),
        ("secret_link", 200, 200, 200),
        ("signed_in", 302, 200, 200),
        ("member", 302, 200, 200),
        ("staff", 302, 403, 200),
    ],
)
def test_what_is_declared_is_enforced(rule: str, stranger: int, person: int, staff: int) -> None:
    people = (AnonymousUser(), User(email="a@example.org"), User(email="b@example.org", is_staff=True))
    assert [ask(rule, one) for one in people] == [stranger, person, staff]


def test_an_unknown_rule_is_refused_where_it_is_written() -> None:
    with pytest.raises(ImproperlyConfigured, match="evryone"):
        access("evryone")  # type: ignore[arg-type]


def test_the_middleware_serves_no_view_without_a_rule() -> None:
    middleware = AccessMiddleware(page)
    request = RequestFactory().get("/")
    with pytest.raises(ImproperlyConfigured, match="page declares no access rule"):
        middleware.process_view(request, page, (), {})
    middleware.process_view(request, access("public")(page), (), {})


def test_other_packages_addresses_are_declared_where_they_are_included() -> None:
    first, second = declare("signed_in", [path("a/", page, name="a"), path("b/", page, name="b")], {"b": "public"})
    assert isinstance(first, URLPattern) and isinstance(second, URLPattern)
    assert (rule_of(first.callback), rule_of(second.callback)) == ("signed_in", "public")


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        else:
            yield route, pattern.callback


def test_every_address_declares_its_rule() -> None:
    found = dict(addresses(get_resolver()))
    assert len(found) > 30
    assert [route for route, callback in found.items() if rule_of(callback) not in RULES] == []
