"""What a row points to, in a body: shown by number, code and name; taken as any of these, or as it was shown."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.filters import ADDRESS, CODE, KEY

LARGEST = 2**63 - 1
# No database keeps a NUL in a text.
ANYTHING = r"^[^\x00]*$"
SOMETHING = r"^[^\x00]*[^\s\x00][^\x00]*$"


# What a client named: 417 by its number, "ONE-PH3" by its code, key or address.
Named = int | str


class NamedField(serializers.Field[Any, Any, Any, Any]):
    """Reads 417, "ONE-PH3", or {"id": 417, ...} as a read gives it, and answers what was named.

    The members of an object besides `id` are what the thing is called, not input: only `id` counts.
    """

    pattern = ""
    members: tuple[str, ...] = ("id", "name")
    default_error_messages = {"form": _("Give a number, “%(example)s”, or an object with the “id”.")}
    example = ""

    def to_internal_value(self, data: Any) -> Named:
        if isinstance(data, dict) and "id" in data and data.keys() <= set(self.members):
            data = data["id"]
            if not isinstance(data, int):
                self.refuse()
        if isinstance(data, int) and not isinstance(data, bool) and 0 < data <= LARGEST:
            return data
        if isinstance(data, str) and re.fullmatch(self.pattern, data):
            return data
        return self.refuse()

    def refuse(self) -> Named:
        """Say what a reference looks like."""
        raise serializers.ValidationError(self.error_messages["form"] % {"example": self.example}, code="invalid")

    def to_representation(self, value: Any) -> Any:
        return value


class ProgramField(NamedField):
    """A program: 3 or "ONE"."""

    pattern, example, members = KEY, "ONE", ("id", "key", "name")


class CodedField(NamedField):
    """Something in a program: 417, "ONE-PH3", or "PH3" where the program is known."""

    pattern, example, members = rf"({KEY}-)?{CODE}", "ONE-PH3", ("id", "code", "name")


class PersonField(NamedField):
    """A person: 7, their e-mail address, or "me"."""

    pattern, example = rf"me|{ADDRESS}", "ben@example.org"


class WordsField(serializers.CharField):
    """A text; where it must say something, more than blanks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        is_optional = options.get("allow_blank", False)
        described: dict[str, Any] = {"type": "string", "pattern": ANYTHING if is_optional else SOMETHING}
        if "max_length" in options:
            described["maxLength"] = options["max_length"]
        extend_schema_field(described)(self)


class NamedFieldSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # registers subclasses
    """A number, a text or an object when it is sent; the object when it is read."""

    target_class = "core.api.fields.NamedField"
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
