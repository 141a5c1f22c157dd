"""The pages of assessments."""

from django.urls import path

from assessments.views import (
    answers,
    assessments,
    assessors,
    consensus,
    debriefs,
    findings,
    prompts,
    recommendations,
    results,
    templates,
)

app_name = "assessments"

_TEMPLATE = "assessment-templates/<slug:slug>/<int:number>/"
_OF_PROGRAM = "programs/<str:key>/assessments/"
_STEP = "recommendations/<str:reference>/"
_ONE = "assessments/<str:reference>/"

urlpatterns = [
    path("assessment-templates/", templates.template_list, name="template_list"),
    path(_TEMPLATE, templates.template, name="template"),
    path(f"{_TEMPLATE}copy/", templates.template_copy, name="template_copy"),
    path(f"{_TEMPLATE}delete/", templates.template_delete, name="template_delete"),
    path(_OF_PROGRAM, assessments.program_assessments, name="program_assessments"),
    path(f"{_OF_PROGRAM}new/", assessments.prepare, name="prepare"),
    path("programs/<str:key>/assess-again/", prompts.assess_again, name="assess_again"),
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
    path(f"{_ONE}findings/", findings.findings, name="findings"),
    path(f"{_ONE}findings/new/", findings.add_finding, name="add_finding"),
    path("findings/<str:reference>/", findings.edit_finding, name="edit_finding"),
    path("findings/<str:reference>/delete/", findings.delete_finding, name="delete_finding"),
    path("findings/<str:reference>/recommend/", recommendations.recommend, name="recommend"),
    path(_STEP, recommendations.edit_recommendation, name="edit_recommendation"),
    path(f"{_STEP}accept/", recommendations.accept_recommendation, name="accept"),
    path(f"{_STEP}reject/", recommendations.reject_recommendation, name="reject"),
    path(f"{_STEP}reopen/", recommendations.reopen_recommendation, name="reopen"),
    path(f"{_STEP}delete/", recommendations.delete_recommendation, name="delete_recommendation"),
    path(f"{_ONE}debrief/", debriefs.debrief, name="debrief"),
    path(f"{_ONE}debrief.pdf", debriefs.debrief_pdf, name="debrief_pdf"),
    path(f"{_ONE}debrief/prepare/", debriefs.prepare_debrief, name="prepare_debrief"),
    path(f"{_ONE}debrief/plan/", debriefs.plan_debrief, name="plan_debrief"),
    path(f"{_ONE}debrief/notes/", debriefs.private_notes, name="private_notes"),
    path(f"{_ONE}debrief/parts/new/", debriefs.add_debrief_part, name="add_debrief_part"),
    path(f"{_ONE}debrief/parts/<int:pk>/", debriefs.debrief_part, name="debrief_part"),
    path(f"{_ONE}debrief/parts/<int:pk>/delete/", debriefs.delete_debrief_part, name="delete_debrief_part"),
    path(f"{_ONE}debrief/commit/", debriefs.commit_debrief, name="commit_debrief"),
    path(f"{_ONE}debrief/moves/<str:move>/", debriefs.move_debrief, name="move_debrief"),
]
