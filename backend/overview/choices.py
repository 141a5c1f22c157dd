"""The verbs of the audit trail in words, as a page tells what is new; the kinds of decisions that the log tells."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DecisionKind(TextChoices):
    """Where a line of the decision log comes from."""

    BASELINE = "baseline", _("New baseline")
    CONFIDENCE = "confidence", _("Delivery confidence")
    GATE = "gate", _("Gate")
    OVERRIDE = "override", _("Override of a gate")
    RECORDED = "recorded", _("Decision")
    TURN = "turn", _("Given up, stopped, taken up")


# %(by)s is a person, or what the product calls itself; %(what)s is what it was done to.
TOLD: dict[str, Any] = {
    "add_finding": _("%(by)s wrote down %(what)s"),
    "edit_finding": _("%(by)s edited %(what)s"),
    "delete_finding": _("%(by)s took back %(what)s"),
    "add_recommendation": _("%(by)s recommended %(what)s"),
    "edit_recommendation": _("%(by)s edited %(what)s"),
    "delete_recommendation": _("%(by)s took back %(what)s"),
    "accept_recommendation": _("%(by)s accepted %(what)s"),
    "reject_recommendation": _("%(by)s rejected %(what)s"),
    "reopen_recommendation": _("%(by)s reopened %(what)s"),
    "prepare_debrief": _("%(by)s prepared the debrief of %(what)s"),
    "plan_debrief": _("%(by)s planned the debrief of %(what)s"),
    **dict.fromkeys(
        [f"{verb}_part_of_debrief" for verb in ("edit", "rewrite", "add", "delete")],
        _("%(by)s edited the debrief of %(what)s"),
    ),
    "brief_sponsor_for_debrief": _("%(by)s briefed the sponsor on %(what)s"),
    "undo_briefing_for_debrief": _("%(by)s undid the briefing on %(what)s"),
    "hold_debrief": _("%(by)s held the debrief of %(what)s"),
    "undo_holding_debrief": _("%(by)s undid that the debrief of %(what)s was held"),
    "commit_debrief": _("%(by)s recorded how the debrief of %(what)s ended"),
    "reopen_debrief": _("%(by)s reopened the debrief of %(what)s"),
    "request_action": _("%(by)s asked for %(what)s"),
    "promise_action": _("%(by)s promised %(what)s"),
    "decline_action": _("%(by)s declined %(what)s"),
    "keep_action": _("%(by)s kept %(what)s"),
    "accept_action": _("%(by)s accepted %(what)s"),
    "miss_action": _("%(by)s missed %(what)s"),
    "renegotiate_action": _("%(by)s agreed on another day for %(what)s"),
    "withdraw_action": _("%(by)s took back %(what)s"),
    "renew_action": _("%(by)s renewed %(what)s"),
    "reopen_action": _("%(by)s reopened %(what)s"),
    "edit_action": _("%(by)s edited %(what)s"),
    "achieve_milestone": _("%(by)s reached %(what)s"),
    "forecast_milestone": _("%(by)s said another day for %(what)s"),
    "cancel_milestone": _("%(by)s gave up %(what)s"),
    "reopen_milestone": _("%(by)s reopened %(what)s"),
    "edit_milestone": _("%(by)s edited %(what)s"),
    "add_milestone": _("%(by)s added %(what)s"),
    "delete_milestone": _("%(by)s deleted %(what)s"),
    "rebaseline_milestone": _("%(by)s moved the baseline of %(what)s"),
    "add_dependency": _("%(by)s tied %(what)s together"),
    "edit_dependency": _("%(by)s changed the lag of %(what)s"),
    "remove_dependency": _("%(by)s untied %(what)s"),
    "add_workstream": _("%(by)s added %(what)s"),
    "edit_workstream": _("%(by)s edited %(what)s"),
    "remove_workstream": _("%(by)s removed %(what)s"),
    "add_outcome": _("%(by)s added %(what)s"),
    "edit_outcome": _("%(by)s edited %(what)s"),
    "delete_outcome": _("%(by)s deleted %(what)s"),
    "agree_outcome": _("%(by)s agreed %(what)s"),
    "begin_outcome": _("%(by)s says this begins to show: %(what)s"),
    "realise_outcome": _("%(by)s says this is realised: %(what)s"),
    "miss_outcome": _("%(by)s says this was missed: %(what)s"),
    "withdraw_outcome": _("%(by)s withdrew %(what)s"),
    "reopen_outcome": _("%(by)s reopened %(what)s"),
    "add_measure": _("%(by)s added %(what)s"),
    "edit_measure": _("%(by)s edited %(what)s"),
    "delete_measure": _("%(by)s deleted %(what)s"),
    "record_measurement": _("%(by)s recorded a reading of %(what)s"),
    "correct_measurement": _("%(by)s corrected a reading of %(what)s"),
    "schedule_gate": _("%(by)s scheduled the gate review %(what)s"),
    "reschedule_gate": _("%(by)s moved the gate review %(what)s"),
    "hold_gate": _("%(by)s held the gate review %(what)s"),
    "reopen_gate": _("%(by)s says this gate review was not held: %(what)s"),
    "decide_gate": _("%(by)s decided the gate %(what)s"),
    "record_decision": _("%(by)s recorded the decision %(what)s"),
    "create_program": _("%(by)s made %(what)s"),
    "confirm_confidence": _("%(by)s confirmed the delivery confidence of %(what)s"),
    "override_confidence": _("%(by)s overrode the delivery confidence of %(what)s"),
    "activate_program": _("%(by)s made %(what)s active"),
    "deactivate_program": _("%(by)s made %(what)s a draft again"),
    "edit_program": _("%(by)s changed %(what)s"),
    "plan_program": _("%(by)s planned %(what)s from a template or another program"),
    "pause_program": _("%(by)s paused %(what)s"),
    "resume_program": _("%(by)s resumed %(what)s"),
    "close_program": _("%(by)s closed %(what)s"),
    "stop_program": _("%(by)s stopped %(what)s"),
    "reopen_program": _("%(by)s reopened %(what)s"),
    "change_sponsor": _("%(by)s changed the sponsor of %(what)s"),
    "name_deputy": _("%(by)s changed the deputy of %(what)s"),
    "name_manager": _("%(by)s changed the manager of %(what)s"),
    "order_phases": _("%(by)s put the phases of %(what)s into another order"),
    "save_template": _("%(by)s saved a template: %(what)s"),
    "delete_template": _("%(by)s deleted a template: %(what)s"),
    "add_phase": _("%(by)s added %(what)s"),
    "edit_phase": _("%(by)s changed %(what)s"),
    "delete_phase": _("%(by)s deleted %(what)s"),
    "start_phase": _("%(by)s started %(what)s"),
    "override_phase": _("%(by)s started %(what)s although the gate before it was closed"),
    "undo_start_phase": _("%(by)s undid the start of %(what)s"),
    "review_phase": _("%(by)s sent %(what)s to its review"),
    "rework_phase": _("%(by)s took %(what)s back from its review"),
    "close_phase": _("%(by)s closed %(what)s"),
    "stop_phase": _("%(by)s stopped %(what)s"),
    "reopen_phase": _("%(by)s reopened %(what)s"),
    "invite_member": _("%(by)s invited somebody: %(what)s"),
    "change_member": _("%(by)s gave another role: %(what)s"),
    "remove_member": _("%(by)s took somebody out: %(what)s"),
    "hand_over_action": _("%(by)s handed over %(what)s"),
    "load_program_file": _("%(by)s loaded %(what)s from a file"),
    "reminders_started": _("%(by)s started the reminders of %(what)s"),
    "reminders_stopped": _("%(by)s stopped the reminders of %(what)s"),
    "reminder_rules_saved": _("%(by)s changed the reminder rules of %(what)s"),
}
OTHERWISE = _("%(by)s changed %(what)s")
PRODUCT = _("The product")
