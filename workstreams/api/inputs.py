"""What the API takes about the work: a request, the changes of one, and a body for each move."""

from rest_framework import serializers as fields

from core.api.fields import (
    CodeReferenceField,
    PersonField,
    ProgramField,
    StrictCharField,
)
from core.api.inputs import example
from core.api.serializers import StrictSerializer
from core.models import LONGEST_DETAIL, LONGEST_REASON
from programs.choices import Rating
from workstreams.api import serializers
from workstreams.choices import GateDecision


@example({"program": "ONE", "phase": "ONE-PH4", "planned_on": "2027-07-29"})
class GateRequest(StrictSerializer):
    """Schedule a review at the end of a phase."""

    program = ProgramField()
    phase = CodeReferenceField()
    planned_on = fields.DateField()


@example({"planned_on": "2027-01-21", "reason": "The board meets a week later."})
class GateChange(StrictSerializer):
    """Another day for a review that was not held, and why."""

    shown = serializers.GateReviewWhole

    planned_on = fields.DateField()
    reason = StrictCharField(max_length=LONGEST_REASON, help_text="Why, where the day changes.")


@example({"rating": "amber", "held_on": "2027-01-14", "findings": "The pilot works; two rules are not removed."})
class Hold(StrictSerializer):
    """How a review went; held today by default."""

    rating = fields.ChoiceField(choices=Rating.choices)
    held_on = fields.DateField(required=False)
    findings = StrictCharField(max_length=LONGEST_DETAIL, allow_blank=True, required=False)


class ConditionInput(StrictSerializer):
    """What a decision asks for: of whom, by which day, in which workstream."""

    text = StrictCharField(max_length=LONGEST_REASON)
    performer = PersonField()
    requested_for = fields.DateField()
    workstream = CodeReferenceField()


@example({
    "decision": "proceed_with_conditions", "rationale": "The pilot taught what it could.",
    "conditions": [{
        "text": "Remove the last two rules", "performer": "luis.abara@harbourvale.example",
        "requested_for": "2027-02-12", "workstream": "ONE-W2",
    }],
})  # fmt: skip
class Decision(StrictSerializer):
    """What is decided, why, and on which conditions; each of these becomes an action item of its performer."""

    decision = fields.ChoiceField(choices=GateDecision.choices)
    rationale = StrictCharField(max_length=LONGEST_DETAIL)
    conditions = fields.ListField(child=ConditionInput(), max_length=20, required=False)
