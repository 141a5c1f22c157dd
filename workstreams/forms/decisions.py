"""What is asked for a decision that is recorded in the log."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import LongText
from core.models import LONGEST_DETAIL
from programs.models import Program
from workstreams.models import Workstream


class DecisionForm(forms.Form):
    """A decision to be recorded; the choices are those of one program."""

    title = forms.CharField(label=_("What is decided"), max_length=300)
    detail = forms.CharField(label=_("Why"), widget=LongText(3), max_length=LONGEST_DETAIL)
    owner = forms.ModelChoiceField(
        label=_("Decided by"), queryset=User.objects.none(), required=False, help_text=_("You, where nobody is chosen.")
    )
    workstream = forms.ModelChoiceField(
        label=_("Workstream"), queryset=Workstream.objects.none(), required=False,
        help_text=_("None: it is decided for the whole program."),
    )  # fmt: skip

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {
            "owner": User.objects.filter(memberships__program=program).order_by("name"),
            "workstream": program.workstreams.order_by("code"),
        }
        for name, queryset in rows.items():
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = queryset
