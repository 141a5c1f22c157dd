"""How a table of the format is declared: fields with their keys, and the rest out of the model that keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

from django.core.validators import BaseValidator
from django.db import models

from backend.programfile.format.kinds import KIND_OF
from core.accounts.models import User


class Type(Enum):
    """What a value may be."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    FLAG = "true or false"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    PERSON = "e-mail address of a person"
    REFERENCE = "code"
    TEXTS = "list of texts"


_TYPES: tuple[tuple[Any, Type], ...] = (
    (models.BooleanField, Type.FLAG),
    (models.DateTimeField, Type.MOMENT),
    (models.DateField, Type.DATE),
    (models.DecimalField, Type.NUMBER),
    (models.IntegerField, Type.WHOLE),
    (models.CharField, Type.TEXT),
    (models.TextField, Type.TEXT),
    (models.JSONField, Type.TEXTS),
)


@dataclass(frozen=True, kw_only=True)
class Field:
    """One value of a row. A key with a dot stands in a mapping of its own: `baseline.start`.

    A field without a key is not read or written as such: it follows from others (`format/derived.py`).
    A field that is not stored is read and written, and has no column of its own.
    """

    key: str
    column: str
    type: Type
    is_required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    most_characters: int | None = None
    digits: int = 15
    places: int = 4
    smallest: int | None = None
    validators: Sequence[Any] = ()
    is_stored: bool = True


@dataclass(frozen=True)
class Child:
    """Rows nested under a key: a list of them, or just one.

    `keyed` names the column whose values are keys of a mapping that stands there instead of a list; `fixed` has values
    that are the same for every row of the list.
    """

    key: str
    shape: "Shape"
    is_one: bool = False
    keyed: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Tell whether a row of the shape with these values stands under this key."""
        return all(values[column] == value for column, value in self.fixed.items())


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A noun of the file: its fields in the order they are written, and what is nested in it.

    `parent` is the column that names the row around it; `short` the column for which a bare value stands;
    `identity` the columns by which a row is found again; `is_history` says that rows are only ever added.
    `named_by` has the columns by which other rows name one, where that is not its code or its identity.
    """

    kind: str
    fields: tuple[Field, ...]
    model: type[models.Model] | None = None
    children: tuple[Child, ...] = ()
    parent: str = ""
    parent_kind: str = ""
    short: str = ""
    identity: tuple[str, ...] = ("code",)
    is_history: bool = False
    named_by: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns by which other rows name a row."""
        return self.named_by or (("code",) if "code" in self.by_column else self.identity)

    @cached_property
    def by_column(self) -> dict[str, Field]:
        """The fields by column."""
        return {each.column: each for each in self.fields}

    @cached_property
    def keys(self) -> dict[str, Field]:
        """The fields that stand directly in the row, by key."""
        return {each.key: each for each in self.fields if each.key and "." not in each.key}

    @cached_property
    def groups(self) -> dict[str, dict[str, Field]]:
        """The fields that stand in mappings of their own, by the key of the mapping and theirs."""
        found: dict[str, dict[str, Field]] = {}
        for each in self.fields:
            head, dot, tail = each.key.partition(".")
            if dot:
                found.setdefault(head, {})[tail] = each
        return found

    @cached_property
    def nested(self) -> dict[str, Child]:
        """What is nested, by key."""
        return {child.key: child for child in self.children}

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields that have a column."""
        return tuple(each for each in self.fields if each.is_stored)

    def words(self, column: str) -> str:
        """Return what a column is called in the file."""
        field = self.by_column.get(column)
        return (field.key if field else "") or column


def column(model: type[models.Model], spec: str, **changes: Any) -> Field:
    """Return the field of a column: "key", or "key>column" where the two differ; limits are the model's."""
    key, _arrow, name = spec.partition(">")
    source: Any = model._meta.get_field(name or key)
    facts: dict[str, Any] = {"key": key, "column": name or key, "default": _default(source)}
    facts["is_required"] = facts["default"] is None and not source.null
    facts |= _reference(source) if source.is_relation else _plain(source)
    return Field(**(facts | changes))


def columns(model: type[models.Model], *specs: str) -> Iterable[Field]:
    """Return the fields of several columns."""
    return [column(model, spec) for spec in specs]


def _default(source: Any) -> Any:
    """Return what an absent key stands for, None for nothing."""
    if source.has_default():
        value = source.get_default()
        return value.value if isinstance(value, models.Choices) else value
    is_text = isinstance(source, models.CharField | models.TextField)
    return "" if is_text and source.blank else None


def _reference(source: Any) -> dict[str, Any]:
    if source.related_model is User:
        return {"type": Type.PERSON}
    return {"type": Type.REFERENCE, "refers_to": KIND_OF[source.related_model]}


def _plain(source: Any) -> dict[str, Any]:
    kind = next(named for base, named in _TYPES if isinstance(source, base))
    facts: dict[str, Any] = {"type": Type.CHOICE if source.choices else kind}
    if source.choices:
        facts["choices"] = tuple(value for value, _label in source.flatchoices if value)
    if isinstance(source, models.DecimalField):
        facts |= {"digits": source.max_digits, "places": source.decimal_places}
    if isinstance(source, models.PositiveSmallIntegerField):
        facts["smallest"] = 0
    if isinstance(source, models.CharField):
        facts["most_characters"] = source.max_length
        facts["validators"] = tuple(each for each in source.validators if not isinstance(each, BaseValidator))
    return facts


def largest(field: Field) -> Decimal:
    """Return the first number that has too many digits for a field."""
    return Decimal(10) ** (field.digits - field.places)
