"""Addresses of the pages that join all apps."""

from django.urls import path

from backend.overview.views import (
    confidence,
    figures,
    my_work,
    people,
    planning,
    program,
    programs,
    reminders,
)

app_name = "overview"
urlpatterns = [
    path("programs/", programs.programs, name="programs"),
    path("programs/new/", planning.create_program, name="create_program"),
    path("programs/<str:key>/", program.program, name="program"),
    path("programs/<str:key>/figures/", figures.figures, name="figures"),
    path("programs/<str:key>/confidence/", confidence.confidence, name="confidence"),
    path("programs/<str:key>/edit/", planning.edit_program, name="edit_program"),
    path("programs/<str:key>/template/", planning.save_template, name="save_template"),
    path("programs/<str:key>/template/<int:pk>/delete/", planning.delete_template, name="delete_template"),
    path("programs/<str:key>/moves/<str:move>/", planning.program_move, name="program_move"),
    path("programs/<str:key>/people/", people.people, name="people"),
    path("programs/<str:key>/people/invite/", people.invite, name="invite"),
    path("programs/<str:key>/people/deputy/", people.deputy, name="deputy"),
    path("programs/<str:key>/people/<int:pk>/", people.place, name="place"),
    path("programs/<str:key>/people/<int:pk>/link/", people.link, name="place_link"),
    path("programs/<str:key>/people/<int:pk>/manager/", people.manager, name="place_manager"),
    path("programs/<str:key>/people/<int:pk>/leave/", people.leave, name="leave"),
    path("programs/<str:key>/reminders/", reminders.reminders, name="reminders"),
    path("programs/<str:key>/reminders/start/", reminders.start, name="start_reminders"),
    path("programs/<str:key>/reminders/stop/", reminders.stop, name="stop_reminders"),
    path("my-work/", my_work.my_work, name="my_work"),
    path("my-work/pause/", my_work.pause_mail, name="pause_mail"),
    path("my-work/readings/<str:reference>/", my_work.record, name="record"),
]
