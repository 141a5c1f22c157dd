"""The addresses of assessments under /api/v1/."""

from django.urls import path

from assessments.api.views import answers, assessments, assessors, consensus, results, templates

_MOVES = {
    "open": assessments.AssessmentOpen,
    "withdraw": assessments.AssessmentWithdraw,
    "open-consensus": assessments.AssessmentOpenConsensus,
    "complete": assessments.AssessmentComplete,
    "reopen": assessments.AssessmentReopen,
    "review": assessments.AssessmentReview,
}

resources = [
    path("assessment-templates/", templates.TemplateList.as_view(), name="assessment-template-list"),
    path("assessment-templates/<str:ref>/", templates.TemplateItem.as_view(), name="assessment-template-item"),
    path("assessments/<str:ref>/results/", results.AssessmentResults.as_view(), name="assessment-results"),
    path("assessments/", assessments.AssessmentList.as_view(), name="assessment-list"),
    path("assessments/<str:ref>/", assessments.AssessmentItem.as_view(), name="assessment-item"),
    *(
        path(f"assessments/<str:ref>/{move}/", view.as_view(), name=f"assessment-{move.replace('-', '_')}")
        for move, view in _MOVES.items()
    ),
    path("assessments/<str:ref>/submit/", answers.AnswerSubmit.as_view(), name="assessment-submit"),
    path("assessments/<str:ref>/answers/", answers.AnswerForm.as_view(), name="assessment-answers"),
    path("assessments/<str:ref>/answers/<str:criterion>/", answers.AnswerItem.as_view(), name="assessment-answer"),
    path("assessments/<str:ref>/assessors/", assessors.AssessorList.as_view(), name="assessor-list"),
    path("assessments/<str:ref>/assessors/<int:assessor>/", assessors.AssessorItem.as_view(), name="assessor-item"),
    path("assessments/<str:ref>/consensus/", consensus.ConsensusList.as_view(), name="assessment-consensus"),
    path("assessments/<str:ref>/consensus/<str:criterion>/", consensus.ConsensusItem.as_view(), name="consensus-item"),
]
