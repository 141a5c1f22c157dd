"""Codes: short names that people say aloud, numbered within a program."""

from django.db import connection

from programs.choices import Code
from programs.models import CodeCounter

_NEXT = """
INSERT INTO {table} (program_id, prefix, last) VALUES (%s, %s, 1)
ON CONFLICT (program_id, prefix) DO UPDATE SET last = {table}.last + 1
RETURNING last
"""


def next_code(*, program_id: int, kind: Code) -> str:
    """Return the next unused code of a kind, as in A12, in one statement.

    The counter stays locked until the caller's transaction ends: nobody else makes one of the kind meanwhile.
    """
    table = connection.ops.quote_name(CodeCounter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(table=table), [program_id, kind.value])
        return f"{kind.value}{cursor.fetchone()[0]}"


def keep_ahead(*, program_id: int, kind: Code, number: int) -> None:
    """Let the next code of a kind come after a number, which a loaded file brought."""
    counter, _made = CodeCounter.objects.get_or_create(program_id=program_id, prefix=kind.value)
    CodeCounter.objects.filter(pk=counter.pk, last__lt=number).update(last=number)
