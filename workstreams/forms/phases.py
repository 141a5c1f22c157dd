"""What people say of a phase."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import DayField, LongText, ReasonForm, VersionedForm
from core.models import LONGEST_REASON
from programs.models import Phase, Program
from workstreams.services import PhaseDetails

DATES = (
    "baseline_start_on", "baseline_end_on", "forecast_start_on", "forecast_end_on", "actual_start_on", "actual_end_on",
)  # fmt: skip


def _day(label: Any) -> DayField:
    return DayField(label=label, required=False)


class PhaseForm(VersionedForm):
    """A phase: the baseline until it starts, from then on forecasts and corrections with a reason."""

    name = forms.CharField(label=_("Name"), max_length=200)
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none(), required=False)
    baseline_start_on = _day(_("Baseline start"))
    baseline_end_on = _day(_("Baseline end"))
    forecast_start_on = _day(_("Forecast start"))
    forecast_end_on = _day(_("Forecast end"))
    actual_start_on = _day(_("Started on"))
    actual_end_on = _day(_("Ended on"))
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=LONGEST_REASON,
        widget=LongText(),
        help_text=_("Needed where a date moves; it stays on record."),
    )

    def __init__(self, *args: Any, program: Program, phase: Phase | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.filter(memberships__program=program).order_by("name", "email")
        for name in _left_out(phase):
            del self.fields[name]

    def details(self) -> PhaseDetails:
        """Return what was typed of a new phase, as the service takes it."""
        return PhaseDetails(**self.values)

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, without version and reason."""
        return {name: value for name, value in self.values.items() if name != "reason"}


def _left_out(phase: Phase | None) -> list[str]:
    """Return the fields that cannot be said of a phase as it is."""
    if phase is None:
        return [*DATES[2:], "reason"]
    if phase.actual_start_on is None:
        return [*DATES[4:], "reason"]
    return [*DATES[:2], *(["actual_end_on"] if phase.actual_end_on is None else [])]


class EndForm(forms.Form):
    """When a phase ended; today where no day is given."""

    ended_on: Any = _day(_("Ended on"))


class StopForm(EndForm, ReasonForm):
    """Why a phase is stopped, and when it ended."""

    field_order = ("reason", "ended_on")


class OverrideForm(ReasonForm):
    """Why a phase starts although the gate before it is closed, and when it started."""

    started_on: Any = _day(_("Started on"))


def initial_of(phase: Phase) -> dict[str, Any]:
    """Return a phase as its form shows it."""
    values: dict[str, dt.date | None] = {name: getattr(phase, name) for name in DATES}
    return {**values, "name": phase.name, "owner": phase.owner_id, "version": phase.version}
