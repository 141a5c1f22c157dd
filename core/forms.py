"""What all forms share: dates, texts, choices, a reason, a version, pasted rows; and the form of the style guide."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from core.fields import validate_day
from core.models import LONGEST_REASON

_DASHES = BLANK_CHOICE_DASH[0][1]


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that a column takes, picked in the browser's own way."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(validate_day)


class LongText(forms.Textarea):
    """A text of some lines, kept with the line ends of a file: a browser sends others, unchanged text as well."""

    def __init__(self, rows: int = 2, attrs: Mapping[str, str] | None = None) -> None:
        super().__init__(attrs={"rows": rows, **(attrs or {})})

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        """Return what was sent, its lines ended as files end them."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class EmptyForm(forms.Form):
    """A button alone."""


class ReasonForm(forms.Form):
    """Why something is turned down, undone, given up or taken up again."""

    reason = forms.CharField(label=_("Why"), widget=LongText(), max_length=LONGEST_REASON)


class VersionedForm(forms.Form):
    """What is edited, with the version that its reader saw: nobody's change is lost."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def expected_version(self) -> int | None:
        """The version that was on the page."""
        version: int | None = self.cleaned_data["version"]
        return version

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def choose(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of a form choose among some rows; what chooses none of them is named, where the field has no word."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == _DASHES:
            field.empty_label = _("Choose") if field.required else _("None")
        field.queryset = rows


def pasted_rows(text: str) -> dict[int, list[str]]:
    """Return the rows of a table that was pasted or handed in, each by its line; empty ones are left out.

    Cells are parted by tabs, semicolons or commas. A cell may run over lines: its row is named by the last of them.

    Raises:
        django.forms.ValidationError: naming the line that cannot be parted into cells.
    """
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=_delimiter(text), skipinitialspace=True)
    found: dict[int, list[str]] = {}
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found[reader.line_num] = row
    except csv.Error as error:
        words = _("Line %(number)d cannot be read: a cell is too long, or a quotation mark is not closed.")
        raise forms.ValidationError(words, params={"number": reader.line_num}) from error
    return found


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    if "\t" in text:
        return "\t"
    return ";" if first.count(";") > first.count(",") else ","


class StyleguideForm(forms.Form):
    """Shows how each kind of field stands on a page, right and wrong."""

    title = forms.CharField(help_text="What the field wants to know.")
    why = forms.CharField(widget=LongText(3), required=False)
    day = DayField()
    kind = forms.ChoiceField(choices=[("a", "The first"), ("b", "The second")])
    side = forms.ChoiceField(choices=[("project", "Project"), ("change", "Change")], widget=forms.RadioSelect)
    is_sure = forms.BooleanField(label="It is so", required=False)
