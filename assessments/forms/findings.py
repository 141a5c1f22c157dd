"""The shape of a finding, of a recommendation, and of what is decided on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.choices import FindingKind, Urgency
from assessments.forms.fields import CriteriaField
from assessments.models import Assessment, Criterion
from assessments.queries import choosable_criteria
from assessments.services.findings import MOST_CRITERIA
from core.accounts.models import User
from core.forms import DayField, LongText, choose
from core.models import LONGEST_REASON
from programs.models import Outcome, Phase, Program
from workstreams.models import Workstream

LONGEST_LABEL = 110
# A code and what parts it from the next.
_LONGEST_CODE = 22


class CriterionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    """One criterion, with so much of its statement as a line holds."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)[:LONGEST_LABEL]


class FindingForm(forms.Form):
    """What was found, why, and what else it touches."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FindingKind.choices, widget=forms.RadioSelect, initial="gap")
    text = forms.CharField(label=_("Finding"), widget=LongText(), max_length=LONGEST_REASON)
    criterion = CriterionChoice(label=_("Criterion"), queryset=Criterion.objects.none(), required=False)
    root_cause = forms.CharField(
        label=_("Root cause"), widget=LongText(), required=False, max_length=LONGEST_REASON,
        help_text=_("Of a gap: why is it so? Ask until the answer can be changed."),
    )  # fmt: skip
    is_systemic = forms.BooleanField(
        label=_("Systemic"), required=False, help_text=_("Of a gap: it comes back wherever people work this way.")
    )
    affects = CriteriaField(
        label=_("Other criteria that it touches"),
        required=False,
        max_length=MOST_CRITERIA * _LONGEST_CODE,
        help_text=_("Codes, as in E2, S1."),
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = choosable_criteria(assessment)
        choose(self, "criterion", rows)
        field = self.fields["affects"]
        if isinstance(field, CriteriaField):
            field.criteria = rows


class RecommendationForm(forms.Form):
    """A step, why it helps, and how urgent it is."""

    text = forms.CharField(label=_("Recommended step"), widget=LongText(), max_length=LONGEST_REASON)
    rationale = forms.CharField(label=_("Rationale"), widget=LongText(), required=False, max_length=LONGEST_REASON)
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect, initial=Urgency.ESSENTIAL,
        help_text=_("A critical step is accepted by the sponsor or the deputy."),
    )  # fmt: skip


class AcceptForm(forms.Form):
    """Who does an accepted step, by when, and where it stands in the work; the choices are those of one program."""

    performer = forms.ModelChoiceField(label=_("Of whom it is asked"), queryset=User.objects.none())
    requested_for = DayField(label=_("By when"))
    workstream = forms.ModelChoiceField(label=_("Workstream"), queryset=Workstream.objects.none())
    phase = forms.ModelChoiceField(label=_("Phase"), queryset=Phase.objects.none())
    outcome = forms.ModelChoiceField(
        label=_("Outcome it serves"), queryset=Outcome.objects.none(), required=False, help_text=_("So that what?")
    )

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "performer", User.objects.filter(memberships__program=program).order_by("name", "pk"))
        choose(self, "workstream", program.workstreams.order_by("code"))
        choose(self, "phase", program.phases.order_by("position", "pk"))
        if "outcome" in self.fields:
            choose(self, "outcome", program.outcomes.order_by("code"))
