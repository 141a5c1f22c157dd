"""Every write to the work of a program."""

from programs.services import tell_engine
from workstreams.services.actions import ActionRequest, edit_action, request_action
from workstreams.services.blueprints import build
from workstreams.services.bulk_forecasts import move_milestones
from workstreams.services.decisions import DecisionDetails, record_decision
from workstreams.services.dependencies import add_dependency, edit_dependency, remove_dependency, set_predecessors
from workstreams.services.drafts import Replanned, replan_draft
from workstreams.services.gate_decisions import Condition, check_decision, decide_gate
from workstreams.services.gates import hold_gate, reopen_gate, reschedule_gate, schedule_gate
from workstreams.services.handover import hand_over_promises
from workstreams.services.milestone_transitions import (
    achieve_milestone,
    cancel_milestone,
    forecast_milestone,
    reopen_milestone,
)
from workstreams.services.milestones import (
    MilestoneDetails,
    add_milestone,
    delete_milestone,
    edit_milestone,
    rebaseline_milestone,
)
from workstreams.services.phase_moves import PhaseMoved, edit_phase_with_milestones
from workstreams.services.phases import (
    PhaseDetails,
    add_phase,
    close_phase,
    delete_phase,
    edit_phase,
    order_phases,
    override_gate,
    reopen_phase,
    review_phase,
    rework_phase,
    start_phase,
    stop_phase,
    undo_start,
)
from workstreams.services.plan_rows import Replan, add_planned, replan_milestone
from workstreams.services.promises import (
    accept_action,
    decline_action,
    keep_action,
    miss_action,
    promise_action,
    renegotiate_action,
    renew_action,
    reopen_action,
    withdraw_action,
)
from workstreams.services.workstreams import WorkstreamDetails, add_workstream, edit_workstream, remove_workstream

__all__ = [
    "ActionRequest",
    "Condition",
    "DecisionDetails",
    "MilestoneDetails",
    "PhaseDetails",
    "PhaseMoved",
    "Replan",
    "Replanned",
    "WorkstreamDetails",
    "accept_action",
    "achieve_milestone",
    "add_dependency",
    "add_milestone",
    "add_phase",
    "add_planned",
    "add_workstream",
    "build",
    "cancel_milestone",
    "check_decision",
    "close_phase",
    "decide_gate",
    "decline_action",
    "delete_milestone",
    "delete_phase",
    "edit_action",
    "edit_dependency",
    "edit_milestone",
    "edit_phase",
    "edit_phase_with_milestones",
    "edit_workstream",
    "forecast_milestone",
    "hand_over_promises",
    "hold_gate",
    "keep_action",
    "miss_action",
    "move_milestones",
    "order_phases",
    "override_gate",
    "promise_action",
    "rebaseline_milestone",
    "record_decision",
    "remove_dependency",
    "remove_workstream",
    "renegotiate_action",
    "renew_action",
    "reopen_action",
    "reopen_gate",
    "reopen_milestone",
    "reopen_phase",
    "replan_draft",
    "replan_milestone",
    "request_action",
    "reschedule_gate",
    "review_phase",
    "rework_phase",
    "schedule_gate",
    "set_predecessors",
    "start_phase",
    "stop_phase",
    "tell_engine",
    "undo_start",
    "withdraw_action",
]
