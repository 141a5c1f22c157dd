"""What the API shows of the work, described for the schema and for `?fields=`; inputs.py has what it takes."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.shown import CodedShown, PersonShown, ProgramShown, ShownSerializer
from programs.choices import Rating
from workstreams.choices import (
    GATE_MOVES,
    Check,
    GateDecision,
)
from workstreams.models import GateReview as GateReviewModel

STAMPS = ("created_at", "updated_at")


class Condition(serializers.Serializer[Any]):
    """What a decision to proceed asks for, and the action item that it became."""

    text = serializers.CharField(read_only=True)
    action_item = CodedShown(allow_null=True, read_only=True)


class GateReview(ShownSerializer):
    """The meeting at the end of a phase that decides whether and how to go on."""

    code = serializers.CharField()
    program = ProgramShown()
    phase = CodedShown()
    rating = serializers.ChoiceField(choices=Rating.choices, allow_null=True)
    decision = serializers.ChoiceField(choices=GateDecision.choices, allow_null=True)
    decided_by = PersonShown(allow_null=True)
    conditions = Condition(many=True)

    class Meta:
        model = GateReviewModel
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "phase", "state", "planned_on", "held_on", "rating", "findings",
            "decision", "decided_by", "decided_on", "rationale", "conditions", *STAMPS,
        )  # fmt: skip


class CheckLine(serializers.Serializer[Any]):
    """One line of a gate's checklist: `done` of `total`, and the codes of what needs somebody.

    Of money these are the percents of the budget that is spent and of the time that is gone.
    """

    check = serializers.ChoiceField(choices=Check.choices, read_only=True)
    is_well = serializers.BooleanField(allow_null=True, read_only=True, help_text="null: there is no data.")
    done = serializers.IntegerField(allow_null=True, read_only=True)
    total = serializers.IntegerField(allow_null=True, read_only=True)
    names = serializers.ListField(child=serializers.CharField(), read_only=True)


class GateReviewWhole(GateReview):
    """A gate review with its checklist, as it is now or was at the decision, and the moves that the reader can make."""

    checklist = CheckLine(many=True)
    legal_moves = serializers.ListField(child=serializers.ChoiceField(choices=list(GATE_MOVES.moves)))

    class Meta(GateReview.Meta):
        fields: ClassVar[Any] = (*GateReview.Meta.fields, "checklist", "legal_moves")
