"""Rows that are final, which no CHECK can say: declared on a model beside `Meta`, kept in the database by `migrate`.

class Attempt(models.Model):
    final: ClassVar = (triggers.AppendOnly(),)
"""

import contextlib
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

COLUMN = re.compile(r"\b(?:OLD|NEW)\.(\w+)")


@dataclass(frozen=True, kw_only=True)
class Refuse:
    """One event on a model's rows that the database refuses.

    Args:
        name: the trigger's, after that of the table.
        event: "UPDATE" or "DELETE".
        words: the refusal, found in the IntegrityError's text.
        when: SQL over OLD and NEW that narrows the refusal, the same on both databases.
    """

    name: str
    event: str
    words: str
    when: str = ""


@dataclass(frozen=True)
class AppendOnly:
    """Rows that are never changed and never deleted."""


@dataclass(frozen=True)
class Trigger:
    """A refusal, on its table."""

    table: str
    refusal: Refuse

    @property
    def name(self) -> str:
        """Its name in the database: whatever bears the name of a table on that table was declared here."""
        return f"{self.table}_{self.refusal.name}"

    @property
    def key(self) -> tuple[str, str]:
        """Table and name, which the database finds it by."""
        return self.table, self.name

    @property
    def columns(self) -> set[str]:
        """The columns that it reads."""
        return set(COLUMN.findall(self.refusal.when))


def declared(model: type[Model]) -> list[Trigger]:
    """Return the triggers that a model declares."""
    table = model._meta.db_table
    return [Trigger(table, refusal) for each in getattr(model, "final", ()) for refusal in _refusals(table, each)]


def _refusals(table: str, declaration: Refuse | AppendOnly) -> Sequence[Refuse]:
    if isinstance(declaration, Refuse):
        return [declaration]
    words = f"{table} is append-only"
    return [
        Refuse(name="no_update", event="UPDATE", words=words),
        Refuse(name="no_delete", event="DELETE", words=words),
    ]


class _Dialect(Protocol):
    """How a database says it."""

    found: str  # a query: table, name and fingerprint of every trigger
    columns: str  # a query: table and name of every column

    def fingerprint(self, trigger: Trigger) -> str: ...

    def make(self, trigger: Trigger) -> Sequence[str]: ...

    def drop(self, table: str, name: str) -> Sequence[str]: ...

    def lift(self, table: str, name: str) -> Sequence[str]: ...

    def put_back(self, table: str, name: str, fingerprint: str) -> Sequence[str]: ...


class _SQLite:
    """The text of a trigger is kept as it was typed, and compared."""

    found = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
    columns = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"

    def fingerprint(self, trigger: Trigger) -> str:
        refusal = trigger.refusal
        when = f"WHEN ({refusal.when}) " if refusal.when else ""
        return (
            f'CREATE TRIGGER "{trigger.name}" BEFORE {refusal.event} ON "{trigger.table}" {when}'
            f"BEGIN SELECT RAISE(ABORT, {_literal(refusal.words)}); END"
        )

    def make(self, trigger: Trigger) -> Sequence[str]:
        return [f'DROP TRIGGER IF EXISTS "{trigger.name}"', self.fingerprint(trigger)]

    def drop(self, table: str, name: str) -> Sequence[str]:
        return [f'DROP TRIGGER "{name}"']

    def lift(self, table: str, name: str) -> Sequence[str]:
        return self.drop(table, name)

    def put_back(self, table: str, name: str, fingerprint: str) -> Sequence[str]:
        return [fingerprint]


