"""The page of a thing, by its kind: apps register theirs, so that floors below lead to it without knowing its app.

In an app's `ready()`:

    addresses.register({"outcome": "programs:outcome", "measure": "programs:measure"})

Kinds are the words of the audit trail and the reminder engine: "outcome" in "outcome:17".
"""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

_names: dict[str, str] = {}


def register(names: Mapping[str, str]) -> None:
    """Add the URL names of some kinds.

    Raises:
        ImproperlyConfigured: when a kind has another page already.
    """
    for kind, name in names.items():
        if _names.setdefault(kind, name) != name:
            raise ImproperlyConfigured(f"the address of “{kind}” is {_names[kind]}; {name} cannot be, too")


def registered() -> Mapping[str, str]:
    """Return the URL name of every kind."""
    return _names


def of(kind: str, *reference: object) -> str:
    """Return the address of a thing's page.

    Raises:
        ImproperlyConfigured: when no app registered the kind.
    """
    if kind not in _names:
        raise ImproperlyConfigured(f"no app registered the address of “{kind}”")
    return reverse(_names[kind], args=reference)


def of_subject(subject: str) -> str:
    """Return the address of "outcome:17", "" where things of its kind have no page."""
    kind, _colon, number = subject.partition(":")
    return of(kind, number) if kind in _names else ""
