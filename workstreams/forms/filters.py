"""The filters of a program's lists, of which an unknown value filters nothing; and the word on confidence."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.overview.choices import DecisionKind
from core.accounts.models import User
from core.models import LONGEST_DETAIL, LONGEST_REASON
from programs.choices import Rating
from programs.models import Program
from workstreams.choices import ActionState, Discipline, MilestoneState, RaidKind, RaidState
from workstreams.models import Workstream

Choices = Iterable[tuple[Any, Any]]


class Filters(forms.Form):
    """Choices of which each may be left open."""

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, without what is no choice."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _choice(label: Any, choices: Choices = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *choices])


def _open(form: forms.Form, name: str, choices: Choices) -> None:
    field: Any = form.fields[name]
    field.choices = [("", _("All")), *choices]


class ActionFilters(Filters):
    """Action items: by state, workstream and person."""

    state = _choice(_("State"), [("overdue", _("Overdue")), ("due", _("Come due")), *ActionState.choices])
    workstream = _choice(_("Workstream"))
    person = _choice(_("Person"))

    def __init__(self, data: Any, *, workstreams: Choices, people: Choices) -> None:
        super().__init__(data)
        _open(self, "workstream", workstreams)
        _open(self, "person", people)


class MilestoneFilters(Filters):
    """Milestones: by state, discipline, workstream and phase."""

    state = _choice(_("State"), [("late", _("Late")), ("due", _("Due by baseline")), *MilestoneState.choices])
    discipline = _choice(_("Discipline"), Discipline.choices)
    workstream = _choice(_("Workstream"))
    phase = _choice(_("Phase"))

    def __init__(self, data: Any, *, workstreams: Choices, phases: Choices) -> None:
        super().__init__(data)
        _open(self, "workstream", workstreams)
        _open(self, "phase", phases)


class RaidFilters(Filters):
    """The RAID register: by kind and state."""

    kind = _choice(_("Kind"), RaidKind.choices)
    # What is open and what is being mitigated is both not closed.
    state = _choice(_("State"), [("open", _("Not closed")), *RaidState.choices[1:]])


class DecisionFilters(Filters):
    """The decision log: by where a decision comes from."""

    kind = _choice(_("Kind"), DecisionKind.choices)


class DecisionForm(forms.Form):
    """A decision to be recorded; the choices are those of one program."""

    title = forms.CharField(label=_("What is decided"), max_length=300)
    detail = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_DETAIL)
    owner = forms.ModelChoiceField(
        label=_("Decided by"), queryset=User.objects.none(), required=False, help_text=_("You, where nobody is chosen.")
    )
    workstream = forms.ModelChoiceField(
        label=_("Workstream"), queryset=Workstream.objects.none(), required=False,
        help_text=_("None: it is decided for the whole program."),
    )  # fmt: skip

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {
            "owner": User.objects.filter(memberships__program=program).order_by("name"),
            "workstream": program.workstreams.order_by("code"),
        }
        for name, queryset in rows.items():
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = queryset


class ConfidenceForm(forms.Form):
    """A word on delivery confidence."""

    rating = forms.ChoiceField(label=_("Your rating"), choices=Rating.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("Needed where your rating is another than the computed one."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
