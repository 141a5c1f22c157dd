"""The shape of what people type about programs; the rules are the services'."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import Program
from programs.models.programs import validate_currency, validate_key
from programs.services import ProgramDetails


def _text(name: str) -> Any:
    return Program._meta.get_field(name)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ProgramForm(forms.Form):
    """A new program: the few things known on its first day."""

    name = forms.CharField(label=_("Name"), max_length=_text("name").max_length)
    key = forms.CharField(
        label=_("Key"),
        max_length=_text("key").max_length,
        validators=[validate_key],
        help_text=_("2 to 10 capital letters and digits. Codes begin with it, as in ONE-A12, and it stays."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=_text("organisation").max_length, required=False)
    case_for_change = forms.CharField(
        label=_("Case for change"),
        required=False,
        help_text=_("What customers do today, and what that costs. A program needs it before it becomes active."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    vision = forms.CharField(
        label=_("Vision"),
        required=False,
        help_text=_("What will be different for a customer."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    start_on = _day(_("Start"))
    end_on = _day(_("End"))
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [(zone, zone) for zone in sorted(zoneinfo.available_timezones())],
        help_text=_("A day of the program begins and ends in it."),
    )
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        required=False,
        validators=[validate_currency],
        help_text=_("Three letters, as in GBP."),
    )

    def details(self) -> ProgramDetails:
        """Return what was typed, as the service takes it."""
        values: dict[str, Any] = self.cleaned_data
        days: dict[str, dt.date | None] = {name: values[name] for name in ("start_on", "end_on")}
        return ProgramDetails(**{**values, **days})


class ReadingForm(forms.Form):
    """A number read today, written as its reader writes numbers."""

    value = forms.DecimalField(label=_("Reading"), max_digits=15, decimal_places=4, localize=True)
