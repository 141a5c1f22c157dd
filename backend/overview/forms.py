"""The shape of what the joined pages take in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReadingForm(forms.Form):
    """A number read today, localised as its reader writes numbers."""

    value = forms.DecimalField(label=_("Reading"), max_digits=15, decimal_places=4, localize=True)
