"""The shape of what people type about outcomes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import VersionedForm, choose
from programs.choices import OutcomeArea
from programs.forms.fields import long_field, members_of
from programs.models import Phase, Program


class OutcomeForm(VersionedForm):
    """An outcome of a program."""

    statement = forms.CharField(
        label=_("What will be true"), max_length=500, help_text=_("A result that somebody can see, not something done.")
    )
    phase = forms.ModelChoiceField(label=_("Phase"), queryset=Phase.objects.none())
    area = forms.ChoiceField(label=_("Area"), choices=OutcomeArea.choices, initial=OutcomeArea.CUSTOMER)
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none(), required=False)
    is_dis_benefit = forms.BooleanField(
        label=_("A dis-benefit: it costs somebody something, and is watched for that"), required=False
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", members_of(program))
        choose(self, "phase", program.phases.order_by("position", "pk"))


class ClosingForm(forms.Form):
    """What is said when an outcome ends."""

    closing_note = long_field(
        _("Closing note"),
        help_text=_("Needed where a measure fell short of its target and it is realised all the same."),
    )
