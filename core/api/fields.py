"""What a row points to, in a body: shown by number, code and name; taken as any of these, or as it was shown."""

import re
from abc import ABC, abstractmethod
from decimal import Decimal
from typing import Any

from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from core.accounts.queries import name_of
from core.api.columns import Reading, Table, Values
from core.api.filters import ADDRESS, CODE, KEY
from core.api.shown import CodedShown, PersonShown, ProgramShown

LARGEST = 2**63 - 1
# Numbers of the domain are kept exactly, with so many digits, of which so many decimals.
DIGITS, PLACES = 15, 4
LARGEST_NUMBER = 10**10
EXACT = rf"-?[0-9]{{1,10}}(\.[0-9]{{1,{PLACES}}})?"
# No database keeps a NUL in a text.
ANYTHING = r"^[^\x00]*$"
SOMETHING = r"^[^\x00]*[^\s\x00][^\x00]*$"


# What a client named: 417 by its number, "ONE-PH3" by its code, key or address.
Named = int | str


class CompiledField(serializers.Field[Any, Any, Any, Any], ABC):
    """A field that an answer makes of several columns."""

    @abstractmethod
    def reading(self, path: str, table: Table) -> Reading:
        """Return what it takes to show what stands at the path of a table."""


class ReferenceField(CompiledField):
    """Reads 417, "ONE-PH3", or {"id": 417, ...} as a read gives it, and answers what was named.

    The members of an object besides `id` are what the thing is called, not input: only `id` counts.
    """

    pattern = ""
    members: tuple[str, ...] = ("id", "name")
    # How an answer describes it.
    shown: type[serializers.Serializer[Any]]
    default_error_messages = {"form": _("Give a number, “%(example)s”, or an object with the “id”.")}
    example = ""

    def to_internal_value(self, data: Any) -> Named:
        named = data["id"] if self._is_shown(data) else data
        if isinstance(named, float) and named.is_integer():  # JSON has one kind of number
            named = int(named)
        if isinstance(named, int) and not isinstance(named, bool) and 0 < named <= LARGEST:
            return named
        if named is data and isinstance(named, str) and re.fullmatch(self.pattern, named):
            return named
        return self.refuse()

    def _is_shown(self, data: Any) -> bool:
        """Tell whether something is an object as a read gives it."""
        if not isinstance(data, dict) or "id" not in data or not data.keys() <= set(self.members):
            return False
        return all(isinstance(value, str) for name, value in data.items() if name != "id")

    def refuse(self) -> Named:
        """Say what a reference looks like."""
        raise serializers.ValidationError(self.error_messages["form"] % {"example": self.example}, code="invalid")

    def to_representation(self, value: Any) -> Any:
        return value


class ProgramField(ReferenceField):
    """A program: 3 or "ONE"."""

    pattern, example, members = KEY, "ONE", ("id", "key", "name")
    shown = ProgramShown

    def reading(self, path: str, table: Table) -> Reading:
        number, key, name = table.id_column(path), table.column(f"{path}__key"), table.column(f"{path}__name")

        def show(values: Values) -> Any:
            return {"id": values[number], "key": values[key], "name": values[name]}

        return Reading((number, key, name), show)


