"""The fields that forms of a program share: numbers, days and texts; a key, planned steps, days off."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import formats
from django.utils.translation import gettext

from core.accounts.models import User
from core.fields import validate_day
from core.forms import DayField, LongText
from core.models import LONGEST_DETAIL
from programs.indicators import plain
from programs.models import Program


def day_field(label: Any) -> DayField:
    """Return a day that may stay open."""
    return DayField(label=label, required=False)


def number_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DecimalField:
    """Return a number as its reader writes numbers."""
    return forms.DecimalField(
        label=label,
        max_digits=15,
        decimal_places=4,
        localize=True,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def amount_field(label: Any, *, digits: int = 15, help_text: Any = "") -> forms.DecimalField:
    """Return an amount of money or staff, none below zero."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=digits,
        decimal_places=2,
        localize=True,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def long_field(
    label: Any, *, most: int = LONGEST_DETAIL, rows: int = 2, required: bool = False, help_text: Any = ""
) -> forms.CharField:
    """Return a text of some lines."""
    area = LongText(rows)
    return forms.CharField(label=label, widget=area, required=required, max_length=most, help_text=help_text)


def members_of(program: Program) -> QuerySet[User]:
    """Return the people of a program, among whom its things have their owners."""
    return User.objects.filter(memberships__program=program).order_by("name", "email")


class KeyField(forms.CharField):
    """A program's key, in capitals however it is typed."""

    def to_python(self, value: Any) -> str:
        """Return it in capitals."""
        return (super().to_python(value) or "").upper()


class StepsField(forms.CharField):
    """Values planned for days, a line each: 2026-12-31 25."""

    widget = LongText(3)

    def prepare_value(self, value: Any) -> Any:
        """Return steps as the lines that somebody would type."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{on.isoformat()} {formats.localize(plain(number))}" for on, number in value)

    def to_python(self, value: Any) -> Any:
        """Return lines as days with values."""
        lines = [line.split() for line in str(value or "").splitlines() if line.strip()]
        found = []
        for number, line in enumerate(lines, start=1):
            try:
                on, planned = line
                found.append((dt.date.fromisoformat(on), number_field("").clean(planned)))
            except ValueError as error:
                raise forms.ValidationError(_wrong_step(number)) from error
            except forms.ValidationError as error:
                raise forms.ValidationError(_wrong_step(number)) from error
        for day, _value in found:
            validate_day(day)
        return tuple(sorted(found))


def _wrong_step(number: int) -> str:
    return gettext("Line %(number)d is no day with a value, such as 2026-12-31 25.") % {"number": number}


class DaysField(forms.CharField):
    """Days, a line each."""

    widget = LongText(3, attrs={"spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        """Return days as the lines that somebody would type."""
        return value if isinstance(value, str) or value is None else "\n".join(day.isoformat() for day in value)

    def to_python(self, value: Any) -> Any:
        """Return lines as days."""
        found = []
        for word in str(value or "").replace(",", " ").split():
            try:
                found.append(dt.date.fromisoformat(word))
            except ValueError as error:
                raise forms.ValidationError(
                    gettext("“%(word)s” is no day. Write it as 2026-12-25.") % {"word": word}
                ) from error
        for day in found:
            validate_day(day)
        return sorted(set(found))
