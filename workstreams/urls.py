"""Addresses of the pages of the work."""

from django.urls import path

from workstreams.views import actions, gates, milestones

app_name = "workstreams"
urlpatterns = [
    path("programs/<str:key>/actions/new/", actions.request_action, name="request_action"),
    path("actions/<str:reference>/", actions.action, name="action"),
    path("actions/<str:reference>/undo/", actions.action_undo, name="action_undo"),
    path("actions/<str:reference>/<str:move>/", actions.action_move, name="action_move"),
    path("milestones/<str:reference>/", milestones.milestone, name="milestone"),
    path("milestones/<str:reference>/undo/", milestones.milestone_undo, name="milestone_undo"),
    path("milestones/<str:reference>/<str:move>/", milestones.milestone_move, name="milestone_move"),
    path("programs/<str:key>/gates/new/", gates.schedule_gate, name="schedule_gate"),
    path("gates/<str:reference>/", gates.gate, name="gate"),
    path("gates/<str:reference>/pack/", gates.gate_pack, name="gate_pack"),
    path("gates/<str:reference>/decision/", gates.decide_gate, name="decide_gate"),
    path("gates/<str:reference>/<str:move>/", gates.gate_move, name="gate_move"),
]