class CodeReferenceField(ReferenceField):
    """Something in a program: 417, "ONE-PH3", or "PH3" where the program is known; called what `name_field` holds."""

    pattern, example, members = rf"({KEY}-)?{CODE}", "ONE-PH3", ("id", "code", "name")
    shown = CodedShown

    def __init__(self, *, name_field: str = "name", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name_field = name_field

    def reading(self, path: str, table: Table) -> Reading:
        number, key = table.id_column(path), table.key
        code, name = table.column(f"{path}__code"), table.column(f"{path}__{self.name_field}")

        def show(values: Values) -> Any:
            found = values[number]
            return (
                None if found is None else {"id": found, "code": f"{values[key]}-{values[code]}", "name": values[name]}
            )

        return Reading((number, key, code, name), show)


class PersonField(ReferenceField):
    """A person: 7, their e-mail address, or "me"."""

    pattern, example = rf"me|{ADDRESS}", "ben@example.org"
    shown = PersonShown

    def reading(self, path: str, table: Table) -> Reading:
        number, name = table.id_column(path), f"{path}_name"

        def show(values: Values) -> Any:
            found = values[number]
            return None if found is None else {"id": found, "name": values[name]}

        return Reading((number,), show, {name: name_of(path)})


class CodeField(CompiledField, serializers.CharField):
    """The full code of what stands in a program: ONE-A12; only shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def reading(self, path: str, table: Table) -> Reading:
        key, code = table.key, table.column(path)
        return Reading((key, code), lambda values: f"{values[key]}-{values[code]}")


class AddressField(serializers.CharField):
    """The address of an item: the name of its list, and what another field of the resource shows."""

    def __init__(self, resource: str, *, lookup_field: str = "code", **kwargs: Any) -> None:
        super().__init__(read_only=True, help_text="Its address, from the root of the server.", **kwargs)
        self.resource, self.lookup_field = resource, lookup_field

    def beside(self, named: Reading) -> Reading:
        """Return how it is read, of how the field is that it looks up."""
        base, show = f"/api/v1/{self.resource}/", named.of
        return Reading(named.columns, lambda values: f"{base}{show(values)}/", named.annotations)


class StrictBooleanField(serializers.BooleanField):
    """true or false; DRF would take 1, "yes" and many more."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class StrictDecimalField(serializers.DecimalField):
    """An exact number, as text the way a read gives it, or as a JSON number, which is kept to its decimals."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_digits=DIGITS, decimal_places=PLACES, **more)

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | float | str):
            self.fail("invalid")
        if isinstance(data, str):
            if not re.fullmatch(EXACT, data):
                self.fail("invalid")
            return Decimal(data)
        if not -LARGEST_NUMBER <= data <= LARGEST_NUMBER:
            self.fail("max_digits", max_digits=DIGITS)
        return round(Decimal(str(data)), PLACES)


class StrictIntegerField(serializers.IntegerField):
    """A whole number; DRF would take "5", too."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, float) and data.is_integer():  # JSON has one kind of number
            data = int(data)
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class StrictCharField(serializers.CharField):
    """A text; where it must say something, more than blanks. DRF would take numbers, too.

    One that is too long is told so in the words of the pages' forms.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.max_length is not None:
            kept = [each for each in self.validators if not isinstance(each, MaxLengthValidator)]
            self.validators = [*kept, MaxLengthValidator(self.max_length)]

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class StrictRegexField(StrictCharField):
    """A text of a known form."""

    def __init__(self, pattern: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pattern = pattern

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or not re.fullmatch(self.pattern, data):
            self.fail("invalid")
        return data


class AmountField(serializers.Field[Any, Any, Any, Any]):
    """A number that is not negative, with two places at most: 1200, or "1200.50", which is exact."""

    default_error_messages = {"invalid": _("Give a number from 0 to %(largest)s with two decimal places at most.")}
    pattern = r"[0-9]{1,12}(\.[0-9]{1,2})?"

    def __init__(self, largest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.largest = largest

    def to_internal_value(self, data: Any) -> Decimal:
        is_number = isinstance(data, int | float) and not isinstance(data, bool) and 0 <= data <= self.largest
        is_text = isinstance(data, str) and bool(re.fullmatch(self.pattern, data))
        if not (is_number or (is_text and Decimal(data) <= self.largest)):
            words = self.error_messages["invalid"] % {"largest": self.largest}
            raise serializers.ValidationError(words, code="invalid")
        return Decimal(str(data)).quantize(Decimal("0.01"))

    def to_representation(self, value: Any) -> Any:
        return value


class StrictCharFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers subclasses
    """A text without NUL; with something besides blanks where it must say something."""

    target_class = "core.api.fields.StrictCharField"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        longest = {} if self.target.max_length is None else {"maxLength": self.target.max_length}
        return {"type": "string", "pattern": ANYTHING if self.target.allow_blank else SOMETHING, **longest}


class StrictRegexFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers subclasses
    """A text of a known form."""

    target_class = "core.api.fields.StrictRegexField"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({self.target.pattern})$"}


class AmountFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers subclasses
    """A number or a text of one when it is sent; a text, which is exact, when it is read."""

    target_class = "core.api.fields.AmountField"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        digits = len(str(self.target.largest)) - 1
        text = {"type": "string", "pattern": rf"^[0-9]{{1,{digits}}}(\.[0-9]{{1,2}})?$", "example": "1200.50"}
        number = {"type": "number", "minimum": 0, "maximum": self.target.largest}
        return text if direction == "response" else {"oneOf": [number, text]}


class StrictDecimalFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers subclasses
    """A number or a text of one when it is sent; a text, which is exact, when it is read."""

    target_class = "core.api.fields.StrictDecimalField"

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        text = {"type": "string", "pattern": f"^{EXACT}$", "example": "24.5"}
        number = {"type": "number", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
        return text if direction == "response" else {"oneOf": [number, text]}


class ReferenceFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers subclasses
    """A number, a text or an object when it is sent; the object when it is read."""

    target_class = "core.api.fields.ReferenceField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        number = {"type": "integer", "minimum": 1, "maximum": LARGEST}
        names = {name: {"type": "string"} for name in self.target.members if name != "id"}
        shown: dict[str, Any] = {
            "type": "object",
            "properties": {"id": number, **names},
            "additionalProperties": False,
        }
        if direction == "response":
            return {**shown, "required": list(self.target.members)}
        text = {"type": "string", "pattern": f"^({self.target.pattern})$", "example": self.target.example}
        return {"oneOf": [number, text, {**shown, "required": ["id"]}]}
