"""The filters of a program's lists, of which an unknown value filters nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workstreams.choices import ActionState, DecisionKind, Discipline, MilestoneState, RaidKind, RaidState

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

    state = _choice(
        _("State"),
        [
            ("overdue", _("Overdue")),
            ("moved", _("Moved beyond its baseline")),
            ("due", _("Due by baseline")),
            *MilestoneState.choices,
        ],
    )
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
