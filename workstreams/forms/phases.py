"""What people say of a phase."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import DayField, LongText, ReasonForm, VersionedForm
from core.models import LONGEST_REASON
from programs.models import Phase, Program
from workstreams.choices import CANCEL_THEM, MilestoneState
from workstreams.queries.decision_effects import LeftOpen
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

    with_milestones = forms.BooleanField(required=False)

    def __init__(self, *args: Any, program: Program, phase: Phase | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.filter(memberships__program=program).order_by("name", "email")
        self.fields["with_milestones"].label = _offer(phase)
        for name in _left_out(phase):
            del self.fields[name]
        if not self.fields["with_milestones"].label:
            del self.fields["with_milestones"]

    def details(self) -> PhaseDetails:
        """Return what was typed of a new phase, as the service takes it."""
        return PhaseDetails(**self.values)

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, without version and reason."""
        return {name: value for name, value in self.values.items() if name not in ("reason", "with_milestones")}


def _offer(phase: Phase | None) -> str:
    """Offer to move the milestones of a phase with it, and say how many they are; "" where there is none."""
    count = phase.milestones.filter(state=MilestoneState.PLANNED).count() if phase is not None else 0
    words = ngettext(
        "Move its %(n)d open milestone by the same days", "Move its %(n)d open milestones by the same days", count
    )
    return words % {"n": count} if count else ""


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


class OpenMilestonesForm(forms.Form):
    """What becomes of the milestones that are open when their phase closes; not asked where there are none."""

    open_milestones = forms.ChoiceField(label=_("Milestones still open"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, still_open: LeftOpen, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["open_milestones"]
        assert isinstance(field, forms.ChoiceField)
        if not still_open.count:
            del self.fields["open_milestones"]
            return
        field.help_text = ngettext(
            "%(n)d is open. Where does it go when the phase closes?",
            "%(n)d are open. Where do they go when the phase closes?",
            still_open.count,
        ) % {"n": still_open.count}
        to_phases = [
            (one.code, gettext("Move to %(code)s %(name)s") % {"code": one.code, "name": one.name})
            for one in still_open.places
        ]
        field.choices = [*to_phases, (CANCEL_THEM, gettext("Cancel them"))]


class CloseForm(EndForm, OpenMilestonesForm):
    """When a phase ended, and where its open milestones go."""

    field_order = ("ended_on", "open_milestones")


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
