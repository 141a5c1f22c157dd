"""Addresses of the pages that join all apps."""

from django.urls import path

from backend.overview.views import my_work, program, programs, registers, reminders

app_name = "overview"
urlpatterns = [
    path("programs/", programs.programs, name="programs"),
    path("programs/new/", programs.create_program, name="create_program"),
    path("programs/<str:key>/", program.program, name="program"),
    path("programs/<str:key>/lanes/", program.lanes, name="lanes"),
    path("programs/<str:key>/milestones/", registers.milestones, name="milestones"),
    path("programs/<str:key>/actions/", registers.actions, name="actions"),
    path("programs/<str:key>/gates/", registers.gates, name="gates"),
    path("programs/<str:key>/raid/", registers.raid, name="raid"),
    path("programs/<str:key>/people/", registers.people, name="people"),
    path("programs/<str:key>/reminders/", reminders.reminders, name="reminders"),
    path("programs/<str:key>/reminders/start/", reminders.start, name="start_reminders"),
    path("programs/<str:key>/reminders/stop/", reminders.stop, name="stop_reminders"),
    path("my-work/", my_work.my_work, name="my_work"),
    path("my-work/readings/<str:reference>/", my_work.record, name="record"),
]
