"""Every write to the work of a program."""

from workstreams.services.actions import ActionRequest, edit_action, request_action
from workstreams.services.milestones import (
    achieve_milestone,
    cancel_milestone,
    edit_milestone,
    forecast_milestone,
    reopen_milestone,
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

__all__ = [
    "ActionRequest",
    "accept_action",
    "achieve_milestone",
    "activate_program",
    "cancel_milestone",
    "decline_action",
    "edit_action",
    "edit_milestone",
    "forecast_milestone",
    "keep_action",
    "miss_action",
    "open_program",
    "promise_action",
    "renegotiate_action",
    "renew_action",
    "reopen_action",
    "reopen_milestone",
    "request_action",
    "start_reminders",
    "stop_reminders",
    "tell_engine",
    "withdraw_action",
]
