"""The parts of debriefs."""

from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.api.fields import AssessmentCodeField
from assessments.api.serializers.findings import ASSESSMENT
from assessments.services.debriefs import MOST_CHARACTERS
from core.api.fields import AddressField, StrictBooleanField, StrictCharField, StrictRegexField
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer

_WRITER = ("title", "text", "is_left_out")


class DebriefPart(ResourceSerializer):
    """A part of the document; `If-Match` takes the version of its debrief."""

    url = AddressField("debrief-parts", lookup_field="id")
    debrief = AssessmentCodeField(
        source="debrief.assessment", help_text="The code of its debrief, which is its assessment's."
    )
    title = StrictCharField(max_length=200, allow_blank=True)
    text = StrictCharField(max_length=MOST_CHARACTERS, allow_blank=True, required=False)
    is_left_out = StrictBooleanField()

    class Meta:
        model = models.DebriefPart
        fields: ClassVar[Any] = ("id", "url", "debrief", "position", "kind", "title", "text", "is_left_out")
        annotated = ("version",)


@example({"debrief": "ONE-T2", "title": "Budget", "text": "What it costs."})
class PartRequest(CreateBody):
    """Add a part of one's own, behind another by its number, by default before the commitment."""

    debrief = StrictRegexField(ASSESSMENT)
    title = StrictCharField(max_length=200)
    after = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=2**62)

    class Meta:
        resource = DebriefPart
        writer = _WRITER
        exclude = ("is_left_out",)


@example({"text": "What it costs, and what it costs not to."})
class PartChange(ChangeBody):
    """What a part says; the eight keep their headings, and may be left out."""

    class Meta:
        resource = DebriefPart
        writer = _WRITER
