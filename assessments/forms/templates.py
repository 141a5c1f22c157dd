"""A template as it is written."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.documents import reader
from core.forms import LongText


class TemplateForm(forms.Form):
    """The whole text of a template."""

    refusal_field = "document"  # a fault's path names no field of the form

    document = forms.CharField(
        label=_("The template"),
        help_text=_("Points add up to their section, sections to the total. Faults are told with their line."),
        max_length=reader.MOST_BYTES // 64,
        strip=False,
        widget=LongText(30, attrs={"spellcheck": "false", "class": "code"}),
    )
