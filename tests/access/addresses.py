"""The URL table as the product has it: every address with its rule, its parameters and the methods it answers to."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from core.access import Rule, rule_of
from core.accounts.models import User

# Django's own pages, which have rules of their own on top of ours, and files.
LEFT_OUT = ("/admin/", "/static/")


@dataclass(frozen=True)
class Address:
    """One row of the URL table."""

    name: str
    route: str
    parameters: tuple[str, ...]
    rule: Rule
    view: Callable[..., HttpResponseBase]

    @property
    def module(self) -> str:
        """The module of its view."""
        return self.view.__module__

    @property
    def is_api(self) -> bool:
        """Tell whether it answers programs rather than people."""
        return self.route.startswith("/api/")

    @property
    def is_ours(self) -> bool:
        """Tell whether its view is of this house and not the sign-in library's."""
        return not self.module.startswith("allauth.")


def table() -> list[Address]:
    """Return every address of the product."""
    return [one for one in _walk(get_resolver().url_patterns, "/", "") if not one.route.startswith(LEFT_OUT)]


def _walk(patterns: Iterable[URLPattern | URLResolver], place: str, space: str) -> Iterator[Address]:
    for pattern in patterns:
        route = f"{place}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
            continue
        rule = rule_of(pattern.callback)
        assert rule is not None, f"{route} declares no access rule (core/access.py)"
        names = (*pattern.pattern.converters, *pattern.pattern.regex.groupindex)
        parameters = tuple(dict.fromkeys(names))
        yield Address(f"{space}{pattern.name}", route, parameters, rule, pattern.callback)


def methods_of_view(address: Address, reader: User) -> set[str]:
    """Return the methods that a view of ours answers to, as it tells somebody let in when it refuses another.

    It refuses before it reads anything, so the values of its parameters do not matter.
    """
    request = RequestFactory().generic("TRACE", address.route)
    request.user = reader
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    return _allowed(address.view(request, **dict.fromkeys(address.parameters, "")))


def methods_of_page(client: Client, path: str) -> set[str]:
    """Return the methods that any address answers to: other packages' views may lead elsewhere first."""
    return _allowed(client.generic("TRACE", path))


def _allowed(answer: HttpResponseBase) -> set[str]:
    return set(re.findall(r"[A-Z]+", answer.headers.get("Allow", ""))) - {"HEAD", "OPTIONS"} or {"GET"}
