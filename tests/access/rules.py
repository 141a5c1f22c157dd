"""Who comes, in which groups, and what a rule of a write is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from programs.access import ROLE_TABLE, Right
from tests.access.stage import House, soon

# Everybody who comes: nobody signed in, three who are not in the program, and one in each role.
ANONYMOUS, STRANGER, CREATOR, STAFF = "anonymous", "stranger", "creator", "staff"
MEMBERS = tuple(role.value for role in sorted(ROLE_TABLE[Right.READ]))
EVERYBODY = (ANONYMOUS, STRANGER, CREATOR, STAFF, *MEMBERS)

Who = frozenset[str]
SIGNED_IN: Who = frozenset(EVERYBODY) - {ANONYMOUS}
MAY_CREATE: Who = frozenset({STAFF, CREATOR})


def _with(right: Right) -> Who:
    return frozenset(role.value for role in ROLE_TABLE[right])


MANAGERS, REQUESTERS, DECIDERS = _with(Right.MANAGE), _with(Right.REQUEST), _with(Right.DECIDE)
# Of the stage (stage.py): the member performs and owns, the sponsor asked, the lead leads.
PERFORMER: Who = frozenset({"member"})
REQUESTER: Who = frozenset({"sponsor"})
EDITORS: Who = MANAGERS | {"lead"}

Body = Callable[[House], dict[str, Any]]


def _nothing(house: House) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Write:
    """Who may change something, and the least that a change has to say."""

    may: Who
    body: Body = _nothing


def says(**values: Any) -> Body:
    """Return a body that says the same of every program."""
    return lambda house: values


def day(name: str, **values: Any) -> Body:
    """Return a body with a day of next year."""
    return lambda house: {name: soon().replace(day=1).replace(year=soon().year + 1).isoformat(), **values}
