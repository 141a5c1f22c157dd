"""Assessments."""

from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.api.fields import TemplateField
from assessments.choices import ASSESSMENT_MOVES, Purpose
from assessments.format import MOST_POINTS
from assessments.queries import reference_of
from assessments.services import AssessmentDetails
from core.api.fields import (
    AddressField,
    CodeField,
    CodeReferenceField,
    PersonField,
    ProgramField,
    StrictBooleanField,
    StrictIntegerField,
)
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer


class Assessment(ResourceSerializer):
    """A program judged by its own people against a template: each answers alone, then all agree."""

    code = CodeField()
    url = AddressField("assessments")
    program = ProgramField(read_only=True)
    template = TemplateField(required=False)
    total_points = serializers.IntegerField(source="template.total_points", read_only=True)
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    facilitator = PersonField(allow_null=True, required=False)
    closes_on = serializers.DateField(allow_null=True, required=False)
    is_named = StrictBooleanField(required=False)
    is_in_words = StrictBooleanField(required=False)
    target = StrictIntegerField(min_value=0, max_value=MOST_POINTS, allow_null=True, required=False)
    target_next = StrictIntegerField(min_value=0, max_value=MOST_POINTS, allow_null=True, required=False)
    asked = serializers.IntegerField(read_only=True, help_text="How many people are asked to answer.")
    submitted = serializers.IntegerField(read_only=True, help_text="How many of them said that they are done.")
    asks_me = serializers.BooleanField(read_only=True, help_text="Whether the caller is asked to answer.")

    class Meta:
        model = models.Assessment
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "template", "total_points", "purpose", "state", "facilitator", "closes_on",
            "is_named", "is_in_words", "target", "target_next", "asked", "submitted", "asks_me", "opened_at",
            "consensus_at", "completed_on", "created_at", "updated_at",
        )  # fmt: skip
        annotated = ("asked", "submitted", "asks_me", "role")
        # With the role: what the reader may do.
        extra_columns = ("program__deputy_sponsor_id",)


class AssessmentDetail(Assessment):
    """An assessment with the moves that the reader can make."""

    legal_moves = serializers.ListField(
        child=serializers.ChoiceField(choices=list(ASSESSMENT_MOVES.moves)), read_only=True
    )

    class Meta(Assessment.Meta):
        fields: ClassVar[Any] = (*Assessment.Meta.fields, "legal_moves")
        computed: ClassVar[Any] = ("legal_moves",)


@example({
    "program": "ONE", "purpose": "course_correction", "previous": "ONE-T2", "closes_on": "2027-02-19", "target": 620,
})  # fmt: skip
class AssessmentRequest(CreateBody):
    """Prepare an assessment, a draft; from a `previous` one come its template, its assessors and its next target."""

    program = ProgramField()
    previous = CodeReferenceField(allow_null=True, required=False)
    facilitator = PersonField(required=False, help_text="A manager; the caller by default.")

    class Meta:
        resource = Assessment
        writer = AssessmentDetails


@example({"closes_on": "2027-02-26", "target_next": 700})
class AssessmentChange(ChangeBody):
    """What may be changed of an assessment, as far as its state lets."""

    facilitator = PersonField(allow_null=True, help_text="A manager; null where a program file did not say.")

    class Meta:
        resource = AssessmentDetail
        writer = AssessmentDetails
        exclude = ("template",)


def address_under(assessment: models.Assessment, resource: str, ref: int | str) -> str:
    """Return the address of what stands under an assessment: /api/v1/assessments/ONE-T1/assessors/7/."""
    return f"/api/v1/assessments/{reference_of(assessment)}/{resource}/{ref}/"
