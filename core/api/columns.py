"""How a field of a resource is read: the columns of `values()` that it needs, and what it makes of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignObjectRel, Model
from django.db.models.constants import LOOKUP_SEP

Values = Mapping[str, Any]
Show = Callable[[Values], Any]


@dataclass(frozen=True)
class Reading:
    """The columns and annotations that a field needs; without `show` it is what stands in its only column."""

    columns: tuple[str, ...] = ()
    show: Show | None = None
    annotations: Mapping[str, Any] = field(default_factory=dict)

    def of(self, values: Values) -> Any:
        """Return what the field shows of a row."""
        return values[self.columns[0]] if self.show is None else self.show(values)


@dataclass(frozen=True)
class Table:
    """What the rows of a resource are made of.

    `annotated` names what its query adds to the model's columns, `key` the column of its program's key.
    """

    model: type[Model]
    annotated: frozenset[str] = frozenset()
    key: str = "program__key"

    def column(self, path: str) -> str:
        """Return a column's name.

        Raises:
            FieldDoesNotExist: when neither the model nor the query has it.
        """
        if path not in self.annotated:
            self.field(path)
        return path

    def field(self, path: str) -> "Field[Any, Any] | ForeignObjectRel":
        """Return the model's field at the end of a path such as outcome__phase__name; refuse as `column` does."""
        found: Any = None
        model: Any = self.model
        for name in path.split(LOOKUP_SEP):
            if model is None:
                raise FieldDoesNotExist(f"{self.model.__name__} has no column “{path}”")
            found = model._meta.pk if name == "pk" else model._meta.get_field(name)
            model = getattr(found, "related_model", None)
        return cast("Field[Any, Any] | ForeignObjectRel", found)

    def id_column(self, path: str) -> str:
        """Return the column of what a path points to: owner_id, or superseded_by__id from the other side."""
        found = self.field(path)
        if not found.is_relation:
            raise FieldDoesNotExist(f"{self.model.__name__}.{path} points to nothing")
        return f"{path}_id" if isinstance(found, Field) else f"{path}{LOOKUP_SEP}id"

    def is_blank_for_null(self, path: str) -> bool:
        """Tell whether a column holds an empty text where there is nothing."""
        found = None if path in self.annotated else self.field(path)
        return isinstance(found, Field) and not found.null and found.empty_strings_allowed and found.blank
