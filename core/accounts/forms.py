"""Input shapes of the account pages."""

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.accounts.models import TokenScope, User


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(zoneinfo.available_timezones())]


class ProfileForm(forms.Form):
    """How a person is called and reads dates and words."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_zones)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(settings.LANGUAGES)
        if person.language != person.shown_language:
            # What they wish for stays theirs, and may be given up.
            wish = dict(settings.WISHED_LANGUAGES)[person.language]
            field.choices = [*settings.LANGUAGES, (person.language, wish)]
            field.help_text = gettext("Pages and mails are in English until they are translated.")


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(label=_("What it is for"), max_length=100)
    scope = forms.ChoiceField(label=_("It may"), choices=TokenScope, widget=forms.RadioSelect, initial=TokenScope.READ)
    days = forms.IntegerField(label=_("Days until it expires"), min_value=1, initial=90)
