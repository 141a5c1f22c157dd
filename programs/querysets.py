"""Filters that chain: what a reader may see."""

from typing import Self, TypeVar

from django.db import models

from core.accounts.models import User

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ProgramQuerySet(models.QuerySet[Row]):
    """Programs."""

    def visible_to(self, person: User) -> Self:
        """Keep the programs a person belongs to."""
        return self.filter(memberships__person_id=person.pk)


class InProgramQuerySet(models.QuerySet[Row]):
    """Rows that stand in a program, through a field named `program`."""

    def visible_to(self, person: User) -> Self:
        """Keep what stands in the programs a person belongs to."""
        return self.filter(program__memberships__person_id=person.pk)

    def named(self, reference: str) -> Self:
        """Keep the row that a reference names: its number, or its full code as in ONE-A12."""
        if reference.isascii() and reference.isdigit():
            return self.filter(pk=int(reference)) if len(reference) < 19 else self.none()
        key, _, code = reference.partition("-")
        return self.filter(program__key=key, code=code)
