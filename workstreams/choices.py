"""The states, kinds and reasons of the work in a program, and the legal moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import Machine, move
from programs.choices import PhaseStatus

# How the trail and the reminder engine name the kinds of things in a program's work, as in "milestone:417".
MILESTONE = "milestone"
ACTION = "action"
GATE = "gate"


class Discipline(TextChoices):
    PROJECT = "project", _("Project management")
    CHANGE = "change", _("Change management")


PHASE_MOVES = Machine(
    PhaseStatus,
    starts=[PhaseStatus.PLANNED],
    moves={
        "start": move(PhaseStatus.PLANNED, to=PhaseStatus.ACTIVE),
        "undo_start": move(PhaseStatus.ACTIVE, to=PhaseStatus.PLANNED),
        "review": move(PhaseStatus.ACTIVE, to=PhaseStatus.IN_REVIEW),
        "rework": move(PhaseStatus.IN_REVIEW, to=PhaseStatus.ACTIVE),
        "close": move(PhaseStatus.ACTIVE, PhaseStatus.IN_REVIEW, to=PhaseStatus.CLOSED),
        "stop": move(PhaseStatus.PLANNED, PhaseStatus.ACTIVE, PhaseStatus.IN_REVIEW, to=PhaseStatus.STOPPED),
        "reopen": move(PhaseStatus.CLOSED, PhaseStatus.STOPPED, to=PhaseStatus.ACTIVE),
    },
)


class MilestoneState(TextChoices):
    PLANNED = "planned", _("Planned")
    ACHIEVED = "achieved", _("Achieved")
    CANCELLED = "cancelled", _("Cancelled")


MILESTONE_MOVES = Machine(
    MilestoneState,
    starts=[MilestoneState.PLANNED],
    moves={
        "achieve": move(MilestoneState.PLANNED, to=MilestoneState.ACHIEVED),
        "forecast": move(MilestoneState.PLANNED, to=MilestoneState.PLANNED),
        "rebaseline": move(MilestoneState.PLANNED, to=MilestoneState.PLANNED),
        "cancel": move(MilestoneState.PLANNED, to=MilestoneState.CANCELLED),
        "reopen": move(MilestoneState.ACHIEVED, MilestoneState.CANCELLED, to=MilestoneState.PLANNED),
    },
)


class GateState(TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    HELD = "held", _("Held")
    DECIDED = "decided", _("Decided")


GATE_MOVES = Machine(
    GateState,
    starts=[GateState.SCHEDULED],
    moves={
        "reschedule": move(GateState.SCHEDULED, to=GateState.SCHEDULED),
        # What was held may be corrected until it is decided.
        "hold": move(GateState.SCHEDULED, GateState.HELD, to=GateState.HELD),
        "decide": move(GateState.HELD, to=GateState.DECIDED),
        "reopen": move(GateState.HELD, to=GateState.SCHEDULED),
    },
)


class GateDecision(TextChoices):
    PROCEED = "proceed", _("Proceed")
    PROCEED_WITH_CONDITIONS = "proceed_with_conditions", _("Proceed with conditions")
    REWORK = "rework", _("Rework")
    HOLD = "hold", _("Hold")
    STOP = "stop", _("Stop")


# After these the phase goes on, and is reviewed again.
DECISIONS_TO_REVIEW_AGAIN = (GateDecision.REWORK, GateDecision.HOLD)
# What is said, in place of a phase, of open milestones that are given up as their phase closes.
CANCEL_THEM = "cancel"
# The decisions that open the next phase.
DECISIONS_THAT_LET_PASS = (GateDecision.PROCEED, GateDecision.PROCEED_WITH_CONDITIONS)
# The move of the phase that a decision makes, where its state allows it; to hold leaves the phase in review.
DECISION_MOVES: dict[GateDecision, str] = {
    GateDecision.PROCEED: "close",
    GateDecision.PROCEED_WITH_CONDITIONS: "close",
    GateDecision.REWORK: "rework",
    GateDecision.STOP: "stop",
}


class Check(TextChoices):
    """What the checklist of a gate asks, in its order."""

    MEASURED = "measured", _("Outcomes measured")
    FRESH = "fresh", _("Readings fresh")
    ON_TRACK = "on_track", _("Outcomes on track")
    PROJECT = "project", _("Project milestones")
    CHANGE = "change", _("Change milestones")
    PROMISES = "promises", _("Action items")
    RISKS = "risks", _("Issues and risks")
    MONEY = "money", _("Money")


class ActionState(TextChoices):
    REQUESTED = "requested", _("Requested")
    COMMITTED = "committed", _("Committed")
    DECLINED = "declined", _("Declined")
    KEPT = "kept", _("Kept")
    MISSED = "missed", _("Missed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_ACTIONS = (ActionState.REQUESTED, ActionState.COMMITTED)
# The states whose date was promised: what counts as a commitment.
PROMISED_ACTIONS = (ActionState.COMMITTED, ActionState.KEPT, ActionState.MISSED)

# Reopening goes back to the state before, which the item's history tells: to requested for a declined one.
ACTION_MOVES = Machine(
    ActionState,
    starts=[ActionState.REQUESTED],
    moves={
        "promise": move(ActionState.REQUESTED, to=ActionState.COMMITTED),
        "decline": move(ActionState.REQUESTED, to=ActionState.DECLINED),
        "keep": move(ActionState.COMMITTED, to=ActionState.KEPT),
        "accept": move(ActionState.COMMITTED, to=ActionState.KEPT),
        "miss": move(ActionState.COMMITTED, to=ActionState.MISSED),
        "renegotiate": move(ActionState.COMMITTED, to=ActionState.COMMITTED),
        "withdraw": move(*OPEN_ACTIONS, to=ActionState.WITHDRAWN),
        "renew": move(ActionState.MISSED, to=ActionState.MISSED),
        "reopen": move(
            ActionState.KEPT, ActionState.MISSED, ActionState.DECLINED, ActionState.WITHDRAWN, to=ActionState.COMMITTED
        ),
    },
)


class ActionMove(TextChoices):
    """What was said, as an item's history tells it."""

    REQUEST = "request", _("asked for it")
    PROMISE = "promise", _("promised it")
    DECLINE = "decline", _("declined it")
    KEEP = "keep", _("said it is done")
    ACCEPT = "accept", _("accepted it")
    MISS = "miss", _("said it was missed")
    RENEGOTIATE = "renegotiate", _("moved the promise")
    WITHDRAW = "withdraw", _("took it back")
    RENEW = "renew", _("renewed it")
    REOPEN = "reopen", _("reopened it")
    HAND_OVER = "hand_over", _("handed it over")


