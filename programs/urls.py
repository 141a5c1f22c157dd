"""Addresses of programs: what they are for, and who is in them."""

from django.urls import path

from programs.views import measures, outcomes, readings

app_name = "programs"
urlpatterns = [
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
