"""Every write to the work of a program."""

from workstreams.services.actions import ActionRequest, edit_action, request_action
from workstreams.services.dependencies import add_dependency, edit_dependency, remove_dependency, set_predecessors
from workstreams.services.milestones import achieve_milestone, cancel_milestone, forecast_milestone, reopen_milestone
from workstreams.services.moving import move_milestones
from workstreams.services.planning import (
    MilestoneDetails,
    add_milestone,
    delete_milestone,
    edit_milestone,
    rebaseline_milestone,
)
from workstreams.services.programs import (
    activate_program,
    open_program,
    start_reminders,
    stop_reminders,
    tell_engine,
)
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
from workstreams.services.replanning import Replan, replan_milestone
from workstreams.services.workstreams import WorkstreamDetails, add_workstream, edit_workstream, remove_workstream

__all__ = [
    "ActionRequest",
    "MilestoneDetails",
    "Replan",
    "WorkstreamDetails",
    "accept_action",
    "achieve_milestone",
    "activate_program",
    "add_dependency",
    "add_milestone",
    "add_workstream",
    "cancel_milestone",
    "decline_action",
    "delete_milestone",
    "edit_action",
    "edit_dependency",
    "edit_milestone",
    "edit_workstream",
    "forecast_milestone",
    "keep_action",
    "miss_action",
    "move_milestones",
    "open_program",
    "promise_action",
    "rebaseline_milestone",
    "remove_dependency",
    "remove_workstream",
    "renegotiate_action",
    "renew_action",
    "reopen_action",
    "reopen_milestone",
    "replan_milestone",
    "request_action",
    "set_predecessors",
    "start_reminders",
    "stop_reminders",
    "tell_engine",
    "withdraw_action",
]
