"""Tags of the page shell: a captured block, an icon, the address of a thing, the tabs of its pages."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

from core import addresses, navigation

register = template.Library()


class CaptureNode(template.Node):
    """Renders its content once into a variable, so that one block can stand in two places."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        # What the nodes rendered is escaped already, as any part of the page is.
        context[self.name] = SafeString(self.nodelist.render(context).strip())  # nosec B703
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """{% capture name %}...{% endcapture %}: keep what stands between in the variable `name`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(name, nodelist)


@lru_cache(maxsize=256)
def _drawn(name: str, size: int) -> SafeString:
    # A drawing out of the icon package, chosen by a name that a template wrote.
    return SafeString(lucide(name, size=size, **{"aria-hidden": "true", "focusable": "false"}))  # nosec B703


@register.simple_tag
def icon(name: str, size: int | str = 18) -> SafeString:
    """{% icon "check" 18 %}: an outline icon as SVG, hidden from assistive technology: words stand beside it."""
    return _drawn(name, int(size))


@register.simple_tag
def address(kind: str, *reference: Any) -> str:
    """{% address "program" head.key %}: the page of a thing, of whichever app it is."""
    return addresses.of(kind, *reference)


@register.simple_tag
def tabs(kind: str, reference: Any) -> list[dict[str, Any]]:
    """{% tabs "program" head.key as pages %}: the pages of a thing, each with its name, label and url."""
    return [{"name": tab.name, "label": tab.label, "url": tab.url(reference)} for tab in navigation.tabs_of(kind)]
