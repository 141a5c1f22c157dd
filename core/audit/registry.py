"""The verbs of the trail in words: each app tells its own in its `notices.py`, and any page can tell what was done.

A sentence has %(by)s, a person or what the product calls itself, and %(what)s, what it was done to.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

OTHERWISE = _("%(by)s changed %(what)s")
PRODUCT = _("The product")

_sentences: dict[str, Any] = {}


def register_verbs(sentences: Mapping[str, Any]) -> None:
    """Add what some verbs mean.

    Raises:
        ImproperlyConfigured: when another app told one of them already.
    """
    if twice := sentences.keys() & _sentences.keys():
        raise ImproperlyConfigured(f"told twice, the verbs {sorted(twice)}")
    _sentences.update(sentences)


def registered() -> Mapping[str, Any]:
    """Return the sentence of every verb."""
    return _sentences


def in_words(verb: str, *, by: str, what: str) -> str:
    """Return what was done as a sentence; `by` is empty for what the product does by itself."""
    return str(_sentences.get(verb, OTHERWISE)) % {"by": by or PRODUCT, "what": what}
