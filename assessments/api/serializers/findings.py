"""Findings: what an assessment found."""

from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.api.fields import AssessmentCodeField, NumberedCodeField
from assessments.choices import FindingKind
from assessments.services import FindingDetails
from assessments.services.findings import MOST_CRITERIA
from core.api.fields import AddressField, ProgramField, StrictBooleanField, StrictCharField, StrictRegexField
from core.api.filters import CODE, KEY
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.api.serializers import StrictSerializer
from core.models import LONGEST_REASON

# What names an assessment, and a criterion of its template.
ASSESSMENT, CRITERION = f"{KEY}-{CODE}", CODE


class Finding(ResourceSerializer):
    """A strength, or a gap with its root cause and the other criteria that it touches."""

    code = NumberedCodeField(help_text="As in ONE-T2-F1.")
    url = AddressField("findings")
    program = ProgramField(source="assessment.program", read_only=True)
    assessment = AssessmentCodeField(help_text="The code of its assessment, as in ONE-T2.")
    kind = serializers.ChoiceField(choices=FindingKind.choices)
    text = StrictCharField(max_length=LONGEST_REASON)
    criterion = serializers.CharField(
        source="criterion.code", allow_null=True, read_only=True, help_text="The code of a criterion of the template."
    )
    root_cause = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False)
    is_systemic = StrictBooleanField(required=False)
    affects = serializers.ListField(child=serializers.CharField(), read_only=True, help_text="Codes of other criteria.")

    class Meta:
        model = models.Finding
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "assessment", "kind", "text", "criterion", "root_cause", "is_systemic",
            "affects", "created_at", "updated_at",
        )  # fmt: skip
        computed = ("affects",)


class FindingCriteria(StrictSerializer):
    """The criteria that a finding is about and touches, by their codes."""

    criterion = StrictRegexField(CRITERION, allow_null=True, required=False)
    affects = serializers.ListField(child=StrictRegexField(CRITERION), max_length=MOST_CRITERIA, required=False)


@example({
    "assessment": "ONE-T2", "kind": "gap", "criterion": "C2", "text": "Staff ask for the same papers.",
    "root_cause": "Each line is scored on its own.", "is_systemic": True, "affects": ["E2", "S1"],
})  # fmt: skip
class FindingRequest(FindingCriteria, CreateBody):
    """Write down what an assessment found; codes are those of its template's criteria."""

    assessment = StrictRegexField(ASSESSMENT)

    class Meta:
        resource = Finding
        writer = FindingDetails


@example({"root_cause": "Each product line is scored on its own cycle time.", "affects": ["E2", "S1"]})
class FindingChange(FindingCriteria, ChangeBody):
    """What may be changed of a finding."""

    class Meta:
        resource = Finding
        writer = FindingDetails
