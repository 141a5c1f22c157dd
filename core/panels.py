"""Sections that an upper app adds to a page of a lower one, which includes them without knowing what they show.

In the `ready()` of the upper app, with the path of a query that takes what the page gives it:

    panels.register("outcome", Panel("workstreams/feeding.html", "workstreams.queries.contributions.of_outcome"))

The view asks `panels.shown("outcome", outcome, today=today)`; its template includes each `panel.template`, which finds
its content in `panel.content`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Panel:
    """A template, and the path of the query that gives it its content; apps have no models yet when they register."""

    template: str
    query: str
    order: int = 50


@dataclass(frozen=True)
class Shown:
    """A panel with its content, as one page includes it."""

    template: str
    content: Any


_panels: dict[str, list[Panel]] = {}


def register(page: str, panel: Panel) -> None:
    """Add a panel to the pages of a kind."""
    panels = _panels.setdefault(page, [])
    if panel not in panels:
        panels.append(panel)
        panels.sort(key=lambda one: one.order)


def registered() -> dict[str, list[Panel]]:
    """Return the panels of every kind of page, in order."""
    return _panels


def shown(page: str, *about: Any, **context: Any) -> list[Shown]:
    """Return the panels of a page with their content, in order."""
    return [Shown(panel.template, import_string(panel.query)(*about, **context)) for panel in _panels.get(page, ())]
