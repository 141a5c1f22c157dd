"""The shape of what a person chooses about being reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, DayInput
from notifications import channels
from notifications.choices import Weekday
from notifications.queries.preferences import Preferences

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class PreferencesForm(forms.Form):
    """When, on which days and over which channels a person is reached, and a pause."""

    hour = forms.TypedChoiceField(
        label=_("Messages leave at"), choices=HOURS, coerce=int, help_text=_("In your own time zone.")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days"), choices=Weekday.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    paused_until = DayField(
        label=_("Pause until"),
        required=False,
        widget=DayInput(),
        help_text=_("Nothing is sent before this day. The inbox goes on showing everything."),
    )
    wanted = forms.MultipleChoiceField(
        label=_("Send me messages by"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.fields["wanted"]
        if isinstance(wanted, forms.MultipleChoiceField):
            wanted.choices = [(one.kind, one.label) for one in channels.CHANNELS.values() if one.can_be_muted]

    @classmethod
    def shown(cls, preferences: Preferences) -> "PreferencesForm":
        """Return the form filled with a person's preferences."""
        wanted = [
            one.kind for one in channels.CHANNELS.values() if one.can_be_muted and one.kind not in preferences.muted
        ]
        weekdays = [day.value for day in Weekday if preferences.weekdays & day]
        initial = {
            "hour": preferences.hour,
            "weekdays": weekdays,
            "paused_until": preferences.paused_until,
            "wanted": wanted,
        }
        return cls(initial=initial)

    def preferences(self) -> Preferences:
        """Return what was chosen."""
        data = self.cleaned_data
        known = [one.kind for one in channels.CHANNELS.values() if one.can_be_muted]
        return Preferences(
            hour=data["hour"],
            weekdays=sum(set(data["weekdays"])),
            paused_until=data["paused_until"],
            muted=tuple(kind for kind in known if kind not in data["wanted"]),
        )
