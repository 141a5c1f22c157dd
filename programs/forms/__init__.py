"""The shape of what people type about programs, a file a noun; the rules are the services'."""

from programs.forms.measures import MeasureForm
from programs.forms.members import InviteForm, LeaveForm, PlaceForm
from programs.forms.outcomes import ClosingForm, OutcomeForm
from programs.forms.programs import NewProgramForm, ProgramEditForm, ProgramForm, SaveTemplateForm
from programs.forms.readings import DatedReadingForm, PasteForm, ReadingForm

__all__ = [
    "ClosingForm",
    "DatedReadingForm",
    "InviteForm",
    "LeaveForm",
    "MeasureForm",
    "NewProgramForm",
    "OutcomeForm",
    "PasteForm",
    "PlaceForm",
    "ProgramEditForm",
    "ProgramForm",
    "ReadingForm",
    "SaveTemplateForm",
]
