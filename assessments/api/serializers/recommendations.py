"""Recommendations: the steps that findings call for."""

from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.api.fields import AssessmentCodeField, NumberedCodeField
from assessments.api.serializers.findings import ASSESSMENT
from assessments.choices import RECOMMENDATION_MOVES, Urgency
from assessments.services import RecommendationDetails
from core.api.fields import (
    AddressField,
    CodeReferenceField,
    PersonField,
    ProgramField,
    StrictCharField,
    StrictRegexField,
)
from core.api.filters import CODE
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.api.serializers import StrictSerializer
from core.models import LONGEST_REASON


class Recommendation(ResourceSerializer):
    """A step that a finding calls for; accepted it is an action item."""

    code = NumberedCodeField(help_text="As in ONE-T2-N1.")
    url = AddressField("recommendations")
    program = ProgramField(source="assessment.program", read_only=True)
    assessment = AssessmentCodeField(help_text="The code of its assessment, as in ONE-T2.")
    finding = NumberedCodeField(source="finding.code", help_text="The code of its finding, as in ONE-T2-F1.")
    text = StrictCharField(max_length=LONGEST_REASON)
    rationale = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False)
    urgency = serializers.ChoiceField(choices=Urgency.choices)
    decided_by = PersonField(allow_null=True, read_only=True)
    action_item = CodeReferenceField(name_field="title", allow_null=True, read_only=True)

    class Meta:
        model = models.Recommendation
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "assessment", "finding", "text", "rationale", "urgency", "state",
            "decided_by", "decided_on", "reason", "action_item", "created_at", "updated_at",
        )  # fmt: skip


class RecommendationDetail(Recommendation):
    """A recommendation with the moves that the reader can make."""

    legal_moves = serializers.ListField(
        child=serializers.ChoiceField(choices=list(RECOMMENDATION_MOVES.moves)), read_only=True
    )

    class Meta(Recommendation.Meta):
        fields: ClassVar[Any] = (*Recommendation.Meta.fields, "legal_moves")
        computed: ClassVar[Any] = ("legal_moves",)


@example({"finding": "ONE-T2-F1", "text": "Withdraw the duplicate letter", "urgency": "essential"})
class RecommendationRequest(CreateBody):
    """Recommend a step for a finding."""

    finding = StrictRegexField(f"{ASSESSMENT}-{CODE}")

    class Meta:
        resource = Recommendation
        writer = RecommendationDetails


@example({"text": "Withdraw the duplicate letter in every branch", "urgency": "essential"})
class RecommendationChange(ChangeBody):
    """What may be changed of a step while nobody decided on it."""

    class Meta:
        resource = RecommendationDetail
        writer = RecommendationDetails


@example({
    "performer": "ben.okoro@harbourvale.example", "requested_for": "2026-12-04", "workstream": "ONE-W2",
    "phase": "ONE-PH3",
})  # fmt: skip
class Accept(StrictSerializer):
    """Of whom an accepted step is asked, by when, and where it stands in the work."""

    performer = PersonField()
    requested_for = serializers.DateField()
    workstream = CodeReferenceField()
    phase = CodeReferenceField()
    outcome = CodeReferenceField(allow_null=True, required=False)
