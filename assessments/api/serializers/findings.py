"""What the API shows of findings, recommendations and debriefs, described for the schema and for `?fields=`."""

from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.choices import DEBRIEF_MOVES, RECOMMENDATION_MOVES
from core.api.shown import CodedShown, PersonShown, ProgramShown, ShownSerializer

STAMPS = ("created_at", "updated_at")


class Finding(ShownSerializer):
    """A strength, or a gap with its root cause and the other criteria that it touches."""

    code = serializers.CharField(help_text="As in ONE-T2-F1.")
    program = ProgramShown()
    assessment = serializers.CharField(help_text="The code of its assessment, as in ONE-T2.")
    criterion = serializers.CharField(allow_null=True, help_text="The code of a criterion of the template.")
    affects = serializers.ListField(child=serializers.CharField(), help_text="Codes of other criteria.")

    class Meta:
        model = models.Finding
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "assessment", "kind", "text", "criterion", "root_cause", "is_systemic",
            "affects", *STAMPS,
        )  # fmt: skip


class Recommendation(ShownSerializer):
    """A step that a finding calls for; accepted it is an action item."""

    code = serializers.CharField(help_text="As in ONE-T2-N1.")
    program = ProgramShown()
    assessment = serializers.CharField(help_text="The code of its assessment, as in ONE-T2.")
    finding = serializers.CharField(help_text="The code of its finding, as in ONE-T2-F1.")
    decided_by = PersonShown(allow_null=True)
    action_item = CodedShown(allow_null=True)

    class Meta:
        model = models.Recommendation
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "assessment", "finding", "text", "rationale", "urgency", "state",
            "decided_by", "decided_on", "reason", "action_item", *STAMPS,
        )  # fmt: skip


class RecommendationWhole(Recommendation):
    """A recommendation with the moves that the reader can make."""

    legal_moves = serializers.ListField(child=serializers.ChoiceField(choices=list(RECOMMENDATION_MOVES.moves)))

    class Meta(Recommendation.Meta):
        fields: ClassVar[Any] = (*Recommendation.Meta.fields, "legal_moves")


class DebriefPart(ShownSerializer):
    """A part of the document; `If-Match` takes the version of its debrief."""

    debrief = serializers.CharField(help_text="The code of its debrief, which is its assessment's.")

    class Meta:
        model = models.DebriefPart
        fields: ClassVar[Any] = ("id", "url", "debrief", "position", "kind", "title", "text", "is_left_out")


class Debrief(ShownSerializer):
    """The one meeting at which an assessment ends in commitments. What is private is not shown here."""

    code = serializers.CharField(help_text="Its assessment's, as in ONE-T2.")
    program = ProgramShown()
    assessment = serializers.CharField()
    facilitator = PersonShown(allow_null=True)

    class Meta:
        model = models.Debrief
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "assessment", "facilitator", "state", "planned_on", "sponsor_briefed_on",
            "held_on", "committed_on", "no_commitment_reason", *STAMPS,
        )  # fmt: skip


class DebriefWhole(Debrief):
    """A debrief with its parts in order, what was committed to, and the moves that the reader can make."""

    parts = DebriefPart(many=True)
    commitments = CodedShown(many=True)
    legal_moves = serializers.ListField(child=serializers.ChoiceField(choices=list(DEBRIEF_MOVES.moves)))

    class Meta(Debrief.Meta):
        fields: ClassVar[Any] = (*Debrief.Meta.fields, "parts", "commitments", "legal_moves")


class PrivateNotes(serializers.Serializer[Any]):
    """What the sponsor and the facilitator alone read."""

    id = serializers.IntegerField()
    debrief = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
