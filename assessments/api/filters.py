"""What lists of assessments are narrowed by."""

from django.utils.translation import gettext_lazy as _

from core.api.filters import PatternFilter, StrictFilterSet, YesNoFilter


class SlugFilter(PatternFilter):
    """Versions of one template."""

    pattern = r"[a-z0-9-]{1,60}"
    words = _("The short name of a template, as in crm-best-practice.")


class TemplateFilter(StrictFilterSet):
    slug = SlugFilter("slug")
    is_built_in = YesNoFilter("is_built_in")
