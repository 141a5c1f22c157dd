"""The shape of what people type about programs: how a new one begins, what may be changed of one, a template's name."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, LongText, VersionedForm
from core.models import LONGEST_STATEMENT
from programs.forms.fields import DaysField, KeyField, amount_field, day_field, long_field
from programs.indicators import plain
from programs.models import Program
from programs.models.programs import validate_currency, validate_key
from programs.queries import Template
from programs.services import ProgramDetails

AMOUNTS = ("budget", "spent", "forecast_at_completion", "staffing_planned", "staffing_actual")
TEMPLATE, COPY = "template", "copy"


def _text(name: str) -> Any:
    return Program._meta.get_field(name)


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
        widget=LongText(3),
    )
    vision = forms.CharField(
        label=_("Vision"),
        max_length=LONGEST_STATEMENT,
        required=False,
        help_text=_("What will be different for a customer."),
        widget=LongText(),
    )
    start_on = day_field(_("Start"))
    end_on = day_field(_("End"))
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


def _statement(label: Any, *, rows: int = 2, help_text: Any = "") -> forms.CharField:
    return long_field(label, most=LONGEST_STATEMENT, rows=rows, help_text=help_text)


class NewProgramForm(ProgramForm):
    """A new program, and what it begins with: nothing, a template, or the structure of another one."""

    begin_with = forms.ChoiceField(label=_("Begin with"), required=False)
    field_order = ("begin_with",)

    def __init__(
        self, *args: Any, templates: Iterable[Template], programs: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["begin_with"]
        field.choices = [
            ("", _("Nothing: a workstream of each discipline")),
            (gettext("A template"), [(f"{TEMPLATE}:{one.ref}", one.name) for one in templates]),
            (gettext("The structure of a program"), [(f"{COPY}:{key}", name) for key, name in programs]),
        ]
        self.fields["start_on"].help_text = _("Phases and milestones of a template or a copy are dated from it.")

    @property
    def origin(self) -> tuple[str, str]:
        """What it begins with: the kind and the name of it, twice "" for nothing."""
        kind, _colon, ref = self.cleaned_data["begin_with"].partition(":")
        return kind, ref

    def details(self) -> Any:
        """Return what was typed, as the service takes it."""
        origin = self.cleaned_data.pop("begin_with")
        found = super().details()
        self.cleaned_data["begin_with"] = origin
        return found


class ProgramEditForm(VersionedForm):
    """Everything that may be changed of a program; its state and its people have pages of their own."""

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    manager_note = _statement(
        _("Your note"), rows=3, help_text=_("Stands under the first sentence of the program, with today's date.")
    )
    case_for_change = _statement(
        _("Case for change"), rows=3, help_text=_("What customers do today, and what that costs.")
    )
    vision = _statement(_("Vision"), help_text=_("What will be different for a customer."))
    cost_of_inaction = _statement(_("Cost of doing nothing"))
    start_on = DayField(label=_("Start"), required=False)
    end_on = DayField(label=_("End"), required=False)
    currency = forms.CharField(
        label=_("Currency"), max_length=3, required=False, validators=[validate_currency],
        help_text=_("Three letters, as in GBP."),
    )  # fmt: skip
    budget = amount_field(_("Budget"))
    spent = amount_field(_("Spent so far"))
    forecast_at_completion = amount_field(
        _("Forecast at completion"), help_text=_("What it will have cost when it ends, as you see it today.")
    )
    forecast_at_completion_reason = _statement(_("Why this forecast"))
    staffing_planned = amount_field(_("Planned staffing"), digits=8, help_text=_("Full-time equivalents."))
    staffing_actual = amount_field(_("Actual staffing"), digits=8)
    time_zone = ProgramForm.base_fields["time_zone"]
    holidays = DaysField(label=_("Days off"), required=False, help_text=_("Besides weekends, a line each: 2026-12-25."))
    reassess_every_months = forms.IntegerField(
        label=_("Months between self-assessments"), required=False, min_value=1, max_value=120
    )
    reassess_at_gates = forms.BooleanField(label=_("Assess after each gate as well"), required=False)


def initial_of(program: Program, holidays: list[dt.date]) -> dict[str, Any]:
    """Return a program as its form shows it."""
    names = [name for name in ProgramEditForm.base_fields if name != "holidays"]
    values = {name: getattr(program, name) for name in names}
    return {**values, **{name: plain(values[name]) for name in AMOUNTS}, "holidays": holidays}


class SaveTemplateForm(forms.Form):
    """What a template is called."""

    name = forms.CharField(label=_("Name"), max_length=200)
    description = _statement(_("What it is for"))
