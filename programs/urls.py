"""Addresses of programs: what they are for, and who is in them."""

from django.urls import path

from programs.views import measures, outcomes, people, programs, readings, reminders, templates

app_name = "programs"
urlpatterns = [
    path("programs/new/", programs.create_program, name="create_program"),
    path("programs/<str:key>/edit/", programs.edit_program, name="edit_program"),
    path("programs/<str:key>/template/", templates.save_template, name="save_template"),
    path("programs/<str:key>/template/<int:pk>/delete/", templates.delete_template, name="delete_template"),
    path("programs/<str:key>/moves/<str:move>/", programs.program_move, name="program_move"),
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
]
