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
from backend.overview.forms.phases import EndForm, OverrideForm, PhaseForm, StopForm

__all__ = [
    "ActionFilters",
    "ConfidenceForm",
    "DecisionFilters",
    "DecisionForm",
    "EndForm",
    "Filters",
    "MilestoneFilters",
    "OverrideForm",
    "PhaseForm",
    "RaidFilters",
    "StopForm",
]
