"""The addresses of assessments under /api/v1/."""

from django.urls import path

from assessments.api.views import results, templates

resources = [
    path("assessment-templates/", templates.TemplateList.as_view(), name="assessment-template-list"),
    path("assessment-templates/<str:ref>/", templates.TemplateItem.as_view(), name="assessment-template-item"),
    path("assessments/<str:ref>/results/", results.AssessmentResults.as_view(), name="assessment-results"),
]
