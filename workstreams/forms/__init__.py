"""The shape of what people type about the work."""

from workstreams.forms.fields import DayInput, LongText
from workstreams.forms.gates import (
    ConditionForm,
    DecideGateForm,
    HoldGateForm,
    RescheduleGateForm,
    ScheduleGateForm,
    conditions_of,
)
from workstreams.forms.moves import (
    AchieveForm,
    ActionRequestForm,
    DeclineForm,
    EmptyForm,
    ForecastForm,
    KeepForm,
    MissForm,
    NoteForm,
    PromiseForm,
    ReasonForm,
    RebaselineForm,
    RenewForm,
    RequestAgainForm,
    WhatIfForm,
)
from workstreams.forms.plan import MilestoneForm, RowForm, ShiftForm, WorkstreamForm

__all__ = [
    "AchieveForm",
    "ActionRequestForm",
    "ConditionForm",
    "DayInput",
    "DecideGateForm",
    "DeclineForm",
    "EmptyForm",
    "ForecastForm",
    "HoldGateForm",
    "KeepForm",
    "LongText",
    "MilestoneForm",
    "MissForm",
    "NoteForm",
    "PromiseForm",
    "ReasonForm",
    "RebaselineForm",
    "RenewForm",
    "RequestAgainForm",
    "RescheduleGateForm",
    "RowForm",
    "ScheduleGateForm",
    "ShiftForm",
    "WhatIfForm",
    "WorkstreamForm",
    "conditions_of",
]
