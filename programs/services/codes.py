"""Codes: short names that people say aloud, numbered within a program."""

from django.db import connection

from programs.choices import Code
from programs.models import CodeCounter

_NEXT = """
INSERT INTO {table} (program_id, prefix, last) VALUES (%s, %s, %s)
ON CONFLICT (program_id, prefix) DO UPDATE SET last = {table}.last + excluded.last
RETURNING last
"""
_AHEAD = """
INSERT INTO {table} (program_id, prefix, last) VALUES (%s, %s, %s)
ON CONFLICT (program_id, prefix) DO UPDATE SET last = excluded.last WHERE {table}.last < excluded.last
"""


def next_code(*, program_id: int, kind: Code) -> str:
    """Return the next unused code of a kind, as in A12, in one statement.

    The counter stays locked until the caller's transaction ends: nobody else makes one of the kind meanwhile.
    """
    (code,) = next_codes(program_id=program_id, kind=kind, count=1)
    return code


def next_codes(*, program_id: int, kind: Code, count: int) -> list[str]:
    """Return the next unused codes of a kind, at least one, in one statement that locks the counter likewise."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(table=_table()), [program_id, kind.value, count])
        last: int = cursor.fetchone()[0]
    return [f"{kind.value}{number}" for number in range(last - count + 1, last + 1)]


def keep_ahead(*, program_id: int, kind: Code, number: int) -> None:
    """Let the next code of a kind come after a number that somebody chose, or a loaded file brought."""
    with connection.cursor() as cursor:
        cursor.execute(_AHEAD.format(table=_table()), [program_id, kind.value, number])


def _table() -> str:
    return connection.ops.quote_name(CodeCounter._meta.db_table)
