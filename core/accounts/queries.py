"""Reads about people: their tokens, and who is here."""

from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from core.accounts.models import ApiToken, User


def name_of(path: str) -> Coalesce:
    """Return what the person at the end of a path is called: their name, else their address."""
    return Coalesce(NullIf(F(f"{path}__name"), Value("")), F(f"{path}__email"), output_field=CharField())


def tokens_of(person: User) -> QuerySet[ApiToken]:
    """Return a person's tokens, the newest first."""
    return ApiToken.objects.filter(user=person).order_by("-created", "digest")


def people(search: str = "") -> QuerySet[Any, dict[str, Any]]:
    """Return everybody, by name, as values; narrowed to names and addresses that hold a text."""
    everybody = User.objects.all()
    if search:
        everybody = everybody.filter(Q(name__icontains=search) | Q(email__icontains=search))
    columns = ("id", "name", "email", "is_active", "is_staff", "may_create_programs")
    rows: QuerySet[Any, dict[str, Any]] = everybody.order_by("name", "email").values(*columns)
    return rows
