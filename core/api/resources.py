"""One declaration of what the API shows and takes of a noun, compiled when it is loaded.

The package's docstring has an example. A `ResourceSerializer` is REST framework's own, with its fields and its words;
it is never run over rows: it compiles the columns to select and a plain function that makes an answer of a row.
"""

import dataclasses
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from functools import partial
from operator import itemgetter
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Model, QuerySet, Value
from django.db.models.constants import LOOKUP_SEP
from rest_framework import serializers
from rest_framework.utils import model_meta

from core.api.columns import Reading, Show, Table, Values
from core.api.fields import AddressField, CompiledField, ProgramField, ReferenceField
from core.api.serializers import StrictSerializer

Row = dict[str, Any]
Found = TypeVar("Found")
AnyField = serializers.Field[Any, Any, Any, Any]


class ResourceSerializer(serializers.ModelSerializer[Any]):
    """What the API shows of a noun; those of its declared fields that are not `read_only` are what its bodies take.

    `Meta.model` and `Meta.fields` as in any ModelSerializer; a field that is not declared comes from the model and is
    only shown. `source="measure.unit"` reads another table. Besides:

    - `Meta.annotated`: what the query adds to the model's columns, whether a field shows it or a rule needs it;
    - `Meta.computed`: what the endpoint adds to a row, handed to `row()` by name;
    - `Meta.extra_columns`: what rules need and nobody sees.
    """

    columns: ClassVar[tuple[str, ...]] = ()
    annotations: ClassVar[Mapping[str, Any]] = {}
    # Makes an answer of a row of values and of what is computed: row(values, legal_moves=[...]).
    row: ClassVar[Callable[..., Row]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        readings = _readings(cls)
        columns = [column for reading in readings.values() for column in reading.columns]
        columns += [_checked(cls, name, _table(cls).column) for name in _listed(cls, "extra_columns")]
        annotations = {name: each for reading in readings.values() for name, each in reading.annotations.items()}
        columns += _listed(cls, "annotated")
        if "version" not in columns and not _has_version(cls.Meta.model):
            annotations["version"] = Value(1)  # what never changes has no other
        wanted = dict.fromkeys(("id", "version", *columns))
        cls.columns = tuple(name for name in wanted if name not in annotations)
        cls.annotations = annotations
        cls.row = _row_of(cls.__name__, readings, frozenset(_listed(cls, "computed")))

    @classmethod
    def select(cls, rows: QuerySet[Any, Any]) -> QuerySet[Any, Row]:
        """Return a bounded queryset as the rows of values that `row()` takes."""
        return rows.values(*cls.columns, **cls.annotations)

    @classmethod
    def writable_fields(cls) -> dict[str, AnyField]:
        """Return what bodies take."""
        return {name: field for name, field in cls._declared_fields.items() if not field.read_only}

    def get_fields(self) -> dict[str, AnyField]:
        """Return the fields as the schema describes an answer: each is in every answer, none is input."""
        fields = {name: self._described(name, field) for name, field in super().get_fields().items()}
        for field in fields.values():
            field.read_only, field.required = True, False
        return fields

    def _described(self, name: str, field: AnyField) -> AnyField:
        """Return a field as an answer has it: a column as the model describes it, not as a body takes it."""
        if isinstance(field, ReferenceField):
            return field.shown(allow_null=field.allow_null, help_text=field.help_text)
        info = model_meta.get_field_info(self.Meta.model)
        column = info.fields.get(field.source or name)
        is_models_own = name not in self._declared_fields
        if is_models_own or field.read_only or column is None or column.null != field.allow_null:
            return field
        field_class, kwargs = self.build_standard_field(name, column)
        return field_class(**kwargs)


class CreateBody(StrictSerializer):
    """What a new one is made of: the writable fields of `Meta.resource` but `Meta.exclude`, and those declared here.

    `Meta.writer` is the dataclass that the service is handed, or the names it takes: it must know every field taken
    from the resource. What is declared here is the endpoint's to look up and to hand on.
    """

    Meta: ClassVar[Any] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.Meta is None:  # a base
            return
        taken = cls.Meta.resource.writable_fields()
        excluded = _listed(cls, "exclude")
        own = {name: field for name, field in cls._declared_fields.items() if name not in excluded}
        if unknown := [name for name in excluded if name not in taken]:
            raise ImproperlyConfigured(f"{cls.__name__} excludes {unknown[0]}, which no body takes")
        fields = {name: field for name, field in taken.items() if name not in own and name not in excluded}
        known = _names(cls.Meta.writer)
        for name in fields:
            if name not in known:
                raise ImproperlyConfigured(f"{cls.__name__}.{name}: its writer does not know it")
        cls._declared_fields = {**{name: _unsourced(field) for name, field in fields.items()}, **own}


class ChangeBody(CreateBody):
    """What may be changed; anything else that a read gives is accepted as it is, and refused when it differs."""

    shown: ClassVar[type[ResourceSerializer]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.Meta is not None:
            cls.shown = cls.Meta.resource


def _listed(cls: type[Any], name: str) -> tuple[str, ...]:
    return tuple(getattr(cls.Meta, name, ()))


def _names(writer: type[Any] | Collection[str]) -> Collection[str]:
    if isinstance(writer, type):
        return {each.name for each in dataclasses.fields(writer)}
    return writer


def _unsourced(field: AnyField) -> AnyField:
    """Return a copy that is named in a body as in an answer, whatever column it is shown from."""
    copied: AnyField = deepcopy(field)
    copied.source = None
    return copied


def _has_version(model: type[Model]) -> bool:
    return any(field.name == "version" for field in model._meta.get_fields())


def _table(cls: type[ResourceSerializer]) -> Table:
    programs = (_path(name, field) for name, field in cls._declared_fields.items() if isinstance(field, ProgramField))
    key = f"{next(programs, 'program')}__key"
    return Table(cls.Meta.model, frozenset(_listed(cls, "annotated")), key)


def _path(name: str, field: AnyField | None) -> str:
    source = field.source if field is not None else None
    return (source or name).replace(".", LOOKUP_SEP)


def _readings(cls: type[ResourceSerializer]) -> dict[str, Reading]:
    """Return how each field of a resource that is not computed is read; an address comes last, of what it names."""
    declared, computed, table = cls._declared_fields, _listed(cls, "computed"), _table(cls)
    if unknown := [name for name in (*declared, *computed) if name not in cls.Meta.fields]:
        raise ImproperlyConfigured(f"{cls.__name__}.{unknown[0]} is not among its Meta.fields")
    found: dict[str, Reading] = {}
    for name in sorted(cls.Meta.fields, key=lambda name: isinstance(declared.get(name), AddressField)):
        field = declared.get(name)
        if name in computed:
            _check_computed(cls, name, field)
        elif isinstance(field, AddressField):
            if field.lookup_field not in found:
                raise ImproperlyConfigured(f"{cls.__name__}.{name}: there is no field “{field.lookup_field}”")
            found[name] = field.beside(found[field.lookup_field])
        else:
            found[name] = _checked(cls, name, partial(_reading, table, field=field))
    return found


def _check_computed(cls: type[ResourceSerializer], name: str, field: AnyField | None) -> None:
    if field is None or not field.read_only:
        raise ImproperlyConfigured(f"{cls.__name__}.{name} is computed: declare it, and read_only")


def _checked(cls: type[ResourceSerializer], name: str, find: Callable[[str], Found]) -> Found:
    try:
        return find(name)
    except FieldDoesNotExist as unknown:
        raise ImproperlyConfigured(f"{cls.__name__}.{name}: {unknown}") from unknown


def _reading(table: Table, name: str, *, field: AnyField | None) -> Reading:
    path = _path(name, field)
    if isinstance(field, CompiledField):
        return field.reading(path, table)
    column = table.column(path)
    if field is not None and field.allow_null and table.is_blank_for_null(path):
        return Reading((column,), lambda values: values[column] or None)
    return Reading((column,))


def _row_of(noun: str, readings: Mapping[str, Reading], computed: frozenset[str]) -> Callable[..., Row]:
    """Return the function that makes an answer: what stands in columns in one go, then what is made of several."""
    plain = {name: reading.columns[0] for name, reading in readings.items() if reading.show is None}
    made: list[tuple[str, Show]] = [(name, each.show) for name, each in readings.items() if each.show is not None]
    names, pick = tuple(plain), itemgetter(*plain.values())

    def row(values: Values, /, **added: Any) -> Row:
        if added.keys() != computed:
            wrong = ", ".join(sorted(added.keys() ^ computed))
            raise TypeError(f"{noun}.row(): {wrong} is missing, or not among what is computed")
        answer = dict(zip(names, pick(values), strict=True))
        for name, show in made:
            answer[name] = show(values)
        return {**answer, **added} if added else answer

    return row
