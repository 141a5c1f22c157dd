"""Migration operations for what a CHECK cannot say: rows that are never changed, or not once they are locked."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _sql(vendor: str, *, name: str, table: str, event: str, when: str, words: str) -> Sequence[str]:
    when_clause = f"WHEN ({when})" if when else ""
    if vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        return [f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" {when_clause} {body}']
    return [
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW {when_clause} EXECUTE FUNCTION "{name}"()',
    ]


def _drop(vendor: str, *, name: str, table: str) -> Sequence[str]:
    if vendor == "sqlite":
        return [f'DROP TRIGGER "{name}"']
    return [f'DROP TRIGGER "{name}" ON "{table}"', f'DROP FUNCTION "{name}"()']


def _runner(make: Callable[[str], Sequence[str]]) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    def run(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in make(schema_editor.connection.vendor):
            schema_editor.execute(statement)

    return run


def refuse(*, name: str, table: str, event: str, words: str, when: str = "") -> migrations.RunPython:
    """Return an operation whose trigger refuses an event on a table's rows, on SQLite and PostgreSQL.

    Args:
        name: of the trigger, unique in the database.
        event: "UPDATE" or "DELETE".
        words: the refusal, found in the IntegrityError's text.
        when: SQL over OLD and NEW that narrows the refusal, the same on both databases.
    """
    return migrations.RunPython(
        _runner(lambda vendor: _sql(vendor, name=name, table=table, event=event, when=when, words=words)),
        _runner(lambda vendor: _drop(vendor, name=name, table=table)),
    )


def append_only(table: str) -> list[migrations.RunPython]:
    """Return the operations that make a table's rows final: no update, no delete."""
    words = f"{table} is append-only"
    return [
        refuse(name=f"{table}_no_update", table=table, event="UPDATE", words=words),
        refuse(name=f"{table}_no_delete", table=table, event="DELETE", words=words),
    ]


def lift(operations: Sequence[migrations.RunPython]) -> list[migrations.RunPython]:
    """Return the operations that take triggers away again, as before their table goes."""
    return [
        migrations.RunPython(each.reverse_code or migrations.RunPython.noop, each.code) for each in reversed(operations)
    ]
