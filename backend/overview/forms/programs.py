"""What people say of a program: how a new one begins, and everything that may be changed of one."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backend.overview.queries.outcome import plain
from core.fields import validate_day
from core.forms import DayField
from core.models import LONGEST_STATEMENT
from programs.forms import ProgramForm, VersionedForm
from programs.models import Program
from programs.models.programs import validate_currency
from programs.queries import Template

AMOUNTS = ("budget", "spent", "staffing_planned", "staffing_actual")
TEMPLATE, COPY = "template", "copy"


def _long(label: Any, *, rows: int = 2, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, required=False, max_length=LONGEST_STATEMENT, help_text=help_text)


def _amount(label: Any, *, digits: int = 15, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=digits,
        decimal_places=2,
        localize=True,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


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


class DaysField(forms.CharField):
    """Days, a line each."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        """Return days as the lines that somebody would type."""
        return value if isinstance(value, str) or value is None else "\n".join(day.isoformat() for day in value)

    def to_python(self, value: Any) -> Any:
        """Return lines as days."""
        found = []
        for word in str(value or "").replace(",", " ").split():
            try:
                found.append(dt.date.fromisoformat(word))
            except ValueError as error:
                raise forms.ValidationError(
                    gettext("“%(word)s” is no day. Write it as 2026-12-25.") % {"word": word}
                ) from error
        for day in found:
            validate_day(day)
        return sorted(set(found))


class ProgramEditForm(VersionedForm):
    """Everything that may be changed of a program; its state and its people have pages of their own."""

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    manager_note = _long(
        _("Your note"), rows=3, help_text=_("Stands under the first sentence of the program, with today's date.")
    )
    case_for_change = _long(_("Case for change"), rows=3, help_text=_("What customers do today, and what that costs."))
    vision = _long(_("Vision"), help_text=_("What will be different for a customer."))
    cost_of_inaction = _long(_("Cost of doing nothing"))
    start_on = DayField(label=_("Start"), required=False)
    end_on = DayField(label=_("End"), required=False)
    currency = forms.CharField(
        label=_("Currency"), max_length=3, required=False, validators=[validate_currency],
        help_text=_("Three letters, as in GBP."),
    )  # fmt: skip
    budget = _amount(_("Budget"))
    spent = _amount(_("Spent so far"))
    staffing_planned = _amount(_("Planned staffing"), digits=8, help_text=_("Full-time equivalents."))
    staffing_actual = _amount(_("Actual staffing"), digits=8)
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
    description = _long(_("What it is for"))
