"""The addresses of assessments under /api/v1/."""

from django.urls import path

from assessments.api.views import templates

resources = [
    path("assessment-templates/", templates.TemplateList.as_view(), name="assessment-template-list"),
    path("assessment-templates/<str:ref>/", templates.TemplateItem.as_view(), name="assessment-template-item"),
]
