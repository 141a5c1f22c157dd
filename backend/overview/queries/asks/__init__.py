"""What is asked of a person: the one answer that My work, the Program page, Programs and the API give.

A kind of thing is declared in one place, `own` (what they do, own and answer) or `roles` (what falls to who manages or
decides). A page that says that nothing is asked says it from here.
"""

from collections import Counter
from collections.abc import Iterable

from backend.overview.queries.asks import own, roles
from backend.overview.queries.asks.places import Scope, scope, scope_of
from backend.overview.queries.asks.task import Kind, Task

__all__ = ["Kind", "Scope", "Task", "asks", "coming", "count_by_program", "scope", "scope_of", "tasks"]


def tasks(within: Scope) -> list[Task]:
    """Return everything in a person's work, asked and to come, by date; at most 200 of a kind."""
    found = [task for kind in (*own.KINDS, *roles.KINDS) for task in kind(within)]
    return sorted(found, key=lambda task: (task.due_on, task.code))


def asks(found: Iterable[Task]) -> list[Task]:
    """Return what of somebody's work is asked of them now: what waits for their answer, is late, or due in a week."""
    return [task for task in found if task.is_ask]


def coming(found: Iterable[Task]) -> Task | None:
    """Return what comes next of somebody's work, beyond what is asked now."""
    return next((task for task in found if task.group == "later"), None)


def count_by_program(found: Iterable[Task]) -> Counter[str]:
    """Return how much is asked in each program, by its key."""
    return Counter(task.program_key for task in asks(found))
