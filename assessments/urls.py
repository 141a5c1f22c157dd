"""The pages of assessments."""

from django.urls import path

from assessments.views import answers, assessments, assessors, consensus, results, templates

app_name = "assessments"

_TEMPLATE = "assessment-templates/<slug:slug>/<int:number>/"
_OF_PROGRAM = "programs/<str:key>/assessments/"
_ONE = "assessments/<str:reference>/"

urlpatterns = [
    path("assessment-templates/", templates.template_list, name="template_list"),
    path(_TEMPLATE, templates.template, name="template"),
    path(f"{_TEMPLATE}copy/", templates.template_copy, name="template_copy"),
    path(f"{_TEMPLATE}delete/", templates.template_delete, name="template_delete"),
    path(_OF_PROGRAM, assessments.program_assessments, name="program_assessments"),
    path(f"{_OF_PROGRAM}new/", assessments.prepare, name="prepare"),
    path(_ONE, assessments.assessment, name="assessment"),
    path(f"{_ONE}edit/", assessments.edit, name="edit"),
    path(f"{_ONE}delete/", assessments.delete, name="delete"),
    path(f"{_ONE}moves/<str:move>/", assessments.move, name="move"),
    path(f"{_ONE}assessors/", assessors.assessors, name="assessors"),
    path(f"{_ONE}assessors/<int:pk>/", assessors.assessor, name="assessor"),
    path(f"{_ONE}assessors/<int:pk>/remove/", assessors.remove_assessor, name="remove_assessor"),
    path(f"{_ONE}answer/", answers.answer, name="answer"),
    path(f"{_ONE}answer/submit/", answers.submit, name="submit"),
    path(f"{_ONE}answer/<str:criterion>/", answers.answer_question, name="answer_question"),
    path(f"{_ONE}blank/", answers.blank, name="blank"),
    path(f"{_ONE}consensus/", consensus.consensus, name="consensus"),
    path(f"{_ONE}consensus/<str:criterion>/", consensus.set_consensus, name="set_consensus"),
    path(f"{_ONE}results/", results.results, name="results"),
    path(f"{_ONE}answers.csv", results.answers_csv, name="answers_csv"),
    path(f"{_ONE}answers.xlsx", results.answers_xlsx, name="answers_xlsx"),
]
