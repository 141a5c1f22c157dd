"""What the page shell needs on every page: the theme, the languages, the links. Nothing here runs until it is used."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from core import clock, navigation

THEME_COOKIE = "theme"
THEMES: tuple[tuple[str, Any], ...] = (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))
EXPLICIT_THEMES = frozenset({"light", "dark"})


def theme(request: HttpRequest) -> str:
    """Return the theme a reader chose, "system" without a choice."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in EXPLICIT_THEMES else "system"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the shell's variables: `theme`, `themes`, `shell_links` (lazy) and `now` (lazy, the product's clock)."""
    return {
        "theme": theme(request),
        "themes": THEMES,
        "shell_links": SimpleLazyObject(lambda: navigation.links(request)),
        "now": SimpleLazyObject(clock.now),
    }
