"""The addresses of what stands in programs under /api/v1/; those whose writes need the work stand under the roof."""

from django.urls import path

from programs.api.views import measurements, outcomes, programs

_OUTCOME_MOVES = {
    "agree": outcomes.OutcomeAgree,
    "begin": outcomes.OutcomeBegin,
    "realise": outcomes.OutcomeRealise,
    "miss": outcomes.OutcomeMiss,
    "withdraw": outcomes.OutcomeWithdraw,
    "reopen": outcomes.OutcomeReopen,
}

resources = [
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
    path("people/", programs.PersonList.as_view(), name="person-list"),
    path("people/<str:ref>/", programs.PersonItem.as_view(), name="person-item"),
]
