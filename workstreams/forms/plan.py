"""The shape of what people say of a plan: its milestones, what they wait for, its workstreams."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import DayField, DayInput, choose
from core.models import LONGEST_REASON
from programs.models import Phase, Program
from workstreams.choices import Discipline
from workstreams.models import Milestone, Workstream

WAITS_FOR = re.compile(r"([A-Za-z][A-Za-z0-9_.]{0,19})(?:\s*\+\s*(\d{1,3}))?")


class WaitsForField(forms.CharField):
    """What a milestone waits for, as people write it: "S1, C2 +5", the lag in working days behind the plus."""

    def to_python(self, value: Any) -> Any:
        """Return lags by code."""
        text = super().to_python(value) or ""
        parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
        found = {part: WAITS_FOR.fullmatch(part) for part in parts}
        if wrong := [part for part, match in found.items() if match is None]:
            raise forms.ValidationError(
                _("Write codes, each with its lag in working days: S1, C2 +5. Not understood: %(wrong)s"),
                params={"wrong": ", ".join(wrong)},
            )
        return {match[1]: int(match[2] or 0) for match in found.values() if match is not None}

    def prepare_value(self, value: Any) -> Any:
        """Return lags by code as people write them."""
        if not isinstance(value, Mapping):
            return value
        return ", ".join(f"{code} +{lag}" if lag else code for code, lag in sorted(value.items()))


class MilestoneForm(forms.Form):
    """What a milestone is and what it waits for; the choices are those of one program."""

    name = forms.CharField(label=_("Milestone"), max_length=300)
    workstream = forms.ModelChoiceField(label=_("Workstream"), queryset=Workstream.objects.none(), empty_label=None)
    phase = forms.ModelChoiceField(label=_("Phase"), queryset=Phase.objects.none(), empty_label=None)
    baseline_on = DayField(label=_("Baseline"))
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none(), required=False)
    waits_for = WaitsForField(
        label=_("Waits for"), required=False, max_length=500, help_text=_("Codes; a lag in working days: S1, C2 +5")
    )
    goes_live = forms.BooleanField(label=_("Goes live: it changes somebody's work"), required=False)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "workstream", program.workstreams.order_by("code"))
        choose(self, "phase", program.phases.order_by("position", "pk"))
        choose(self, "owner", User.objects.filter(memberships__program=program).order_by("name"))


class RowForm(MilestoneForm):
    """One row of the plan: what stands there, as far as its reader may change it, and another date with its reason."""

    forecast_on = DayField(label=_("New date"), required=False)
    reason = forms.CharField(label=_("Why another date"), required=False, max_length=LONGEST_REASON)

    def __init__(self, *args: Any, milestone: Milestone, may_edit: bool, may_say: bool, **kwargs: Any) -> None:
        super().__init__(*args, program=milestone.program, **kwargs)
        dates = {"forecast_on", "reason"}
        closed = set() if may_say else set(dates)
        closed |= set() if may_edit else self.fields.keys() - dates
        # From the start of its phase on, a baseline is re-baselined.
        closed |= {"baseline_on", "phase"} if milestone.baseline_frozen_at else set()
        for name in closed:
            del self.fields[name]


class ShiftForm(forms.Form):
    """Milestones that move together by some days, and why."""

    milestone = forms.ModelMultipleChoiceField(label=_("Milestones"), queryset=Milestone.objects.none())
    days = forms.IntegerField(
        label=_("By days"), min_value=-3660, max_value=3660, help_text=_("A minus moves them earlier.")
    )
    reason = forms.CharField(label=_("Why"), max_length=LONGEST_REASON)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "milestone", program.milestones.order_by("pk"))

    def moves(self) -> dict[int, dt.date]:
        """Return the new date of each milestone, by its number."""
        shift = dt.timedelta(days=self.cleaned_data["days"])
        return {row.pk: row.due_on + shift for row in self.cleaned_data["milestone"]}


class ReplanForm(forms.Form):
    """How a draft moves as a whole: by days, or to a day."""

    days = forms.IntegerField(
        label=_("By days"), min_value=-36600, max_value=36600, required=False,
        help_text=_("A minus moves them earlier."),
    )  # fmt: skip
    start_on = DayField(label=_("Or to this start date"), required=False, widget=DayInput())


class WorkstreamForm(forms.Form):
    """What a workstream is; its lead is somebody of the program."""

    name = forms.CharField(label=_("Workstream"), max_length=200)
    discipline = forms.ChoiceField(label=_("Discipline"), choices=Discipline.choices)
    lead = forms.ModelChoiceField(label=_("Lead"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "lead", User.objects.filter(memberships__program=program).order_by("name"))
