"""The shape of what people say of an action item or a milestone; the rules stand in the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import DayField, LongText, choose
from core.models import LONGEST_DETAIL, LONGEST_REASON
from programs.models import Outcome, Phase, Program
from workstreams.choices import MissReason
from workstreams.models import Milestone, Workstream


class NoteForm(forms.Form):
    """A few words, where none are needed."""

    note = forms.CharField(label=_("Note"), widget=LongText(), required=False, max_length=LONGEST_REASON)


class PromiseForm(NoteForm):
    """The day a promise is for."""

    promised_for = DayField(label=_("Promised for"))
    field_order = ("promised_for", "note")


class DeclineForm(forms.Form):
    """Why something is declined."""

    note = forms.CharField(label=_("Why not"), widget=LongText(), max_length=LONGEST_REASON)


class KeepForm(NoteForm):
    """The day something was done; today where none is given."""

    done_on = DayField(label=_("Done on"), required=False)
    field_order = ("done_on", "note")


class MissForm(NoteForm):
    """Why a promise was missed, and when it was done after all."""

    reason = forms.ChoiceField(label=_("Reason"), choices=MissReason.choices)
    done_on = DayField(label=_("Done late, on"), required=False)
    field_order = ("reason", "done_on", "note")


class RenewForm(forms.Form):
    """The new day of a missed promise."""

    promised_for = DayField(label=_("Promised for"))


class RequestAgainForm(forms.Form):
    """The day a missed promise is asked for again."""

    requested_for = DayField(label=_("Asked for"))


class AchieveForm(forms.Form):
    """The day a milestone was reached; today where none is given."""

    actual_on = DayField(label=_("Reached on"), required=False)


class ForecastForm(forms.Form):
    """Another date for a milestone, and why."""

    forecast_on = DayField(label=_("New date"))
    reason = forms.CharField(label=_("Why"), widget=LongText(), max_length=LONGEST_REASON)


class WhatIfForm(forms.Form):
    """A date that somebody thinks of."""

    forecast_on = DayField(label=_("New date"), required=False)


class RebaselineForm(forms.Form):
    """The new baseline of a milestone, and why."""

    baseline_on = DayField(label=_("New baseline"))
    reason = forms.CharField(label=_("Why"), widget=LongText(), max_length=LONGEST_REASON)


class ActionRequestForm(forms.Form):
    """What is asked of whom, and by when; the choices are those of one program."""

    title = forms.CharField(label=_("What is asked"), max_length=300)
    performer = forms.ModelChoiceField(label=_("Of whom"), queryset=User.objects.none())
    requested_for = DayField(label=_("By when"))
    workstream = forms.ModelChoiceField(label=_("Workstream"), queryset=Workstream.objects.none())
    phase = forms.ModelChoiceField(label=_("Phase"), queryset=Phase.objects.none())
    milestone = forms.ModelChoiceField(label=_("Milestone"), queryset=Milestone.objects.none(), required=False)
    outcome = forms.ModelChoiceField(
        label=_("Outcome it serves"), queryset=Outcome.objects.none(), required=False, help_text=_("So that what?")
    )
    detail = forms.CharField(label=_("Detail"), widget=LongText(), required=False, max_length=LONGEST_DETAIL)
    needs_acceptance = forms.BooleanField(label=_("I accept it when it is done"), required=False)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {
            "performer": User.objects.filter(memberships__program=program).order_by("name"),
            "workstream": program.workstreams.order_by("code"),
            "phase": program.phases.order_by("position", "pk"),
            "milestone": program.milestones.order_by("code"),
            "outcome": program.outcomes.order_by("code"),
        }
        for name, queryset in rows.items():
            choose(self, name, queryset)