class ActionSource(TextChoices):
    MANUAL = "manual", _("Asked for")
    GATE = "gate", _("Gate review")
    ASSESSMENT = "assessment", _("Assessment")
    RAID = "raid", _("RAID entry")
    RENEWAL = "renewal", _("Renewal of a missed promise")


class MissReason(TextChoices):
    PREREQUISITE_MISSING = "prerequisite_missing", _("Something it needed was missing")
    WAITING_FOR_APPROVAL = "waiting_for_approval", _("Waiting for approval")
    COMPETING_PRIORITY = "competing_priority", _("Something else came first")
    UNCLEAR_REQUEST = "unclear_request", _("The request was unclear")
    NOT_ENOUGH_TIME = "not_enough_time", _("Not enough time")
    PEOPLE_UNAVAILABLE = "people_unavailable", _("People were unavailable")
    TECHNICAL_PROBLEM = "technical_problem", _("Technical problem")
    CHANGED_PLAN = "changed_plan", _("The plan changed")
    PARTNER_DELAY = "partner_delay", _("A partner was late")
    OTHER = "other", _("Another reason")


class RaidKind(TextChoices):
    RISK = "risk", _("Risk")
    ASSUMPTION = "assumption", _("Assumption")
    ISSUE = "issue", _("Issue")
    DEPENDENCY = "dependency", _("Dependency")
    DECISION = "decision", _("Decision")


class RaidState(TextChoices):
    OPEN = "open", _("Open")
    MITIGATING = "mitigating", _("Mitigating")
    CLOSED = "closed", _("Closed")


RAID_MOVES = Machine(
    RaidState,
    starts=[RaidState.OPEN],
    moves={
        "mitigate": move(RaidState.OPEN, to=RaidState.MITIGATING),
        "close": move(RaidState.OPEN, RaidState.MITIGATING, to=RaidState.CLOSED),
        "reopen": move(RaidState.CLOSED, to=RaidState.OPEN),
    },
)


class DecisionKind(TextChoices):
    """Where a line of the decision log comes from."""

    BASELINE = "baseline", _("New baseline")
    CONFIDENCE = "confidence", _("Delivery confidence")
    GATE = "gate", _("Gate")
    OVERRIDE = "override", _("Override of a gate")
    RECORDED = "recorded", _("Decision")
    TURN = "turn", _("Given up, stopped, taken up")
