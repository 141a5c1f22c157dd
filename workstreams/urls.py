"""Addresses of the pages of the work."""

from django.urls import path

from workstreams.views import (
    actions,
    decisions,
    gates,
    lanes,
    milestones,
    paste,
    phases,
    plan,
    registers,
    workstreams,
)

app_name = "workstreams"
urlpatterns = [
    path("programs/<str:key>/phases/", phases.phases, name="phases"),
    path("programs/<str:key>/phases/new/", phases.add_phase, name="add_phase"),
    path("programs/<str:key>/phases/<str:code>/", phases.phase, name="phase"),
    path("programs/<str:key>/phases/<str:code>/edit/", phases.edit_phase, name="edit_phase"),
    path("programs/<str:key>/phases/<str:code>/delete/", phases.delete_phase, name="delete_phase"),
    path("programs/<str:key>/phases/<str:code>/moves/<str:move>/", phases.phase_move, name="phase_move"),
    path("programs/<str:key>/lanes/", lanes.lanes, name="lanes"),
    path("programs/<str:key>/milestones/", registers.milestones, name="milestones"),
    path("programs/<str:key>/actions/", registers.actions, name="actions"),
    path("programs/<str:key>/gates/", registers.gates, name="gates"),
    path("programs/<str:key>/raid/", registers.raid, name="raid"),
    path("programs/<str:key>/decisions/", decisions.decisions, name="decisions"),
    path("programs/<str:key>/decisions/new/", decisions.record_decision, name="record_decision"),
    path("programs/<str:key>/actions/new/", actions.request_action, name="request_action"),
    path("actions/<str:reference>/", actions.action, name="action"),
    path("actions/<str:reference>/undo/", actions.action_undo, name="action_undo"),
    path("actions/<str:reference>/<str:move>/", actions.action_move, name="action_move"),
    path("programs/<str:key>/plan/", plan.plan, name="plan"),
    path("programs/<str:key>/plan/add/", plan.add_milestone, name="add_milestone"),
    path("programs/<str:key>/plan/move/", plan.move_milestones, name="move_milestones"),
    path("programs/<str:key>/plan/paste/", paste.paste, name="paste"),
    path("programs/<str:key>/workstreams/", workstreams.workstreams, name="workstreams"),
    path("workstreams/<str:reference>/", workstreams.workstream, name="workstream"),
    path("workstreams/<str:reference>/remove/", workstreams.remove_workstream, name="remove_workstream"),
    path("milestones/<str:reference>/", milestones.milestone, name="milestone"),
    path("milestones/<str:reference>/row/", plan.plan_row, name="plan_row"),
    path("milestones/<str:reference>/pushes/", plan.milestone_pushes, name="milestone_pushes"),
    path("milestones/<str:reference>/undo/", milestones.milestone_undo, name="milestone_undo"),
    path("milestones/<str:reference>/<str:move>/", milestones.milestone_move, name="milestone_move"),
    path("programs/<str:key>/gates/new/", gates.schedule_gate, name="schedule_gate"),
    path("gates/<str:reference>/", gates.gate, name="gate"),
    path("gates/<str:reference>/pack/", gates.gate_pack, name="gate_pack"),
    path("gates/<str:reference>/decision/", gates.decide_gate, name="decide_gate"),
    path("gates/<str:reference>/<str:move>/", gates.gate_move, name="gate_move"),
]
