"""Emptying SQLite between transaction tests, although triggers refuse to delete the rows that are final."""

from collections.abc import Callable
from typing import Any

from django.db import connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

Operations = DatabaseWrapper.ops_class
ExecuteFlush = Callable[..., None]


def _around_triggers(execute: ExecuteFlush) -> ExecuteFlush:
    def flush(self: Any, sql_list: list[str]) -> None:
        alias = self.connection.alias
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            execute(self, sql_list)
            for _, statement in triggers:
                cursor.execute(statement)

    return flush


def lift_triggers_while_flushing() -> None:
    """Have Django's flush drop SQLite's triggers and put them back (PostgreSQL truncates, which none of ours hears)."""
    Operations.execute_sql_flush = _around_triggers(Operations.execute_sql_flush)  # type: ignore[method-assign]
