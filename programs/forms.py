"""The shape of what people type about programs; the rules are the services'."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.fields import validate_day
from core.forms import DayField, choose, pasted_rows
from core.models import LONGEST_DETAIL, LONGEST_REASON, LONGEST_STATEMENT
from programs.choices import Cadence, Direction, MeasureKind, OutcomeArea
from programs.models import Phase, Program
from programs.models.programs import validate_currency, validate_key
from programs.services import ProgramDetails, Reading


def _text(name: str) -> Any:
    return Program._meta.get_field(name)


def _day(label: Any) -> DayField:
    return DayField(label=label, required=False)


class KeyField(forms.CharField):
    """A program's key, in capitals however it is typed."""

    def to_python(self, value: Any) -> str:
        """Return it in capitals."""
        return (super().to_python(value) or "").upper()


class ProgramForm(forms.Form):
    """A new program: the few things known on its first day."""

    name = forms.CharField(label=_("Name"), max_length=_text("name").max_length)
    key = KeyField(
        label=_("Key"),
        max_length=_text("key").max_length,
        validators=[validate_key],
        help_text=_("2 to 10 capital letters and digits. Codes begin with it, as in ONE-A12, and it stays."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=_text("organisation").max_length, required=False)
    case_for_change = forms.CharField(
        label=_("Case for change"),
        max_length=LONGEST_STATEMENT,
        required=False,
        help_text=_("What customers do today, and what that costs. A program needs it before it becomes active."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    vision = forms.CharField(
        label=_("Vision"),
        max_length=LONGEST_STATEMENT,
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


def _number(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DecimalField:
    """Return a number as its reader writes numbers."""
    return forms.DecimalField(
        label=label,
        max_digits=15,
        decimal_places=4,
        localize=True,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def _long(
    label: Any, *, most: int = LONGEST_DETAIL, rows: int = 2, required: bool = False, help_text: Any = ""
) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=required, max_length=most, help_text=help_text)


def _members(program: Program) -> Any:
    return User.objects.filter(memberships__program=program).order_by("name", "email")


class VersionedForm(forms.Form):
    """What is edited, with the version that its reader saw: nobody's change is lost."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def expected_version(self) -> int | None:
        """The version that was on the page."""
        version: int | None = self.cleaned_data["version"]
        return version

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


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
        choose(self, "owner", _members(program))
        choose(self, "phase", program.phases.order_by("position", "pk"))


class StepsField(forms.CharField):
    """Values planned for days, a line each: 2026-12-31 25."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Return steps as the lines that somebody would type."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{on.isoformat()} {formats.localize(_plain(number))}" for on, number in value)

    def to_python(self, value: Any) -> Any:
        """Return lines as days with values."""
        lines = [line.split() for line in str(value or "").splitlines() if line.strip()]
        found = []
        for number, line in enumerate(lines, start=1):
            try:
                on, planned = line
                found.append((dt.date.fromisoformat(on), _number("").clean(planned)))
            except ValueError as error:
                raise forms.ValidationError(_wrong_step(number)) from error
            except forms.ValidationError as error:
                raise forms.ValidationError(_wrong_step(number)) from error
        for day, _value in found:
            validate_day(day)
        return tuple(sorted(found))


def _wrong_step(number: int) -> str:
    return gettext("Line %(number)d is no day with a value, such as 2026-12-31 25.") % {"number": number}


def _plain(number: Any) -> Any:
    """Return a number without empty decimals."""
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()


class MeasureForm(VersionedForm):
    """A measure of an outcome; what is not known yet may be completed before its phase starts."""

    name = forms.CharField(label=_("What is counted"), max_length=300)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=MeasureKind.choices, help_text=_("What customers do tells more than what you do.")
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)
    baseline = _number(_("Baseline"))
    baseline_on = _day(_("Baseline read on"))
    target = _number(_("Target"), help_text=_("Above the baseline for up, below it for down."))
    target_on = _day(_("Target for"))
    low = _number(_("Low limit"), help_text=_("To maintain only."))
    high = _number(_("High limit"), help_text=_("To maintain only."))
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
        choose(self, "owner", _members(program))

    def clean_steps(self) -> Any:
        """Return the planned steps, none where nothing was typed."""
        return self.cleaned_data["steps"] or ()


class ReadingForm(forms.Form):
    """A number read today, written as its reader writes numbers."""

    value = _number(_("Reading"), required=True)


class DatedReadingForm(ReadingForm):
    """A number, the day it was read, and where it comes from."""

    measured_on = DayField(label=_("Read on"))
    note = _long(_("Note"))
    evidence_url = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        required=False,
        help_text=_("A link to where it can be seen; it begins with http:// or https://."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def reading(self) -> Reading:
        """Return what was typed, as the service takes it."""
        return Reading(**self.cleaned_data)


class ClosingForm(forms.Form):
    """What is said when an outcome ends."""

    closing_note = _long(
        _("Closing note"),
        help_text=_("Needed where a measure fell short of its target and it is realised all the same."),
    )


class WhyForm(forms.Form):
    """Why something is undone or given up."""

    reason = _long(_("Why"), most=LONGEST_REASON, required=True)


class PasteForm(forms.Form):
    """Many readings at once, as a spreadsheet or a CSV file has them."""

    text = forms.CharField(
        label=_("Rows"),
        max_length=400_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Measure, day, value, and if you like a note and a link: M2, 2026-10-31, 25, Contact log, https://…"
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Take the rows out of the text, by their line."""
        cleaned = super().clean() or {}
        if "text" in cleaned:
            try:
                cleaned["rows"] = pasted_rows(cleaned["text"])
            except forms.ValidationError as error:
                self.add_error("text", error)
            else:
                if not cleaned["rows"]:
                    self.add_error("text", _("There are no rows in it."))
        return cleaned
