"""Codes: short names that people say aloud, numbered within a program."""

from django.db.models import F

from programs.choices import Code
from programs.models import CodeCounter


def next_code(*, program_id: int, kind: Code) -> str:
    """Return the next unused code of a kind, as in A12; the caller's transaction keeps it from being given twice."""
    counter, _made = CodeCounter.objects.get_or_create(program_id=program_id, prefix=kind.value)
    CodeCounter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db(fields=["last"])
    return f"{kind.value}{counter.last}"


def keep_ahead(*, program_id: int, kind: Code, number: int) -> None:
    """Let the next code of a kind come after a number, which a loaded file brought."""
    counter, _made = CodeCounter.objects.get_or_create(program_id=program_id, prefix=kind.value)
    CodeCounter.objects.filter(pk=counter.pk, last__lt=number).update(last=number)
