"""Input that is taken at its word: what a read gives may be sent back, and nothing else."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from core.api import renderers
from core.exceptions import DayOutOfRange
from core.fields import is_in_range

READ_ONLY = "read_only"


class StrictSerializer(serializers.Serializer[Any]):
    """Checks input: unknown fields are refused, those that only a read gives are accepted only as they are.

    `context["current"]` is the row as the API shows it now; without it (a create) only the fields declared here are.
    """

    def to_internal_value(self, data: Any) -> Any:
        """Return the clean values, or name all that is wrong at once.

        Raises:
            core.exceptions.DayOutOfRange: of a day that no column takes; the schema calls every day valid.
        """
        wrong = self._strangers(data) if isinstance(data, Mapping) else {}
        try:
            clean = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if isinstance(error.detail, dict):
                raise serializers.ValidationError({**error.detail, **wrong}) from error
            raise
        if wrong:
            raise serializers.ValidationError(wrong)
        if far := [name for name, value in clean.items() if _holds_a_far_day(value)]:
            raise DayOutOfRange(fields={name: [DayOutOfRange.sentence] for name in far})
        return clean

    def _strangers(self, data: Mapping[str, Any]) -> dict[str, Any]:
        current = self.context.get("current") if self.root is self else None
        wrong: dict[str, Any] = {}
        for name, value in data.items():
            field = self.fields.get(name)
            if field is None and (current is None or name not in current):
                wrong[name] = [ErrorDetail(_("There is no such field."), code="unknown")]
            elif (field is None or field.read_only) and not _is_unchanged(current, name, value):
                wrong[name] = [ErrorDetail(_("This field cannot be changed here."), code=READ_ONLY)]
        return wrong


class EmptyInput(StrictSerializer):
    """The body of a move that needs no words."""


class ProblemErrorSerializer(serializers.Serializer[Any]):
    """What is wrong with one field."""

    field = serializers.CharField(allow_null=True)
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """A problem document (RFC 9457): branch on `code`, show `detail`."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]  # a field, not the property
    state = serializers.CharField(required=False, help_text="Of a refused move: the state it met.")
    legal_moves = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Of a refused move: those that are possible."
    )
    existing_id = serializers.IntegerField(required=False, help_text="Of a second create: the one that is there.")
    etag = serializers.CharField(required=False, help_text="Of a stale change: the present ETag.")


class IndexSerializer(serializers.Serializer[Any]):
    """Addresses by name."""


def _is_unchanged(current: Mapping[str, Any] | None, name: str, value: Any) -> bool:
    if current is None or name not in current:
        return False
    return bool(orjson.loads(renderers.to_bytes(current[name])) == value)


def _holds_a_far_day(value: Any) -> bool:
    days = value if isinstance(value, list) else [value]
    return any(type(day) is dt.date and not is_in_range(day) for day in days)


def flat_codes(codes: Any) -> Iterator[str]:
    """Yield every code of a validation error, however deep it stands."""
    if isinstance(codes, str):
        yield codes
        return
    for each in codes.values() if isinstance(codes, Mapping) else codes:
        yield from flat_codes(each)
