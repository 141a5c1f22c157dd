"""What a channel is, what it is given to send, and how it says that it could not."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.accounts.models import User


class TransportError(Exception):
    """A message was not taken. `permanent` asks for no further try; `is_ambiguous` that nobody knows whether it was."""

    def __init__(
        self,
        detail: str,
        *,
        permanent: bool = False,
        is_ambiguous: bool = False,
        retry_after: dt.timedelta | None = None,
    ) -> None:
        super().__init__(detail)
        self.permanent = permanent
        self.is_ambiguous = is_ambiguous
        self.retry_after = retry_after


@dataclass(frozen=True)
class Item:
    """One thing that a message says, in its reader's language: the news, the subject, why it comes, where it leads.

    `thread` names the subject, the same in every message about it.
    """

    headline: str
    title: str
    code: str
    line: str
    why: str
    url: str
    act_url: str
    thread: str


@dataclass(frozen=True)
class Message:
    """Everything one message needs; its id is the same however often it is sent."""

    id: uuid.UUID
    reader: User
    items: Sequence[Item]
    is_delayed: bool
    at: dt.datetime


@dataclass(frozen=True)
class Channel:
    """One way to reach a person. `send` returns nothing or raises TransportError; None where nothing is carried out.

    `is_sent_again` says whether a message whose fate is unknown is sent again by itself, or held for the staff.
    """

    kind: str
    label: Any
    send: Callable[[Message], None] | None
    is_sent_again: Callable[[], bool] = lambda: True
    can_be_muted: bool = True
