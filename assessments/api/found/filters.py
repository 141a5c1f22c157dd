"""What lists of findings, recommendations and debriefs are narrowed by."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import DebriefState, FindingKind, RecommendationState, Urgency
from core.api.filters import CODE, KEY, KeyFilter, OneOfFilter, PatternFilter, StrictFilterSet, YesNoFilter


class AssessmentFilter(PatternFilter):
    """What belongs to one assessment, by its full code: `?assessment=ONE-T2`."""

    pattern = f"{KEY}-{CODE}"
    words = _("The code of an assessment with its program's key, as in ONE-T2.")

    def narrow(self, value: str) -> Q:
        key, _dash, code = value.partition("-")
        return Q(**{f"{self.field_name}__program__key": key, f"{self.field_name}__code": code})


class FindingFilter(StrictFilterSet):
    program = KeyFilter("assessment__program", example="ONE")
    assessment = AssessmentFilter("assessment", example="ONE-T2")
    kind = OneOfFilter("kind", FindingKind.values)
    is_systemic = YesNoFilter("is_systemic")


class RecommendationFilter(StrictFilterSet):
    program = KeyFilter("assessment__program", example="ONE")
    assessment = AssessmentFilter("assessment", example="ONE-T2")
    urgency = OneOfFilter("urgency", Urgency.values)
    state = OneOfFilter("state", RecommendationState.values)


class DebriefFilter(StrictFilterSet):
    program = KeyFilter("assessment__program", example="ONE")
    state = OneOfFilter("state", DebriefState.values)


class PartFilter(StrictFilterSet):
    program = KeyFilter("debrief__assessment__program", example="ONE")
    debrief = AssessmentFilter("debrief__assessment", example="ONE-T2")