class _PostgreSQL:
    """The server rewrites what it is told, so its digest stands in the trigger's comment; the body stays as typed."""

    found = (
        "SELECT c.relname, t.tgname, "
        "t.tgenabled::text || coalesce(obj_description(t.oid, 'pg_trigger'), '') || p.prosrc "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)"
    )
    columns = (
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relkind = 'r' AND NOT a.attisdropped AND pg_table_is_visible(c.oid)"
    )

    def fingerprint(self, trigger: Trigger) -> str:
        return f"O{self._digest(trigger)}{self._body(trigger)}"  # O: it is enabled

    def make(self, trigger: Trigger) -> Sequence[str]:
        name = trigger.name
        function = (
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS {_literal(self._body(trigger))}'
        )
        comment = f'COMMENT ON TRIGGER "{name}" ON "{trigger.table}" IS \'{self._digest(trigger)}\''
        return [function, self._trigger(trigger), comment]

    def drop(self, table: str, name: str) -> Sequence[str]:
        return [f'DROP TRIGGER "{name}" ON "{table}"', f'DROP FUNCTION IF EXISTS "{name}"()']

    def lift(self, table: str, name: str) -> Sequence[str]:
        return self._alter(table, f'DISABLE TRIGGER "{name}"')

    def put_back(self, table: str, name: str, fingerprint: str) -> Sequence[str]:
        return self._alter(table, f'ENABLE TRIGGER "{name}"')

    def _alter(self, table: str, change: str) -> Sequence[str]:
        """A table cannot be altered while deferred constraints of its rows wait to be checked."""
        alter = f'ALTER TABLE "{table}" {change}'
        return ["SET CONSTRAINTS ALL IMMEDIATE", alter, "SET CONSTRAINTS ALL DEFERRED"]

    def _body(self, trigger: Trigger) -> str:
        words = _literal(trigger.refusal.words.replace("%", "%%"))
        return f"BEGIN RAISE EXCEPTION {words} USING ERRCODE = 'integrity_constraint_violation'; END"

    def _trigger(self, trigger: Trigger) -> str:
        refusal = trigger.refusal
        when = f"WHEN ({refusal.when}) " if refusal.when else ""
        return (
            f'CREATE OR REPLACE TRIGGER "{trigger.name}" BEFORE {refusal.event} ON "{trigger.table}" '
            f'FOR EACH ROW {when}EXECUTE FUNCTION "{trigger.name}"()'
        )

    def _digest(self, trigger: Trigger) -> str:
        return hashlib.sha256(self._trigger(trigger).encode()).hexdigest()


_DIALECTS: dict[str, _Dialect] = {"sqlite": _SQLite(), "postgresql": _PostgreSQL()}


def _literal(words: str) -> str:
    return "'{}'".format(words.replace("'", "''"))


def restore(connection: BaseDatabaseWrapper, models: Iterable[type[Model]]) -> None:
    """Make the triggers that are missing or different, and drop those of the models' tables that none declares.

    Nothing is lifted meanwhile: processes of the version before may still be writing. A trigger whose table or columns
    are not there, as after `migrate APP NAME`, waits for them. An unchanged database is asked once.
    """
    models = list(models)
    dialect = _DIALECTS[connection.vendor]
    wanted = {trigger.key: trigger for model in models for trigger in declared(model)}
    with connection.cursor() as cursor:
        found = _found(cursor, dialect, {model._meta.db_table for model in models})
        changed = [each for key, each in wanted.items() if found.get(key) != dialect.fingerprint(each)]
        statements = [line for key in found.keys() - wanted.keys() for line in dialect.drop(*key)]
        statements += [line for each in _possible(cursor, dialect, changed) for line in dialect.make(each)]
    if statements:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            _run(cursor, statements)


@contextlib.contextmanager
def lifted(*models: type[Model], using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let a data migration change final rows: in one transaction, at whose end their triggers are back as they were."""
    connection = connections[using]
    dialect = _DIALECTS[connection.vendor]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        found = _found(cursor, dialect, {model._meta.db_table for model in models})
        _run(cursor, (line for key in found for line in dialect.lift(*key)))
        yield
        _run(cursor, (line for key, text in found.items() for line in dialect.put_back(*key, text)))


def _found(cursor: CursorWrapper, dialect: _Dialect, tables: set[str]) -> dict[tuple[str, str], str]:
    """Return the fingerprints of the triggers that bear the name of one of these tables, which they stand on."""
    cursor.execute(dialect.found)
    rows: list[tuple[str, str, Any]] = cursor.fetchall()
    return {
        (table, name): fingerprint
        for table, name, fingerprint in rows
        if table in tables and name.startswith(f"{table}_")
    }


def _possible(cursor: CursorWrapper, dialect: _Dialect, triggers: Sequence[Trigger]) -> Iterator[Trigger]:
    """Yield the triggers whose table and columns are there."""
    if not triggers:
        return
    cursor.execute(dialect.columns)
    there: defaultdict[str, set[str]] = defaultdict(set)
    for table, column in cursor.fetchall():
        there[table].add(column)
    yield from (each for each in triggers if each.table in there and each.columns <= there[each.table])


def _run(cursor: CursorWrapper, statements: Iterable[str]) -> None:
    for statement in statements:
        cursor.execute(statement)
