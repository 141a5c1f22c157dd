"""The sponsor's word on delivery confidence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import LongText
from core.models import LONGEST_REASON
from programs.choices import Rating


class ConfidenceForm(forms.Form):
    """A word on delivery confidence."""

    rating = forms.ChoiceField(label=_("Your rating"), choices=Rating.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("Needed where your rating is another than the computed one."),
        widget=LongText(3),
    )
