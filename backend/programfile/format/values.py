"""Scalars to values: what a text means where a field of a certain type is expected, as YAML 1.2 has it."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from backend.programfile.format.shapes import Field, Type, largest
from core.documents.reader import Node, Scalar, Sequence
from core.exceptions import DayOutOfRange
from core.fields import is_in_range

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LARGEST_SMALL = 32767


class WrongValue(Exception):
    """The text does not mean what the field expects; the message says why."""


def is_null(node: Scalar) -> bool:
    """Tell whether a scalar stands for nothing."""
    return node.is_plain and node.text in _NULLS


def understand(node: Scalar, field: Field, shift: dt.timedelta) -> Any:
    """Return the value of a scalar, dates moved by the shift.

    Raises:
        WrongValue: when the field cannot have it.
    """
    return _READERS[field.type](node, field, shift)


def understand_all(node: Node, field: Field, shift: dt.timedelta) -> list[str]:
    """Return the texts of a list, none where nothing stands there.

    Raises:
        WrongValue: when it is no list of texts.
    """
    if isinstance(node, Scalar) and is_null(node):
        return []
    if not isinstance(node, Sequence):
        raise WrongValue(_("a list is expected here"))
    texts = [item for item in node.items if isinstance(item, Scalar)]
    if len(texts) < len(node.items):
        raise WrongValue(_("one value is expected here"))
    return [_text(item, field, shift) for item in texts]


def _text(node: Scalar, field: Field, shift: dt.timedelta) -> str:
    if "\x00" in node.text:
        raise WrongValue(_("the text holds a NUL character"))
    if field.most_characters is not None and len(node.text) > field.most_characters:
        raise WrongValue(
            _("the text has %(count)s characters, at most %(most)s fit")
            % {"count": len(node.text), "most": field.most_characters}
        )
    for validate in field.validators:
        try:
            validate(node.text)
        except ValidationError as error:
            raise WrongValue(f"“{node.text}”: {' '.join(error.messages)}") from error
    return node.text


def _number(node: Scalar, field: Field, shift: dt.timedelta) -> Decimal:
    if not node.is_plain or not _NUMBER.fullmatch(node.text):
        raise WrongValue(_("“%(text)s” is not a number") % {"text": node.text})
    value = Decimal(node.text)
    if abs(value) >= largest(field):
        raise WrongValue(_("“%(text)s” is too large") % {"text": node.text})
    if value != round(value, field.places):
        words = _("“%(text)s” has more than %(places)s decimal places")
        raise WrongValue(words % {"text": node.text, "places": field.places})
    return value


def _whole(node: Scalar, field: Field, shift: dt.timedelta) -> int:
    if not node.is_plain or not _WHOLE.fullmatch(node.text):
        raise WrongValue(_("“%(text)s” is not a whole number") % {"text": node.text})
    value = int(node.text)
    if field.smallest is not None and not field.smallest <= value <= _LARGEST_SMALL:
        words = _("“%(text)s” is not between %(smallest)s and %(largest)s")
        raise WrongValue(words % {"text": node.text, "smallest": field.smallest, "largest": _LARGEST_SMALL})
    return value


def _flag(node: Scalar, field: Field, shift: dt.timedelta) -> bool:
    if not node.is_plain or node.text not in _FLAGS:
        raise WrongValue(_("“%(text)s” is neither true nor false") % {"text": node.text})
    return _FLAGS[node.text]


def read_date(text: str, shift: dt.timedelta) -> dt.date:
    """Return a date written as 2026-11-20, moved by the shift.

    Raises:
        WrongValue: when it is written otherwise, does not exist, or is, once moved, further off than a column takes.
    """
    if not _DATE.fullmatch(text):
        raise WrongValue(_("“%(text)s” is not a date as in 2026-11-20") % {"text": text})
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise WrongValue(_("there is no day “%(text)s”") % {"text": text}) from error
    try:
        moved = day + shift
    except OverflowError:
        moved = dt.date.max
    if shift and not is_in_range(moved):
        raise WrongValue(_("“%(text)s” would be moved out of the calendar") % {"text": text})
    if not is_in_range(moved):
        raise WrongValue(f"“{text}”: {DayOutOfRange.sentence}")
    return moved


def _date(node: Scalar, field: Field, shift: dt.timedelta) -> dt.date:
    return read_date(node.text, shift)


def _moment(node: Scalar, field: Field, shift: dt.timedelta) -> dt.datetime:
    try:
        instant = dt.datetime.fromisoformat(node.text)
        if instant.tzinfo is None:
            raise WrongValue(_("“%(text)s” has no time zone; write it as 2026-11-20T09:00:00Z") % {"text": node.text})
        return (instant + shift).astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        words = _("“%(text)s” is not a moment as in 2026-11-20T09:00:00Z")
        raise WrongValue(words % {"text": node.text}) from error


def _choice(node: Scalar, field: Field, shift: dt.timedelta) -> str:
    if node.text not in field.choices:
        words = _("“%(text)s” is not one of %(choices)s")
        raise WrongValue(words % {"text": node.text, "choices": ", ".join(field.choices)})
    return node.text


def _person(node: Scalar, field: Field, shift: dt.timedelta) -> str:
    return _text(node, field, shift).strip().lower()


_READERS: dict[Type, Callable[[Scalar, Field, dt.timedelta], Any]] = {
    Type.TEXT: _text,
    Type.NUMBER: _number,
    Type.WHOLE: _whole,
    Type.FLAG: _flag,
    Type.DATE: _date,
    Type.MOMENT: _moment,
    Type.CHOICE: _choice,
    Type.PERSON: _person,
    Type.REFERENCE: _text,
}
