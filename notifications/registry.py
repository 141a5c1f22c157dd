"""What the engine is handed: deadline sources, notice types and the wake-up. It knows no domain noun itself."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

if TYPE_CHECKING:
    # Apps register when they are configured, before there are models.
    from core.accounts.models import User

# What a plain text is, or a lazily translated one.
Text = Any


@dataclass(frozen=True)
class Role:
    """One audience of a source: a label for rules and mails, and the query of who that is for which subject.

    `rows()` returns a fresh `values()` queryset with exactly the columns subject_id, scope_id, due_on (a date,
    never null) and recipient_id, one row a subject and person, **open subjects only**. The engine narrows it by
    due_on, scope_id, subject_id and recipient_id, so these should be columns with an index where many rows are.
    """

    label: Text
    rows: Callable[[], QuerySet[Any, dict[str, Any]]]


@dataclass(frozen=True)
class Presented:
    """A subject as its reader sees it, made when the message is sent: what, where, and one line why it matters."""

    title: str
    url: str
    code: str = ""
    line: str = ""


@dataclass(frozen=True)
class Move:
    """One thing a reader may do to a subject straight from a mail, after a page has asked; `do(by=, at=)` does it."""

    name: str
    label: Text
    do: Callable[..., Any]


# present(subject_ids, reader) -> what the reader may see; a subject that is absent from the answer is not sent.
Present = Callable[[Collection[int], "User"], Mapping[int, Presented]]
# moves(subject_id, reader) -> the moves open to this reader now.
Moves = Callable[[int, "User"], Sequence[Move]]


def no_moves(subject_id: int, reader: "User") -> Sequence[Move]:
    """Offer nothing: the default of sources that have no one-step answer."""
    return ()


@dataclass(frozen=True)
class RuleInput:
    """A reminder rule as it is written: days from the due date, negative before and positive after.

    `ladder` is kept as [(days overdue, roles)], for whom a long overdue subject is raised to next.
    """

    kind: str
    offsets: tuple[int, ...] = ()
    overdue_every: int | None = None
    audience: tuple[str, ...] = ()
    ladder: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class DeadlineSource:
    """A kind of subject that falls due. `roles` are the audiences that a rule may name, in the order they are shown.

    `default` is the rule that a new scope starts with, None where nobody is reminded until somebody says so.
    """

    kind: str
    label: Text
    roles: Mapping[str, Role]
    present: Present
    moves: Moves = no_moves
    default: RuleInput | None = None


@dataclass(frozen=True)
class NoticeType:
    """Something told at once and once: "asked to promise", "declined".

    `sentence` is completed with the params given to `notify`, in the reader's language; params whose name ends
    in `_on` are ISO dates and are written as the reader writes dates. `subject_kind` names the subjects; `present`
    shows them to their reader, by default as the deadline source of that kind does.
    """

    kind: str
    label: Text
    subject_kind: str
    sentence: Text
    present: Present | None = None


@dataclass
class Registry:
    """Everything registered, by kind. Filled when the apps start, only read after that."""

    sources: dict[str, DeadlineSource] = field(default_factory=dict)
    notices: dict[str, NoticeType] = field(default_factory=dict)
    wake: Callable[[], None] | None = None


_registry = Registry()


def register_source(source: DeadlineSource) -> None:
    """Add a kind of subject that falls due."""
    if source.kind in _registry.sources:
        raise ValueError(f"the deadline source “{source.kind}” is registered twice")
    _registry.sources[source.kind] = source


def register_notice(notice: NoticeType) -> None:
    """Add a kind of direct notice."""
    if notice.kind in _registry.notices or notice.kind in _registry.sources:
        raise ValueError(f"the notice type “{notice.kind}” is registered twice")
    _registry.notices[notice.kind] = notice


def register_wake(wake: Callable[[], None]) -> None:
    """Set what is called after a commit that left something to send; it must swallow its own failures."""
    _registry.wake = wake


def sources() -> Mapping[str, DeadlineSource]:
    """Return the deadline sources by kind."""
    return _registry.sources


def default_rules() -> list[RuleInput]:
    """Return the rules that a new scope starts with."""
    return [source.default for source in _registry.sources.values() if source.default is not None]


def notices() -> Mapping[str, NoticeType]:
    """Return the notice types by kind."""
    return _registry.notices


def wake() -> Callable[[], None] | None:
    """Return the registered wake-up, if there is one."""
    return _registry.wake


def presenter(kind: str, subject_kind: str) -> Present | None:
    """Return what shows the subjects of a reminder or notice of this kind, None when nothing does any more."""
    notice = _registry.notices.get(kind)
    if notice is not None and notice.present is not None:
        return notice.present
    source = _registry.sources.get(subject_kind)
    return source.present if source is not None else None


def label(kind: str) -> Text:
    """Return the label of a source or notice type, the bare kind when it is no longer registered."""
    known = _registry.sources.get(kind) or _registry.notices.get(kind)
    return known.label if known is not None else kind


@dataclass(frozen=True)
class Forecast:
    """One reminder as it would be sent: what a dry run answers, and why."""

    kind: str
    subject_id: int
    scope_id: int
    due_on: dt.date
    step: int
    recipient_id: int
    role: str
    leaves_at: dt.datetime
