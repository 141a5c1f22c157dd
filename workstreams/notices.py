"""What is said at once to the people of an action item or a milestone when somebody says something about it."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.audit import registry as audit
from notifications import registry
from notifications import services as notifications
from workstreams.choices import ACTION, GATE, MILESTONE, GateDecision
from workstreams.models import ActionItem
from workstreams.queries.network import Push

REQUESTED = "action_requested"
PROMISED = "action_promised"
COUNTERED = "action_countered"
DECLINED = "action_declined"
DONE = "action_done"
KEPT = "action_kept"
MISSED = "action_missed"
RENEGOTIATED = "action_renegotiated"
WITHDRAWN = "action_withdrawn"
REOPENED = "action_reopened"
PUSHED = "milestone_pushed"
MANY_PUSHED = "milestones_pushed"
GATE_HELD = "gate_held"
# A kind for each decision, so that each is told in its reader's language.
GATE_DECISIONS = {decision: f"gate_{decision.value}" for decision in GateDecision}

_TYPES = (
    (REQUESTED, _("Asked to promise"), _("%(by)s asks you for this by %(due_on)s.")),
    (PROMISED, _("Promised"), _("%(by)s promises this for %(due_on)s.")),
    (
        COUNTERED,
        _("Promised for another day"),
        _("%(by)s promises this for %(due_on)s, another day than you asked for."),
    ),
    (DECLINED, _("Declined"), _("%(by)s declines this: %(note)s")),
    (DONE, _("Waits for your acceptance"), _("%(by)s says this is done, and asks you to accept it.")),
    (KEPT, _("Kept"), _("%(by)s says this promise is kept.")),
    (MISSED, _("Missed"), _("%(by)s says this promise was missed.")),
    (RENEGOTIATED, _("Another day"), _("%(by)s moved this promise to %(due_on)s.")),
    (WITHDRAWN, _("Withdrawn"), _("%(by)s took this request back.")),
    (REOPENED, _("Reopened"), _("%(by)s reopened this.")),
)


for _kind, _label, _sentence in _TYPES:
    registry.register_notice(registry.NoticeType(kind=_kind, label=_label, subject_kind=ACTION, sentence=_sentence))
registry.register_notice(
    registry.NoticeType(
        kind=PUSHED,
        label=_("Pushed by another milestone"),
        subject_kind=MILESTONE,
        sentence=_("%(by)s moved %(cause)s. This is expected on %(now_on)s now, no longer on %(was_on)s."),
    )
)
registry.register_notice(
    registry.NoticeType(
        kind=MANY_PUSHED,
        label=_("Pushed by another milestone"),
        subject_kind=MILESTONE,
        sentence=_(
            "%(by)s moved %(cause)s. This is expected on %(now_on)s now, no longer on %(was_on)s; "
            "%(more)s more of yours move with it."
        ),
    )
)
_GATE_TYPES = (
    (GATE_HELD, _("Gate to decide"), _("%(by)s held this review. It waits for your decision.")),
    (GATE_DECISIONS[GateDecision.PROCEED], _("Gate decided"), _("%(by)s decides to proceed: %(note)s")),
    (
        GATE_DECISIONS[GateDecision.PROCEED_WITH_CONDITIONS],
        _("Gate decided"),
        _("%(by)s decides to proceed with conditions: %(note)s"),
    ),
    (GATE_DECISIONS[GateDecision.REWORK], _("Gate decided"), _("%(by)s sends the phase back to rework: %(note)s")),
    (GATE_DECISIONS[GateDecision.HOLD], _("Gate decided"), _("%(by)s decides to hold here: %(note)s")),
    (GATE_DECISIONS[GateDecision.STOP], _("Gate decided"), _("%(by)s stops the phase: %(note)s")),
)
for _kind, _label, _sentence in _GATE_TYPES:
    registry.register_notice(registry.NoticeType(kind=_kind, label=_label, subject_kind=GATE, sentence=_sentence))


def tell(kind: str, item: ActionItem, *, to: Collection[int], by: User, at: dt.datetime) -> None:
    """Tell people what was said about an item; who said it is left out."""
    day = item.promised_for or item.requested_for
    notifications.notify(
        kind=kind,
        recipient_ids=to,
        subject_id=item.pk,
        scope_id=item.program_id,
        by=by,
        at=at,
        params={"by": str(by), "due_on": day.isoformat(), "note": item.note},
    )


def tell_requested(items: Iterable[ActionItem], *, by: User, at: dt.datetime) -> None:
    """Tell the performers of new items of one program what is asked of them, in one statement."""
    found = list(items)
    told = [
        notifications.Told(
            item.performer_id,
            item.pk,
            {"by": str(by), "due_on": item.requested_for.isoformat(), "note": item.note},
        )
        for item in found
    ]
    if found:
        notifications.notify_each(kind=REQUESTED, told=told, by=by, at=at, scope_id=found[0].program_id)


def tell_pushed(pushed: Iterable[Push], *, cause: str, program_id: int, by: User, at: dt.datetime) -> None:
    """Tell the owners of milestones that they are expected later now, each once; `cause` names what was moved."""
    mine: dict[int, list[Push]] = {}
    for push in pushed:
        if push.owner_id is not None and push.days > 0:
            mine.setdefault(push.owner_id, []).append(push)
    for kind, is_many in ((PUSHED, False), (MANY_PUSHED, True)):
        told = [
            _pushed(owner, first, len(more), cause, by)
            for owner, (first, *more) in sorted(mine.items())
            if bool(more) == is_many
        ]
        notifications.notify_each(kind=kind, told=told, by=by, at=at, scope_id=program_id)


def _pushed(owner_id: int, push: Push, more: int, cause: str, by: User) -> notifications.Told:
    days = {"was_on": push.before.isoformat(), "now_on": push.after.isoformat()}
    return notifications.Told(owner_id, push.milestone_id, {"by": str(by), "cause": cause, "more": more, **days})


# What is on record, in words.
audit.register_verbs(
    {
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
        "schedule_gate": _("%(by)s scheduled the gate review %(what)s"),
        "reschedule_gate": _("%(by)s moved the gate review %(what)s"),
        "hold_gate": _("%(by)s held the gate review %(what)s"),
        "reopen_gate": _("%(by)s says this gate review was not held: %(what)s"),
        "decide_gate": _("%(by)s decided the gate %(what)s"),
        "record_decision": _("%(by)s recorded the decision %(what)s"),
        "order_phases": _("%(by)s put the phases of %(what)s into another order"),
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
        "hand_over_action": _("%(by)s handed over %(what)s"),
    }
)
