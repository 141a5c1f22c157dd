"""The addresses under /api/v1/ of what joins all apps."""

from django.urls import path

from backend.overview.api import views

resources = [
    path("programs/<str:ref>/overview/", views.ProgramOverview.as_view(), name="program-overview"),
    path("programs/<str:ref>/confidence/", views.ProgramConfidence.as_view(), name="program-confidence"),
    path("people/me/asks/", views.Asks.as_view(), name="asks"),
]
