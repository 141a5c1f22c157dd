"""The addresses under /api/v1/ of what joins all apps."""

from django.urls import path

from backend.overview.api import members, programs, views

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

resources = [
    path("programs/", programs.ProgramList.as_view(), name="program-list"),
    path("programs/<str:ref>/", programs.ProgramItem.as_view(), name="program-item"),
    *(
        path(f"programs/<str:ref>/{move}/", view.as_view(), name=f"program-{move}")
        for move, view in _PROGRAM_MOVES.items()
    ),
    path("program-templates/", programs.TemplateList.as_view(), name="program-template-list"),
    path("program-templates/<str:template>/", programs.TemplateItem.as_view(), name="program-template-item"),
    path("memberships/", members.MembershipList.as_view(), name="membership-list"),
    path("memberships/<str:ref>/", members.MembershipItem.as_view(), name="membership-item"),
    path("memberships/<str:ref>/remove/", members.MembershipRemove.as_view(), name="membership-remove"),
    path("memberships/<str:ref>/link/", members.MembershipLink.as_view(), name="membership-link"),
    path("programs/<str:ref>/overview/", views.ProgramOverview.as_view(), name="program-overview"),
    path("programs/<str:ref>/confidence/", views.ProgramConfidence.as_view(), name="program-confidence"),
]
