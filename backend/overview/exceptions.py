"""What the pages that join all apps refuse, by name."""

from django.utils.translation import gettext_lazy as _

from core.exceptions import RuleBroken


class OverrideHasNoReason(RuleBroken):
    """A rating is stated that is not the computed one, and nobody says why."""

    code = "override_has_no_reason"
    sentence = _("The figures say otherwise (%(computed)s). Say why your rating is another one.")
