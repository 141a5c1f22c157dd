"""What the forms of the work share: dates, short texts, choices among some rows."""

from typing import Any

from django import forms
from django.db.models import QuerySet


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LongText(forms.Textarea):
    """A few lines of text."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 2})


def choose(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of a form choose among some rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
