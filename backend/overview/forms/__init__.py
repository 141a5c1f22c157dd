"""The shape of what people type on the pages that join all apps: filters, programs, phases, people, confidence."""

from backend.overview.forms.filters import (
    ActionFilters,
    ConfidenceForm,
    DecisionFilters,
    DecisionForm,
    Filters,
    MilestoneFilters,
    RaidFilters,
)
from backend.overview.forms.people import InviteForm, LeaveForm, PlaceForm
from backend.overview.forms.phases import EndForm, OverrideForm, PhaseForm, StopForm
from backend.overview.forms.programs import NewProgramForm, ProgramEditForm, SaveTemplateForm

__all__ = [
    "ActionFilters",
    "ConfidenceForm",
    "DecisionFilters",
    "DecisionForm",
    "EndForm",
    "Filters",
    "InviteForm",
    "LeaveForm",
    "MilestoneFilters",
    "NewProgramForm",
    "OverrideForm",
    "PhaseForm",
    "PlaceForm",
    "ProgramEditForm",
    "RaidFilters",
    "SaveTemplateForm",
    "StopForm",
]
