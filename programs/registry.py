"""What the apps keep in a program: what a draft lacks of it, who answers for what, how it is laid out.

Each app tells its own in its `contents`, which is found by that name when all apps are loaded.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet

from core.accounts.models import User

# What a plain text is, or a lazily translated one.
Text = Any
# A row of `programs.models.Program`: models stand above this room.
Program = Any
# A program's structure, in days from its start.
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Gap:
    """What a draft lacks to be active: its words, and the URL name of the program's page where it is added."""

    label: Text
    page: str


class HandOver(Protocol):
    """Gives rows to the heir of whoever leaves, and returns their codes."""

    def __call__(
        self, rows: QuerySet[Any], *, leaver: User, heir: User, by: User, at: dt.datetime
    ) -> Sequence[str]: ...


@dataclass(frozen=True)
class Assignment:
    """One way of answering for something in a program: which rows, by which column.

    Attributes:
        kind: its name in the audit trail.
        rows: returns a fresh queryset of all that somebody answers for, with a column `program`.
        column: the person who does.
        words: says how many there are: "2 milestones".
        still_open: narrows the rows to what is still to be done.
        order: its place among the others.
        hand_over: gives rows to an heir where that takes more than the column.
    """

    kind: str
    rows: Callable[[], QuerySet[Any]]
    column: str
    words: Callable[[int], str]
    still_open: Q = field(default_factory=Q)
    order: int = 50
    hand_over: HandOver | None = None


@dataclass(frozen=True)
class Structure:
    """How a program is laid out: the body of a new one, the body of one there is, and building one from a body.

    Building returns how many dates were moved to the next working day.
    """

    blank: Callable[[], Body]
    draw: Callable[[Program], Body]
    build: Callable[[Program, Body, dt.datetime], int]


class Release(Protocol):
    """Frees whoever left from what needs no heir; `successor` is the manager who goes on with it, if there is one."""

    def __call__(
        self, program: Program, *, leaver: User, successor: User | None, by: User, at: dt.datetime
    ) -> None: ...


def _no_gaps(program: Program) -> Sequence[Gap]:
    return ()


@dataclass(frozen=True)
class Contents:
    """What one app keeps in a program."""

    gaps: Callable[[Program], Sequence[Gap]] = _no_gaps
    assignments: Sequence[Assignment] = ()
    structure: Structure | None = None
    release: Release | None = None
    # The day of the latest review of the phase at the end of a path, as a column of a query.
    review_day: Callable[[str], Any] | None = None


_registered: list[Contents] = []


def register(contents: Contents) -> None:
    """Add what one app keeps in a program."""
    if contents not in _registered:
        _registered.append(contents)


def contents() -> list[Contents]:
    """Return what each app keeps in a program, from the lowest floor up: apps are installed from the roof down."""
    return _registered[::-1]


def assignments() -> list[Assignment]:
    """Return every way of answering for something, in order."""
    return sorted((one for app in contents() for one in app.assignments), key=lambda one: one.order)


def review_days(path: str) -> list[Any]:
    """Return as columns of a query when the phase at the end of a path is reviewed, as each app tells of its own."""
    return [app.review_day(path) for app in contents() if app.review_day is not None]


def structure() -> Structure:
    """Return how programs are laid out.

    Raises:
        ImproperlyConfigured: unless exactly one app tells it.
    """
    found = [app.structure for app in contents() if app.structure is not None]
    if len(found) != 1:
        raise ImproperlyConfigured(f"{len(found)} apps lay out programs; it takes one")
    return found[0]
