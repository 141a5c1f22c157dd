"""The shape of a decision against assessing now."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import LongText
from core.models import LONGEST_REASON


class DismissForm(forms.Form):
    """Why not now."""

    reason = forms.CharField(label=_("Why not now"), widget=LongText(), max_length=LONGEST_REASON)
