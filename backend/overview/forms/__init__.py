"""The shape of what people type on the pages that join all apps: programs, phases, people, confidence."""

from backend.overview.forms.confidence import ConfidenceForm
from backend.overview.forms.phases import EndForm, OverrideForm, PhaseForm, StopForm

__all__ = [
    "ConfidenceForm",
    "EndForm",
    "OverrideForm",
    "PhaseForm",
    "StopForm",
]
