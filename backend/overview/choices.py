"""The kinds of decisions that the log tells."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DecisionKind(TextChoices):
    """Where a line of the decision log comes from."""

    BASELINE = "baseline", _("New baseline")
    CONFIDENCE = "confidence", _("Delivery confidence")
    GATE = "gate", _("Gate")
    OVERRIDE = "override", _("Override of a gate")
    RECORDED = "recorded", _("Decision")
    TURN = "turn", _("Given up, stopped, taken up")
