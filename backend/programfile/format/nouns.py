"""The tables of the format, a noun each: which keys a row may have, in the order they are written.

Limits, choices and defaults are those of the models' own fields, so that they have one home.
"""

from django.conf import settings
from django.core.validators import validate_email

from backend.programfile.format import assessments
from backend.programfile.format.shapes import Child, Field, Shape, Type, column, columns
from core.accounts.models import validate_time_zone
from programs.choices import Role
from programs.models import ConfidenceStatement, Holiday, Measure, Measurement, Outcome, Phase, PlannedStep, Program
from workstreams.choices import ActionState
from workstreams.models import (
    ActionEvent,
    ActionItem,
    Dependency,
    GateCheck,
    GateCondition,
    GateReview,
    Milestone,
    MilestoneForecast,
    MilestoneRebaselining,
    RaidEntry,
    Workstream,
)

HOLIDAY = Shape(kind="holiday", model=Holiday, fields=(column(Holiday, "on"),), short="on", identity=("on",))

PROGRAM = Shape(
    kind="program",
    model=Program,
    identity=("key",),
    fields=(
        *columns(Program, "key", "name", "organisation", "timezone>time_zone", "currency"),
        *columns(Program, "vision", "case_for_change", "cost_of_inaction", "start>start_on", "end>end_on"),
        *columns(Program, "budget", "spent", "staffing.planned>staffing_planned", "staffing.actual>staffing_actual"),
        *columns(
            Program,
            "forecast_at_completion.amount>forecast_at_completion",
            "forecast_at_completion.date>forecast_at_completion_on",
            "forecast_at_completion.reason>forecast_at_completion_reason",
        ),
        *columns(Program, "status", "sponsor", "deputy_sponsor", "manager"),
        *columns(Program, "manager_note.text>manager_note", "manager_note.date>manager_note_on"),
        *columns(Program, "reassess_every_months", "reassess_at_gates"),
        Field(key="reminders_started", column="reminders_started", type=Type.FLAG, default=False, is_stored=False),
    ),
    children=(Child("holidays", HOLIDAY),),
)

# A person and their place in the program; without a role they are known to the file, and no member.
PERSON = Shape(
    kind="person",
    identity=("email",),
    fields=(
        Field(
            key="email",
            column="email",
            type=Type.PERSON,
            is_required=True,
            most_characters=254,
            validators=(validate_email,),
        ),
        Field(key="name", column="name", type=Type.TEXT, default="", most_characters=200),
        Field(key="title", column="title", type=Type.TEXT, default="", most_characters=200),
        Field(key="role", column="role", type=Type.CHOICE, default="", choices=tuple(Role.values)),
        Field(
            key="timezone",
            column="time_zone",
            type=Type.TEXT,
            default="",
            most_characters=64,
            validators=(validate_time_zone,),
        ),
        Field(
            key="language",
            column="language",
            type=Type.CHOICE,
            default="en",
            choices=tuple(code for code, _name in settings.WISHED_LANGUAGES),
        ),
    ),
)

WORKSTREAM = Shape(
    kind="workstream", model=Workstream, fields=tuple(columns(Workstream, "code", "discipline", "name", "lead"))
)

CONDITION = Shape(
    kind="condition",
    model=GateCondition,
    parent="gate_review",
    parent_kind="gate",
    identity=("gate_review", "position", "text"),
    named_by=("gate_review", "position"),
    is_history=True,
    fields=(
        column(GateCondition, ">position", is_required=False),
        column(GateCondition, "text"),
        Field(key="action", column="action", type=Type.REFERENCE, refers_to="action", is_stored=False),
    ),
)

# The checklist as it was when the gate was decided.
CHECK = Shape(
    kind="check",
    model=GateCheck,
    parent="gate_review",
    parent_kind="gate",
    identity=("gate_review", "check_of", "is_well", "done", "total", "names"),
    is_history=True,
    fields=(
        *columns(GateCheck, "check>check_of", "is_well"),
        column(GateCheck, "done", smallest=0),
        column(GateCheck, "total", smallest=0),
        column(GateCheck, "names"),
    ),
)

GATE = Shape(
    kind="gate",
    model=GateReview,
    parent="phase",
    parent_kind="phase",
    fields=(
        *columns(GateReview, "code", ">state", "planned>planned_on", "held>held_on", "rating", "findings"),
        *columns(GateReview, "decision", "decided_by", "decided>decided_on", "rationale"),
    ),
    children=(Child("conditions", CONDITION), Child("checklist", CHECK)),
)

STEP = Shape(
    kind="step",
    model=PlannedStep,
    parent="measure",
    parent_kind="measure",
    identity=("measure", "on"),
    fields=tuple(columns(PlannedStep, "date>on", "value")),
)

READING = Shape(
    kind="reading",
    model=Measurement,
    parent="measure",
    parent_kind="measure",
    is_history=True,
    identity=("measure", "measured_on", "value", "recorded_on", "recorded_by", "note", "evidence_url"),
    fields=(
        *columns(Measurement, "date>measured_on", "value"),
        column(Measurement, "recorded>recorded_on", is_required=False),
        *columns(Measurement, "by>recorded_by", "note", "evidence>evidence_url"),
        # Which reading of this list it corrects, counted from 1.
        Field(key="supersedes", column="supersedes", type=Type.WHOLE, smallest=1, is_stored=False),
    ),
)

MEASURE = Shape(
    kind="measure",
    model=Measure,
    parent="outcome",
    parent_kind="outcome",
    fields=(
        *columns(Measure, "code", "name", "kind", "unit", "direction", "baseline", "baseline_on", "target"),
        *columns(Measure, "target_on", "limits.low>low", "limits.high>high", "cadence", "owner", "source"),
        column(Measure, "reporting_lag_days"),
    ),
    children=(Child("steps", STEP), Child("readings", READING)),
)

