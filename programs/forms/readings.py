"""The shape of what people type about readings, one or many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, LongText, pasted_rows
from programs.forms.fields import long_field, number_field
from programs.services import Reading


class ReadingForm(forms.Form):
    """A number read today, written as its reader writes numbers."""

    value = number_field(_("Reading"), required=True)


class DatedReadingForm(ReadingForm):
    """A number, the day it was read, and where it comes from."""

    measured_on = DayField(label=_("Read on"))
    note = long_field(_("Note"))
    evidence_url = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        required=False,
        help_text=_("A link to where it can be seen; it begins with http:// or https://."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def reading(self) -> Reading:
        """Return what was typed, as the service takes it."""
        return Reading(**self.cleaned_data)


class PasteForm(forms.Form):
    """Many readings at once, as a spreadsheet or a CSV file has them."""

    text = forms.CharField(
        label=_("Rows"),
        max_length=400_000,
        strip=False,
        widget=LongText(10, attrs={"spellcheck": "false"}),
        help_text=_(
            "Measure, day, value, and if you like a note and a link: M2, 2026-10-31, 25, Contact log, https://…"
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Take the rows out of the text, by their line."""
        cleaned = super().clean() or {}
        if "text" in cleaned:
            try:
                cleaned["rows"] = pasted_rows(cleaned["text"])
            except forms.ValidationError as error:
                self.add_error("text", error)
            else:
                if not cleaned["rows"]:
                    self.add_error("text", _("There are no rows in it."))
        return cleaned
