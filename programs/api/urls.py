"""The addresses of programs and what stands in them, under /api/v1/."""

from django.urls import path

from programs.api.views import measurements, memberships, outcomes, people, programs, templates

_PROGRAM_MOVES = {
    "activate": programs.ProgramActivate,
    "deactivate": programs.ProgramDeactivate,
    "pause": programs.ProgramPause,
    "resume": programs.ProgramResume,
    "close": programs.ProgramClose,
    "stop": programs.ProgramStop,
    "reopen": programs.ProgramReopen,
    "deputy": programs.ProgramDeputy,
    "manager": programs.ProgramManager,
}
_OUTCOME_MOVES = {
    "agree": outcomes.OutcomeAgree,
    "begin": outcomes.OutcomeBegin,
    "realise": outcomes.OutcomeRealise,
    "miss": outcomes.OutcomeMiss,
    "withdraw": outcomes.OutcomeWithdraw,
    "reopen": outcomes.OutcomeReopen,
}

resources = [
    path("programs/", programs.ProgramList.as_view(), name="program-list"),
    path("programs/<str:ref>/", programs.ProgramItem.as_view(), name="program-item"),
    *(
        path(f"programs/<str:ref>/{move}/", view.as_view(), name=f"program-{move}")
        for move, view in _PROGRAM_MOVES.items()
    ),
    path("program-templates/", templates.TemplateList.as_view(), name="program-template-list"),
    path("program-templates/<str:template>/", templates.TemplateItem.as_view(), name="program-template-item"),
    path("memberships/", memberships.MembershipList.as_view(), name="membership-list"),
    path("memberships/<str:ref>/", memberships.MembershipItem.as_view(), name="membership-item"),
    path("memberships/<str:ref>/remove/", memberships.MembershipRemove.as_view(), name="membership-remove"),
    path("memberships/<str:ref>/link/", memberships.MembershipLink.as_view(), name="membership-link"),
    path("outcomes/", outcomes.OutcomeList.as_view(), name="outcome-list"),
    path("outcomes/<str:ref>/", outcomes.OutcomeItem.as_view(), name="outcome-item"),
    *(
        path(f"outcomes/<str:ref>/{move}/", view.as_view(), name=f"outcome-{move}")
        for move, view in _OUTCOME_MOVES.items()
    ),
    path("measures/", outcomes.MeasureList.as_view(), name="measure-list"),
    path("measures/<str:ref>/", outcomes.MeasureItem.as_view(), name="measure-item"),
    path("measurements/", measurements.MeasurementList.as_view(), name="measurement-list"),
    path("measurements/<str:ref>/", measurements.MeasurementItem.as_view(), name="measurement-item"),
    path("measurements/<str:ref>/correct/", measurements.MeasurementCorrect.as_view(), name="measurement-correct"),
    path("people/", people.PersonList.as_view(), name="person-list"),
    path("people/<str:ref>/", people.PersonItem.as_view(), name="person-item"),
]
