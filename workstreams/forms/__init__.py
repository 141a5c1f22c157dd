"""The shape of what people type about the work."""

from workstreams.forms.decisions import DecisionForm
from workstreams.forms.filters import ActionFilters, DecisionFilters, Filters, MilestoneFilters, RaidFilters
from workstreams.forms.gates import (
    ConditionForm,
    DecideGateForm,
    HoldGateForm,
    RescheduleGateForm,
    ScheduleGateForm,
    conditions_of,
)
from workstreams.forms.phases import CloseForm, OverrideForm, PhaseForm, StopForm
from workstreams.forms.plan import MilestoneForm, ReplanForm, RowForm, ShiftForm, WorkstreamForm
from workstreams.forms.transitions import (
    AchieveForm,
    ActionRequestForm,
    DeclineForm,
    ForecastForm,
    KeepForm,
    MissForm,
    NoteForm,
    PromiseForm,
    RebaselineForm,
    RenewForm,
    RequestAgainForm,
    WhatIfForm,
)

__all__ = [
    "AchieveForm",
    "ActionFilters",
    "ActionRequestForm",
    "CloseForm",
    "ConditionForm",
    "DecideGateForm",
    "DecisionFilters",
    "DecisionForm",
    "DeclineForm",
    "Filters",
    "ForecastForm",
    "HoldGateForm",
    "KeepForm",
    "MilestoneFilters",
    "MilestoneForm",
    "MissForm",
    "NoteForm",
    "OverrideForm",
    "PhaseForm",
    "PromiseForm",
    "RaidFilters",
    "RebaselineForm",
    "RenewForm",
    "ReplanForm",
    "RequestAgainForm",
    "RescheduleGateForm",
    "RowForm",
    "ScheduleGateForm",
    "ShiftForm",
    "StopForm",
    "WhatIfForm",
    "WorkstreamForm",
    "conditions_of",
]
