"""What lists of assessments are narrowed by."""

from django.utils.translation import gettext_lazy as _

from assessments.choices import AssessmentState, PromptState, Purpose
from core.api.filters import (
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
