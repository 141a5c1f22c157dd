"""Addresses of the program file."""

from django.urls import path

from backend.programfile import views

app_name = "programfile"
urlpatterns = [
    path("programs/load/", views.upload, name="upload"),
    path("programs/load/<uuid:upload_id>/", views.preview, name="preview"),
    path("programs/load/<uuid:upload_id>/progress/", views.progress, name="progress"),
    path("programs/<str:key>/export/", views.export, name="export"),
]
