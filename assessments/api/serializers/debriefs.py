"""What the API shows of findings, recommendations and debriefs, described for the schema and for `?fields=`."""

from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.choices import DEBRIEF_MOVES
from core.api.shown import CodedShown, PersonShown, ProgramShown, ShownSerializer

STAMPS = ("created_at", "updated_at")


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
