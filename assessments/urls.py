"""The pages of assessments."""

from django.urls import path

from assessments.views import templates

app_name = "assessments"

_ONE = "assessment-templates/<slug:slug>/<int:number>/"

urlpatterns = [
    path("assessment-templates/", templates.template_list, name="template_list"),
    path(_ONE, templates.template, name="template"),
    path(f"{_ONE}copy/", templates.template_copy, name="template_copy"),
    path(f"{_ONE}delete/", templates.template_delete, name="template_delete"),
]
