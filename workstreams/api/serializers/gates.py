"""Gate reviews, with their conditions and their checklist."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import AddressField, CodeField, CodeReferenceField, PersonField, ProgramField, StrictCharField
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer, Row
from core.api.serializers import StrictSerializer
from core.api.shown import CodedShown
from core.models import LONGEST_DETAIL, LONGEST_REASON
from programs.choices import Rating
from workstreams import indicators, models
from workstreams.api.serializers.phases import LONGEST_PLACE, OPEN_MILESTONES
from workstreams.choices import GATE_MOVES, Check, GateDecision

MOST_CONDITIONS = 20
# What services take.
_WRITER = ("phase", "planned_on")


class Condition(serializers.Serializer[Any]):
    """What a decision to proceed asks for, and the action item that it became."""

    text = serializers.CharField(read_only=True)
    action_item = CodedShown(allow_null=True, read_only=True)


class GateReview(ResourceSerializer):
    """The meeting at the end of a phase that decides whether and how to go on."""

    code = CodeField()
    url = AddressField("gate-reviews")
    program = ProgramField(read_only=True)
    phase = CodeReferenceField()
    planned_on = serializers.DateField()
    rating = serializers.ChoiceField(choices=Rating.choices, allow_null=True, read_only=True)
    decision = serializers.ChoiceField(choices=GateDecision.choices, allow_null=True, read_only=True)
    decided_by = PersonField(allow_null=True, read_only=True)
    conditions = Condition(many=True, read_only=True)

    class Meta:
        model = models.GateReview
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "phase", "state", "planned_on", "held_on", "rating", "findings",
            "decision", "decided_by", "decided_on", "rationale", "conditions", "created_at", "updated_at",
        )  # fmt: skip
        computed: ClassVar[Any] = ("conditions",)


class CheckLine(serializers.Serializer[Any]):
    """One line of a gate's checklist: `done` of `total`, and the codes of what needs somebody.

    Of money these are the percents of the budget that is spent and of the time that is gone.
    """

    check = serializers.ChoiceField(choices=Check.choices, read_only=True)
    is_well = serializers.BooleanField(allow_null=True, read_only=True, help_text="null: there is no data.")
    done = serializers.IntegerField(allow_null=True, read_only=True)
    total = serializers.IntegerField(allow_null=True, read_only=True)
    names = serializers.ListField(child=serializers.CharField(), read_only=True)


class GateReviewDetail(GateReview):
    """A gate review with its checklist, as it is now or was at the decision, and the moves that the reader can make."""

    checklist = CheckLine(many=True, read_only=True)
    legal_moves = serializers.ListField(child=serializers.ChoiceField(choices=list(GATE_MOVES.moves)), read_only=True)

    class Meta(GateReview.Meta):
        fields: ClassVar[Any] = (*GateReview.Meta.fields, "checklist", "legal_moves")
        computed: ClassVar[Any] = (*GateReview.Meta.computed, "checklist", "legal_moves")


@example({"program": "ONE", "phase": "ONE-PH4", "planned_on": "2027-07-29"})
class GateRequest(CreateBody):
    """Schedule a review at the end of a phase."""

    program = ProgramField()

    class Meta:
        resource = GateReview
        writer = _WRITER


@example({"planned_on": "2027-01-21", "reason": "The board meets a week later."})
class GateChange(ChangeBody):
    """Another day for a review that was not held, and why."""

    reason = StrictCharField(max_length=LONGEST_REASON, help_text="Why, where the day changes.")

    class Meta:
        resource = GateReviewDetail
        writer = _WRITER
        exclude = ("phase",)


@example({"rating": "amber", "held_on": "2027-01-14", "findings": "The pilot works; two rules are not removed."})
class Hold(StrictSerializer):
    """How a review went; held today by default."""

    rating = serializers.ChoiceField(choices=Rating.choices)
    held_on = serializers.DateField(required=False)
    findings = StrictCharField(max_length=LONGEST_DETAIL, allow_blank=True, required=False)


class ConditionInput(StrictSerializer):
    """What a decision asks for: of whom, by which day, in which workstream."""

    text = StrictCharField(max_length=LONGEST_REASON)
    performer = PersonField()
    requested_for = serializers.DateField()
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

    decision = serializers.ChoiceField(choices=GateDecision.choices)
    rationale = StrictCharField(max_length=LONGEST_DETAIL)
    conditions = serializers.ListField(child=ConditionInput(), max_length=MOST_CONDITIONS, required=False)
    open_milestones = StrictCharField(max_length=LONGEST_PLACE, required=False, help_text=OPEN_MILESTONES)
    next_review_on = serializers.DateField(
        required=False, help_text="When the phase is reviewed again, after rework or a hold."
    )


def condition(values: Mapping[str, Any], key: str) -> Row:
    """Return what a decision asked for, in the program of a key."""
    number, code = values["action_item_id"], f"{key}-{values['action_item_code']}"
    item = None if number is None else {"id": number, "code": code, "name": values["action_item_title"]}
    return {"text": values["text"], "action_item": item}


def check(line: indicators.Line) -> Row:
    """Return one line of a checklist."""
    return {
        "check": line.check, "is_well": line.is_well, "done": line.done, "total": line.total, "names": list(line.names)
    }  # fmt: skip
