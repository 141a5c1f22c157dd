"""Addresses of the pages that join all apps."""

from django.urls import path

from backend.overview.views import (
    confidence,
    figures,
    my_work,
    program,
    programs,
)

app_name = "overview"
urlpatterns = [
    path("programs/", programs.programs, name="programs"),
    path("programs/<str:key>/", program.program, name="program"),
    path("programs/<str:key>/figures/", figures.figures, name="figures"),
    path("programs/<str:key>/confidence/", confidence.confidence, name="confidence"),
    path("my-work/", my_work.my_work, name="my_work"),
    path("my-work/pause/", my_work.pause_mail, name="pause_mail"),
    path("my-work/readings/<str:reference>/", my_work.record, name="record"),
]
