"""Debriefs, with how they end; the private notes stand apart."""

from collections.abc import Iterable
from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.api.fields import AssessmentCodeField
from assessments.api.serializers.debrief_parts import DebriefPart
from assessments.api.serializers.findings import ASSESSMENT
from assessments.choices import DEBRIEF_MOVES
from assessments.services.debriefs import MOST_CHARACTERS
from core.api.fields import (
    AddressField,
    CodeReferenceField,
    PersonField,
    ProgramField,
    StrictCharField,
    StrictRegexField,
)
from core.api.inputs import example
from core.api.pagination import Row
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.api.serializers import StrictSerializer
from core.api.shown import CodedShown
from core.models import LONGEST_REASON

MOST_ITEMS = 50
_WRITER = ("planned_on",)


class Debrief(ResourceSerializer):
    """The one meeting at which an assessment ends in commitments. What is private is not shown here."""

    code = AssessmentCodeField(source="assessment", help_text="Its assessment's, as in ONE-T2.")
    url = AddressField("debriefs")
    program = ProgramField(source="assessment.program", read_only=True)
    assessment = AssessmentCodeField()
    facilitator = PersonField(source="assessment.facilitator", allow_null=True, read_only=True)
    planned_on = serializers.DateField(allow_null=True, required=False)

    class Meta:
        model = models.Debrief
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "assessment", "facilitator", "state", "planned_on", "sponsor_briefed_on",
            "held_on", "committed_on", "no_commitment_reason", "created_at", "updated_at",
        )  # fmt: skip


class DebriefDetail(Debrief):
    """A debrief with its parts in order, what was committed to, and the moves that the reader can make."""

    parts = DebriefPart(many=True, read_only=True)
    commitments = CodedShown(many=True, read_only=True)
    legal_moves = serializers.ListField(
        child=serializers.ChoiceField(choices=list(DEBRIEF_MOVES.moves)), read_only=True
    )

    class Meta(Debrief.Meta):
        fields: ClassVar[Any] = (*Debrief.Meta.fields, "parts", "commitments", "legal_moves")
        computed: ClassVar[Any] = ("parts", "commitments", "legal_moves")


class PrivateNotes(serializers.Serializer[Any]):
    """What the sponsor and the facilitator alone read."""

    id = serializers.IntegerField()
    debrief = serializers.CharField()
    text = serializers.CharField(allow_blank=True)


@example({"assessment": "ONE-T2", "planned_on": "2026-12-04"})
class DebriefRequest(CreateBody):
    """Prepare a debrief: its eight parts are written from what is known now."""

    assessment = StrictRegexField(ASSESSMENT)

    class Meta:
        resource = Debrief
        writer = _WRITER


@example({"planned_on": "2026-12-11"})
class DebriefChange(ChangeBody):
    """The day that the meeting is planned for."""

    class Meta:
        resource = DebriefDetail
        writer = _WRITER


@example({"on": "2026-12-01"})
class Day(StrictSerializer):
    """When it was, today by default."""

    on = serializers.DateField(required=False)


class CommitmentRequest(StrictSerializer):
    """Something asked for at the debrief itself."""

    text = StrictCharField(max_length=LONGEST_REASON)
    performer = PersonField()
    requested_for = serializers.DateField()
    workstream = CodeReferenceField()
    phase = CodeReferenceField()


@example({"action_items": ["ONE-A12"]})
class Commit(StrictSerializer):
    """How a debrief ends: with action items of the assessment, with requests made there, or on record with none."""

    action_items = serializers.ListField(child=CodeReferenceField(), max_length=MOST_ITEMS, required=False)
    requests = serializers.ListField(child=CommitmentRequest(), max_length=MOST_ITEMS, required=False)
    none_reason = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False)


@example({"text": "The board doubts the dates."})
class NotesChange(StrictSerializer):
    """What the sponsor and the facilitator alone read."""

    shown = PrivateNotes

    text = StrictCharField(max_length=MOST_CHARACTERS, allow_blank=True)


def commitments(items: Iterable[Row], key: str) -> list[Row]:
    """Return the action items that were committed to, in the program of a key."""
    return [{"id": item["id"], "code": f"{key}-{item['code']}", "name": item["title"]} for item in items]
