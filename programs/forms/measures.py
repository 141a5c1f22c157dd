"""The shape of what people type about measures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import VersionedForm, choose
from programs.choices import Cadence, Direction, MeasureKind
from programs.forms.fields import StepsField, day_field, members_of, number_field
from programs.models import Program


class MeasureForm(VersionedForm):
    """A measure of an outcome; what is not known yet may be completed before its phase starts."""

    name = forms.CharField(label=_("What is counted"), max_length=300)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=MeasureKind.choices, help_text=_("What customers do tells more than what you do.")
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)
    baseline = number_field(_("Baseline"))
    baseline_on = day_field(_("Baseline read on"))
    target = number_field(_("Target"), help_text=_("Above the baseline for up, below it for down."))
    target_on = day_field(_("Target for"))
    low = number_field(_("Low limit"), help_text=_("To maintain only."))
    high = number_field(_("High limit"), help_text=_("To maintain only."))
    steps = StepsField(
        label=_("Planned steps"),
        required=False,
        help_text=_("Values planned in between, a line each: 2026-12-31 25. Without them, a straight line."),
    )
    cadence = forms.ChoiceField(label=_("Read"), choices=Cadence.choices, initial=Cadence.MONTHLY)
    reporting_lag_days = forms.IntegerField(
        label=_("Reporting lag, days"),
        min_value=0,
        max_value=366,
        initial=0,
        help_text=_("How long after a day its number is known."),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, help_text=_("Who reads it.")
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", members_of(program))

    def clean_steps(self) -> Any:
        """Return the planned steps, none where nothing was typed."""
        return self.cleaned_data["steps"] or ()
