"""The addresses of programs under /api/v1/."""

from django.urls import path

from programs.api import views

resources = [
    path("programs/", views.ProgramList.as_view(), name="program-list"),
    path("programs/<str:ref>/", views.ProgramItem.as_view(), name="program-item"),
    path("phases/", views.PhaseList.as_view(), name="phase-list"),
    path("phases/<str:ref>/", views.PhaseItem.as_view(), name="phase-item"),
    path("outcomes/", views.OutcomeList.as_view(), name="outcome-list"),
    path("outcomes/<str:ref>/", views.OutcomeItem.as_view(), name="outcome-item"),
    path("measures/", views.MeasureList.as_view(), name="measure-list"),
    path("measures/<str:ref>/", views.MeasureItem.as_view(), name="measure-item"),
    path("measurements/", views.MeasurementList.as_view(), name="measurement-list"),
    path("measurements/<str:ref>/", views.MeasurementItem.as_view(), name="measurement-item"),
    path("people/", views.PersonList.as_view(), name="person-list"),
    path("people/<str:ref>/", views.PersonItem.as_view(), name="person-item"),
]
