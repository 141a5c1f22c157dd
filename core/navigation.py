"""The page shell's navigation, and the tabs of a thing's pages: apps register theirs; the shell knows no domain noun.

In an app's `ready()`:

    navigation.register(navigation.Entry("inbox", _("Inbox"), order=30))
    navigation.register_count("inbox", queries.count_unread)  # user -> int, shown beside the label
    navigation.register_tabs("program", navigation.Tab("plan", _("Plan"), "workstreams:plan", order=50))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

Count = Callable[[Any], int]


@dataclass(frozen=True)
class Entry:
    """One link: its URL name, its label, its place, whether it stands in the person's menu, what else it stands for."""

    url_name: str
    label: Any
    order: int = 50
    is_menu: bool = False
    is_staff: bool = False
    icon: str = ""
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """An entry as one reader sees it on one page."""

    url_name: str
    url: str
    label: str
    icon: str
    is_menu: bool
    is_current: bool
    is_counted: bool
    count: int


@dataclass(frozen=True)
class Tab:
    """One of the pages of a thing: the name that a page calls itself, its label, its URL name, its place."""

    name: str
    label: Any
    url_name: str
    order: int = 50

    def url(self, reference: object) -> str:
        """Return the address of the page for one thing."""
        return reverse(self.url_name, args=[reference])


_entries: dict[str, Entry] = {}
_counts: dict[str, Count] = {}
_tabs: dict[str, list[Tab]] = {}


def register(entry: Entry) -> None:
    """Add an entry; a second one of the same URL name takes the place of the first."""
    _entries[entry.url_name] = entry


def register_count(url_name: str, count: Count) -> None:
    """Show a number beside an entry: how many things behind it wait for this person."""
    _counts[url_name] = count


def register_tabs(kind: str, *tabs: Tab) -> None:
    """Add pages to the tabs of a kind of thing."""
    _tabs[kind] = sorted({*_tabs.get(kind, ()), *tabs}, key=lambda tab: tab.order)


def tabs_of(kind: str) -> list[Tab]:
    """Return the tabs of a kind of thing, in order."""
    return _tabs.get(kind, [])


def tab_url(kind: str, name: str, reference: object) -> str:
    """Return the address of one of a thing's pages, by the name that the page calls itself.

    Raises:
        ImproperlyConfigured: when no app registered it.
    """
    for tab in tabs_of(kind):
        if tab.name == name:
            return tab.url(reference)
    raise ImproperlyConfigured(f"no app registered the page “{name}” of a {kind}")


def links(request: HttpRequest) -> list[Link]:
    """Return the links that a signed-in reader sees, in order; an entry without an address is left out."""
    found = []
    for entry in sorted(_entries.values(), key=lambda one: one.order):
        if entry.is_staff and not request.user.is_staff:
            continue
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        found.append(_link(entry, url, request))
    return found


def first_url(request: HttpRequest) -> str:
    """Return where a signed-in reader starts: the first link of the main navigation."""
    return next(link.url for link in links(request) if not link.is_menu)


def _link(entry: Entry, url: str, request: HttpRequest) -> Link:
    count = _counts.get(entry.url_name)
    return Link(
        url_name=entry.url_name,
        url=url,
        label=str(entry.label),
        icon=entry.icon,
        is_menu=entry.is_menu,
        is_current=request.path.startswith((url, *entry.covers)) if url != "/" else request.path == "/",
        is_counted=count is not None,
        count=count(request.user) if count else 0,
    )
