"""The addresses of the work under /api/v1/."""

from django.urls import path

from workstreams.api.views import actions, decisions, drafts, gates, milestones, phases, plan, pushes

_ACTION_MOVES = {
    "promise": actions.ActionPromise,
    "decline": actions.ActionDecline,
    "keep": actions.ActionKeep,
    "accept": actions.ActionAccept,
    "miss": actions.ActionMiss,
    "renegotiate": actions.ActionRenegotiate,
    "withdraw": actions.ActionWithdraw,
    "renew": actions.ActionRenew,
    "reopen": actions.ActionReopen,
}
_MILESTONE_MOVES = {
    "achieve": milestones.MilestoneAchieve,
    "forecast": milestones.MilestoneForecast,
    "rebaseline": milestones.MilestoneRebaseline,
    "cancel": milestones.MilestoneCancel,
    "reopen": milestones.MilestoneReopen,
}
_GATE_MOVES = {"hold": gates.GateHold, "reopen": gates.GateReopen, "decision": gates.GateDecision}
_PHASE_MOVES = {
    "start": phases.PhaseStart,
    "override": phases.PhaseOverride,
    "undo-start": phases.PhaseUnstart,
    "review": phases.PhaseReview,
    "rework": phases.PhaseRework,
    "close": phases.PhaseClose,
    "stop": phases.PhaseStop,
    "reopen": phases.PhaseReopen,
}

resources = [
    path("phases/", phases.PhaseList.as_view(), name="phase-list"),
    path("phases/order/", phases.PhaseOrder.as_view(), name="phase-order"),
    path("phases/<str:ref>/", phases.PhaseItem.as_view(), name="phase-item"),
    *(path(f"phases/<str:ref>/{move}/", view.as_view(), name=f"phase-{move}") for move, view in _PHASE_MOVES.items()),
    path("programs/<str:ref>/decisions/", decisions.ProgramDecisions.as_view(), name="program-decisions"),
    path("programs/<str:ref>/replan/", drafts.ProgramReplan.as_view(), name="program-replan"),
    path("gate-reviews/", gates.GateReviewList.as_view(), name="gate-review-list"),
    path("gate-reviews/<str:ref>/", gates.GateReviewItem.as_view(), name="gate-review-item"),
    *(
        path(f"gate-reviews/<str:ref>/{move}/", view.as_view(), name=f"gate-review-{move}")
        for move, view in _GATE_MOVES.items()
    ),
    path("workstreams/", plan.WorkstreamList.as_view(), name="workstream-list"),
    path("workstreams/<str:ref>/", plan.WorkstreamItem.as_view(), name="workstream-item"),
    path("milestones/", milestones.MilestoneList.as_view(), name="milestone-list"),
    path("milestones/move/", pushes.MilestonesMove.as_view(), name="milestone-move-many"),
    path("milestones/<str:ref>/", milestones.MilestoneItem.as_view(), name="milestone-item"),
    *(
        path(f"milestones/<str:ref>/{move}/", view.as_view(), name=f"milestone-{move}")
        for move, view in _MILESTONE_MOVES.items()
    ),
    path("milestones/<str:ref>/pushes/", pushes.MilestonePushes.as_view(), name="milestone-pushes"),
    path("dependencies/", plan.DependencyList.as_view(), name="dependency-list"),
    path("dependencies/<str:ref>/", plan.DependencyItem.as_view(), name="dependency-item"),
    path("action-items/", actions.ActionItemList.as_view(), name="action-item-list"),
    path("action-items/<str:ref>/", actions.ActionItemItem.as_view(), name="action-item-item"),
    *(
        path(f"action-items/<str:ref>/{move}/", view.as_view(), name=f"action-item-{move}")
        for move, view in _ACTION_MOVES.items()
    ),
    path("raid-entries/", plan.RaidEntryList.as_view(), name="raid-entry-list"),
    path("raid-entries/<str:ref>/", plan.RaidEntryItem.as_view(), name="raid-entry-item"),
]
