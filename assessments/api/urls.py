"""The addresses of assessments under /api/v1/."""

from django.urls import path

from assessments.api.views import (
    answers,
    assessments,
    assessors,
    consensus,
    debriefs,
    findings,
    prompts,
    results,
    templates,
)

_MOVES = {
    "open": assessments.AssessmentOpen,
    "withdraw": assessments.AssessmentWithdraw,
    "open-consensus": assessments.AssessmentOpenConsensus,
    "complete": assessments.AssessmentComplete,
    "reopen": assessments.AssessmentReopen,
    "review": assessments.AssessmentReview,
}

_RECOMMENDATION_MOVES = {
    "accept": findings.RecommendationAccept,
    "reject": findings.RecommendationReject,
    "reopen": findings.RecommendationReopen,
}
_DEBRIEF_MOVES = {
    "brief-sponsor": debriefs.DebriefBrief,
    "hold": debriefs.DebriefHold,
    "commit": debriefs.DebriefCommit,
    "undo-briefing": debriefs.DebriefUndoBriefing,
    "undo-holding": debriefs.DebriefUndoHolding,
    "reopen": debriefs.DebriefReopen,
}
_FOUND = [
    path("findings/", findings.FindingList.as_view(), name="finding-list"),
    path("findings/<str:ref>/", findings.FindingItem.as_view(), name="finding-item"),
    path("recommendations/", findings.RecommendationList.as_view(), name="recommendation-list"),
    path("recommendations/<str:ref>/", findings.RecommendationItem.as_view(), name="recommendation-item"),
    *(
        path(f"recommendations/<str:ref>/{move}/", view.as_view(), name=f"recommendation-{move}")
        for move, view in _RECOMMENDATION_MOVES.items()
    ),
    path("debriefs/", debriefs.DebriefList.as_view(), name="debrief-list"),
    path("debriefs/<str:ref>/", debriefs.DebriefItem.as_view(), name="debrief-item"),
    *(
        path(f"debriefs/<str:ref>/{move}/", view.as_view(), name=f"debrief-{move}")
        for move, view in _DEBRIEF_MOVES.items()
    ),
    path("debriefs/<str:ref>/private-notes/", debriefs.DebriefNotes.as_view(), name="debrief-private-notes"),
    path("debrief-parts/", debriefs.DebriefPartList.as_view(), name="debrief-part-list"),
    path("debrief-parts/<str:ref>/", debriefs.DebriefPartItem.as_view(), name="debrief-part-item"),
]

resources = [
    *_FOUND,
    path("assessment-templates/", templates.TemplateList.as_view(), name="assessment-template-list"),
    path("assessment-templates/<str:ref>/", templates.TemplateItem.as_view(), name="assessment-template-item"),
    path("assessment-prompts/", prompts.PromptList.as_view(), name="assessment-prompt-list"),
    path("assessment-prompts/<str:ref>/", prompts.PromptItem.as_view(), name="assessment-prompt-item"),
    path("assessment-prompts/<str:ref>/dismiss/", prompts.PromptDismiss.as_view(), name="assessment-prompt-dismiss"),
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
