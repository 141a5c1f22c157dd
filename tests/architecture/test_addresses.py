"""Every address of the product declares who may enter it."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from core.access import access, rule_of


def _undeclared(patterns: Iterable[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    for pattern in patterns:
        place = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _undeclared(pattern.url_patterns, place)
        elif rule_of(pattern.callback) is None:
            yield place


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_every_address_declares_a_rule() -> None:
    assert list(_undeclared(get_resolver().url_patterns)) == []


def test_an_address_without_a_rule_is_found() -> None:
    declared = path("declared/", access("member")(_page))
    assert list(_undeclared([declared, path("forgotten/", _page)])) == ["/forgotten/"]
