"""Addresses of the pages that join all apps."""

from django.urls import path

from backend.overview.views import (
    confidence,
    decisions,
    figures,
    measures,
    my_work,
    outcomes,
    program,
    programs,
    readings,
    registers,
    reminders,
)

app_name = "overview"
urlpatterns = [
    path("programs/", programs.programs, name="programs"),
    path("programs/new/", programs.create_program, name="create_program"),
    path("programs/<str:key>/", program.program, name="program"),
    path("programs/<str:key>/lanes/", program.lanes, name="lanes"),
    path("programs/<str:key>/figures/", figures.figures, name="figures"),
    path("programs/<str:key>/confidence/", confidence.confidence, name="confidence"),
    path("programs/<str:key>/milestones/", registers.milestones, name="milestones"),
    path("programs/<str:key>/actions/", registers.actions, name="actions"),
    path("programs/<str:key>/gates/", registers.gates, name="gates"),
    path("programs/<str:key>/raid/", registers.raid, name="raid"),
    path("programs/<str:key>/decisions/", decisions.decisions, name="decisions"),
    path("programs/<str:key>/decisions/new/", decisions.record_decision, name="record_decision"),
    path("programs/<str:key>/people/", registers.people, name="people"),
    path("programs/<str:key>/reminders/", reminders.reminders, name="reminders"),
    path("programs/<str:key>/reminders/start/", reminders.start, name="start_reminders"),
    path("programs/<str:key>/reminders/stop/", reminders.stop, name="stop_reminders"),
    path("programs/<str:key>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("programs/<str:key>/outcomes/new/", outcomes.add_outcome, name="add_outcome"),
    path("programs/<str:key>/readings/", readings.paste_readings, name="paste_readings"),
    path("outcomes/<str:reference>/", outcomes.outcome, name="outcome"),
    path("outcomes/<str:reference>/edit/", outcomes.edit_outcome, name="edit_outcome"),
    path("outcomes/<str:reference>/delete/", outcomes.delete_outcome, name="delete_outcome"),
    path("outcomes/<str:reference>/measures/new/", measures.add_measure, name="add_measure"),
    path("outcomes/<str:reference>/moves/<str:move>/", outcomes.outcome_move, name="outcome_move"),
    path("measures/<str:reference>/", measures.measure, name="measure"),
    path("measures/<str:reference>/edit/", measures.edit_measure, name="edit_measure"),
    path("measures/<str:reference>/delete/", measures.delete_measure, name="delete_measure"),
    path("measures/<str:reference>/readings/", readings.record_reading, name="record_reading"),
    path("readings/<int:reference>/correct/", readings.correct_reading, name="correct_reading"),
    path("my-work/", my_work.my_work, name="my_work"),
    path("my-work/readings/<str:reference>/", my_work.record, name="record"),
]
