"""The shape of what people say of a gate review: when, how it went, what is decided on which conditions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms import DayField, LongText, choose
from core.models import LONGEST_DETAIL, LONGEST_REASON
from programs.choices import Rating
from programs.models import Phase, Program
from workstreams.choices import GateDecision
from workstreams.forms.phases import OpenMilestonesForm
from workstreams.models import Workstream


class HoldGateForm(forms.Form):
    """How a review went; held today where no day is given."""

    held_on = DayField(label=_("Held on"))
    rating = forms.ChoiceField(label=_("Rating"), choices=Rating.choices, widget=forms.RadioSelect)
    findings = forms.CharField(label=_("Findings"), widget=LongText(), required=False, max_length=LONGEST_DETAIL)


class RescheduleGateForm(forms.Form):
    """Another day for a review, and why."""

    planned_on = DayField(label=_("New date"))
    reason = forms.CharField(label=_("Why"), widget=LongText(), max_length=LONGEST_REASON)


class ScheduleGateForm(forms.Form):
    """The phase that a review is of, and its day."""

    phase = forms.ModelChoiceField(label=_("Phase"), queryset=Phase.objects.none())
    planned_on = DayField(label=_("Planned for"))

    def __init__(self, *args: Any, phases: QuerySet[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "phase", phases)


class DecideGateForm(OpenMilestonesForm):
    """What is decided, and why; each choice says what it does."""

    decision = forms.ChoiceField(label=_("Decision"), choices=GateDecision.choices, widget=forms.RadioSelect)
    rationale = forms.CharField(label=_("Rationale"), widget=LongText(), max_length=LONGEST_DETAIL)
    next_review_on = DayField(
        label=_("Next review"), required=False, help_text=_("After rework or a hold: when the phase is reviewed again.")
    )
    field_order = ("decision", "rationale", "open_milestones", "next_review_on")

    def __init__(self, *args: Any, effects: Mapping[GateDecision, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ChoiceField)
        decision.choices = [(one.value, f"{one.label}: {effects[one]}") for one in GateDecision]


class ConditionForm(forms.Form):
    """One condition: what, by whom, by when, in which workstream."""

    text = forms.CharField(label=_("Condition"), widget=LongText(), max_length=LONGEST_REASON)
    performer = forms.ModelChoiceField(label=_("Who does it"), queryset=User.objects.none())
    requested_for = DayField(label=_("By when"))
    workstream = forms.ModelChoiceField(label=_("Workstream"), queryset=Workstream.objects.none())

    def __init__(self, *args: Any, people: QuerySet[User], streams: QuerySet[Workstream], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("performer", people), ("workstream", streams)):
            choose(self, name, rows)


def conditions_of(program: Program, data: Any = None, *, rows: int = 3) -> "forms.BaseFormSet[ConditionForm]":
    """Return the rows for conditions; those left blank say nothing."""
    kinds = forms.formset_factory(ConditionForm, extra=rows, max_num=20, validate_max=True)
    chosen = {
        "people": User.objects.filter(memberships__program=program).order_by("name"),
        "streams": program.workstreams.order_by("code"),
    }
    return kinds(data, prefix="conditions", form_kwargs=chosen)
