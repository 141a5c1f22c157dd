"""Every address of the product declares who may enter it, and what apps register for other apps' pages is there."""

from collections.abc import Iterable, Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, path, reverse

from core import addresses, navigation
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


def _is_there(name: str) -> bool:
    """Tell whether a page of a name is there, with a reference or without."""
    for arguments in ([], ["1"]):
        try:
            return bool(reverse(name, args=arguments))
        except NoReverseMatch:
            continue
    return False


def test_the_page_of_every_kind_of_thing_is_there() -> None:
    assert addresses.registered()
    assert [name for name in addresses.registered().values() if not _is_there(name)] == []


def test_every_tab_of_a_program_is_there_and_calls_itself_by_one_name() -> None:
    tabs = navigation.tabs_of("program")
    assert len({tab.name for tab in tabs}) == len(tabs) > 10
    for tab in tabs:
        assert navigation.tab_url("program", tab.name, "ONE") == tab.url("ONE")


def test_what_nobody_registered_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="no app registered"):
        addresses.of("unheard_of", 1)
    with pytest.raises(ImproperlyConfigured, match="no app registered"):
        navigation.tab_url("program", "unheard_of", "ONE")
