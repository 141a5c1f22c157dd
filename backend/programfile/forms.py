"""Handing in a program file: a file or pasted text, and the day it is to tell of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.documents import reader
from core.documents.problems import Problems
from core.forms import DayField, DayInput, LongText

PASTED = "pasted"


class UploadForm(forms.Form):
    """One of the two, as text."""

    file = forms.FileField(label=_("Program file"), required=False, help_text=_("YAML, format crm-program/1."))
    text = forms.CharField(
        label=_("or paste it"),
        required=False,
        strip=False,
        widget=LongText(8, attrs={"spellcheck": "false"}),
    )
    as_of = DayField(
        label=_("Move all dates so that the file tells of this day"),
        required=False,
        help_text=_("Left empty, the dates stay as they are written."),
        widget=DayInput(),
    )

    def clean(self) -> dict[str, Any]:
        """Take the text out of the file; there is exactly one of the two."""
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), cleaned.get("text") or ""
        if "file" in self.errors:
            return cleaned
        if bool(file) == bool(pasted.strip()):
            self.add_error("file", _("Choose a file, or paste its text: one of the two."))
            return cleaned
        problems = Problems()
        content = file.read(reader.MOST_BYTES + 1) if file else pasted.encode("utf-8", "replace")
        cleaned["text"] = reader.decode(content, problems)
        cleaned["source_name"] = (file.name if file else PASTED)[:200]
        for problem in problems.in_order():
            self.add_error("file" if file else "text", str(problem))
        return cleaned