OUTCOME = Shape(
    kind="outcome",
    model=Outcome,
    parent="phase",
    parent_kind="phase",
    fields=tuple(columns(Outcome, "code", "statement", "owner", "area", "is_dis_benefit", "status", "closing_note")),
    children=(Child("measures", MEASURE),),
)

PHASE = Shape(
    kind="phase",
    model=Phase,
    fields=(
        column(Phase, ">position", is_required=False),
        *columns(Phase, "code", "name", "owner", "status"),
        *columns(Phase, "baseline.start>baseline_start_on", "baseline.end>baseline_end_on"),
        *columns(Phase, "forecast.start>forecast_start_on", "forecast.end>forecast_end_on"),
        *columns(Phase, "actual.start>actual_start_on", "actual.end>actual_end_on"),
        column(Phase, "override>override_reason"),
    ),
    children=(Child("gate", GATE, is_one=True), Child("gates", GATE), Child("outcomes", OUTCOME)),
)

FORECAST = Shape(
    kind="forecast",
    model=MilestoneForecast,
    parent="milestone",
    parent_kind="milestone",
    is_history=True,
    identity=("milestone", "forecast_on", "said_on", "said_by", "reason"),
    fields=tuple(columns(MilestoneForecast, "date>forecast_on", "said>said_on", "by>said_by", "reason")),
)

REBASELINING = Shape(
    kind="rebaselining",
    model=MilestoneRebaselining,
    parent="milestone",
    parent_kind="milestone",
    is_history=True,
    identity=("milestone", "old_on", "new_on", "decided_on", "decided_by", "reason"),
    fields=tuple(
        columns(MilestoneRebaselining, "from>old_on", "to>new_on", "decided>decided_on", "by>decided_by", "reason")
    ),
)

DEPENDENCY = Shape(
    kind="dependency",
    model=Dependency,
    parent="successor",
    parent_kind="milestone",
    short="predecessor",
    identity=("predecessor", "successor"),
    fields=tuple(columns(Dependency, "code>predecessor", "lag>lag_days")),
)

MILESTONE = Shape(
    kind="milestone",
    model=Milestone,
    fields=(
        *columns(Milestone, "code", "phase", "workstream", "name", "owner", "goes_live"),
        column(Milestone, "state", default=""),
        *columns(Milestone, "baseline>baseline_on", "actual>actual_on"),
        column(Milestone, ">due_on", is_required=False),
    ),
    children=(Child("forecasts", FORECAST), Child("rebaselined", REBASELINING), Child("after", DEPENDENCY)),
)

EVENT = Shape(
    kind="event",
    model=ActionEvent,
    parent="item",
    parent_kind="action",
    is_history=True,
    identity=("item", "at", "by", "move", "state_before", "state_after", "due_before", "due_after", "note"),
    fields=(
        *columns(ActionEvent, "at", "by", "move"),
        column(ActionEvent, "before>state_before", type=Type.CHOICE, choices=tuple(ActionState.values)),
        column(ActionEvent, "after>state_after", type=Type.CHOICE, choices=tuple(ActionState.values)),
        *columns(ActionEvent, "due_before", "due_after", "note"),
    ),
)

ACTION = Shape(
    kind="action",
    model=ActionItem,
    fields=(
        *columns(ActionItem, "code", "workstream", "phase", "milestone", "title", "detail", "performer", "requester"),
        *columns(ActionItem, "outcome", "requested_for", "promised_for", "state", "done>done_on"),
        *columns(ActionItem, "reason>miss_reason", "source", "note", "needs_acceptance", "accepted>accepted_on"),
        Field(key="renewed_as", column="renewed_as", type=Type.REFERENCE, refers_to="action", is_stored=False),
        *columns(ActionItem, "external.source>external_source", "external.id>external_id"),
        *columns(ActionItem, ">renewal_of", ">gate_condition"),
    ),
    children=(Child("history", EVENT),),
)

RAID = Shape(
    kind="raid",
    model=RaidEntry,
    fields=(
        *columns(RaidEntry, "code", "kind", "title", "detail", "workstream", "probability", "impact", "owner"),
        *columns(RaidEntry, "response", "due>due_on", "review>review_on", "state", "came_from"),
    ),
)

# What the sponsor said of delivery confidence, beside what was computed then.
CONFIDENCE = Shape(
    kind="confidence",
    model=ConfidenceStatement,
    is_history=True,
    identity=("at", "by", "computed", "rating", "reason"),
    fields=tuple(columns(ConfidenceStatement, "at", "by", "computed", "rating", "reason")),
)

# The lists at the top of the file, in the order they are written, and every kind of row, parents first.
SECTIONS: dict[str, Shape] = {
    "people": PERSON,
    "workstreams": WORKSTREAM,
    "phases": PHASE,
    "milestones": MILESTONE,
    "actions": ACTION,
    "raid": RAID,
    "confidence": CONFIDENCE,
    "assessments": assessments.ASSESSMENT,
}
KINDS: dict[str, Shape] = {
    shape.kind: shape
    for shape in (
        HOLIDAY,
        PERSON,
        WORKSTREAM,
        PHASE,
        GATE,
        CONDITION,
        CHECK,
        OUTCOME,
        MEASURE,
        STEP,
        READING,
        MILESTONE,
        FORECAST,
        REBASELINING,
        DEPENDENCY,
        ACTION,
        EVENT,
        RAID,
        CONFIDENCE,
        *assessments.SHAPES,
    )
}
