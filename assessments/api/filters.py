"""What lists of assessments, and of what comes of them, are narrowed by."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.choices import (
    AssessmentState,
    DebriefState,
    FindingKind,
    PromptState,
    Purpose,
    RecommendationState,
    Urgency,
)
from core.api.filters import (
    CODE,
    KEY,
    DayFilter,
    KeyFilter,
    OneOfFilter,
    PatternFilter,
    PersonFilter,
    StrictFilterSet,
    YesNoFilter,
)


class SlugFilter(PatternFilter):
    """Versions of one template."""

    pattern = r"[a-z0-9-]{1,60}"
    words = _("The short name of a template, as in crm-best-practice.")


class TemplateFilter(StrictFilterSet):
    slug = SlugFilter("slug")
    is_built_in = YesNoFilter("is_built_in")


class AssessmentFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    state = OneOfFilter("state", AssessmentState.values)
    purpose = OneOfFilter("purpose", Purpose.values)
    facilitator = PersonFilter("facilitator")
    template = SlugFilter("template__slug")
    closes_before = DayFilter("closes_on", "lt", _("Answers are due before this day."))
    completed_after = DayFilter("completed_on", "gt", _("Completed after this day."))


class PromptFilter(StrictFilterSet):
    program = KeyFilter("program", example="ONE")
    state = OneOfFilter("state", PromptState.values)


class AssessmentCodeFilter(PatternFilter):
    """What belongs to one assessment, by its full code: `?assessment=ONE-T2`."""

    pattern = f"{KEY}-{CODE}"
    words = _("The code of an assessment with its program's key, as in ONE-T2.")

    def narrow(self, value: str) -> Q:
        key, _dash, code = value.partition("-")
        return Q(**{f"{self.field_name}__program__key": key, f"{self.field_name}__code": code})


class FindingFilter(StrictFilterSet):
    program = KeyFilter("assessment__program", example="ONE")
    assessment = AssessmentCodeFilter("assessment", example="ONE-T2")
    kind = OneOfFilter("kind", FindingKind.values)
    is_systemic = YesNoFilter("is_systemic")


class RecommendationFilter(StrictFilterSet):
    program = KeyFilter("assessment__program", example="ONE")
    assessment = AssessmentCodeFilter("assessment", example="ONE-T2")
    urgency = OneOfFilter("urgency", Urgency.values)
    state = OneOfFilter("state", RecommendationState.values)


class DebriefFilter(StrictFilterSet):
    program = KeyFilter("assessment__program", example="ONE")
    state = OneOfFilter("state", DebriefState.values)


class PartFilter(StrictFilterSet):
    program = KeyFilter("debrief__assessment__program", example="ONE")
    debrief = AssessmentCodeFilter("debrief__assessment", example="ONE-T2")
