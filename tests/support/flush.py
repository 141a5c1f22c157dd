"""Emptying SQLite between transaction tests, although triggers refuse to delete the rows that are final."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.backends.sqlite3.base import DatabaseWrapper

from core import triggers

Operations = DatabaseWrapper.ops_class
ExecuteFlush = Callable[..., None]


def _without_triggers(execute: ExecuteFlush) -> ExecuteFlush:
    def flush(self: Any, sql_list: list[str]) -> None:
        with triggers.lifted(*apps.get_models(), using=self.connection.alias):
            execute(self, sql_list)

    return flush


def lift_triggers_while_flushing() -> None:
    """Have Django's flush lift SQLite's triggers (PostgreSQL truncates, which none of ours hears)."""
    Operations.execute_sql_flush = _without_triggers(Operations.execute_sql_flush)  # type: ignore[method-assign]
