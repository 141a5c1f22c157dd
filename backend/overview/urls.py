"""Addresses of the pages that join all apps."""

from django.urls import path

from backend.overview.views import my_work

app_name = "overview"
urlpatterns = [
    path("my-work/", my_work.my_work, name="my_work"),
    path("my-work/readings/<str:reference>/", my_work.record, name="record"),
]
