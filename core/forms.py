"""What the forms of every app share: dates, texts, choices among some rows, a reason; and the style guide's form."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LongText(forms.Textarea):
    """A few lines of text."""

    def __init__(self, rows: int = 2) -> None:
        super().__init__(attrs={"rows": rows})


class EmptyForm(forms.Form):
    """A button alone."""


class ReasonForm(forms.Form):
    """Why something is turned down, undone, given up or taken up again."""

    reason = forms.CharField(label=_("Why"), widget=LongText(), max_length=2000)


def choose(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of a form choose among some rows."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


class StyleguideForm(forms.Form):
    """Shows how each kind of field stands on a page, right and wrong."""

    title = forms.CharField(help_text="What the field wants to know.")
    why = forms.CharField(widget=LongText(3), required=False)
    day = forms.DateField(widget=DayInput())
    kind = forms.ChoiceField(choices=[("a", "The first"), ("b", "The second")])
    side = forms.ChoiceField(choices=[("project", "Project"), ("change", "Change")], widget=forms.RadioSelect)
    is_sure = forms.BooleanField(label="It is so", required=False)
