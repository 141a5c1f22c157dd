"""Where a thing came from, told by the app that made it: floors below show it and do not know its nouns.

In the `ready()` of an app, with the path of a function that takes the things' numbers and their reader::

    provenance.register("action", "assessments.queries.provenance.of_actions")
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Step:
    """One step of the way that led to a thing: what it is called, in words, with its page."""

    label: Any
    title: str
    url: str = ""
    note: str = ""


# tell(subject_ids, reader) -> the steps that led to each, the nearest first; what came from elsewhere is absent.
Tell = Callable[[Collection[int], Any], Mapping[int, Sequence[Step]]]

_tellers: dict[str, list[str]] = {}


def register(kind: str, teller: str) -> None:
    """Add a function, by its path, that tells where things of a kind came from; apps have no models yet by then."""
    tellers = _tellers.setdefault(kind, [])
    if teller not in tellers:
        tellers.append(teller)


def steps_of(kind: str, subject_id: int, reader: Any) -> list[Step]:
    """Return the steps that led to a thing, as its reader may see them."""
    tellers: list[Tell] = [import_string(path) for path in _tellers.get(kind, ())]
    return [step for tell in tellers for step in tell([subject_id], reader).get(subject_id, ())]
