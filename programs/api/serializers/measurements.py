"""Readings."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import (
    AddressField,
    CodeReferenceField,
    PersonField,
    ProgramField,
    StrictCharField,
    StrictDecimalField,
)
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.models import LONGEST_DETAIL
from programs import models
from programs.services import Reading


class Measurement(ResourceSerializer):
    """A reading, final once recorded: a correction is another one that supersedes it."""

    url = AddressField("measurements", lookup_field="id")
    program = ProgramField(source="measure.program", read_only=True)
    measure = CodeReferenceField(read_only=True)
    value = StrictDecimalField()
    unit = serializers.CharField(source="measure.unit", read_only=True)
    measured_on = serializers.DateField()
    recorded_by = PersonField(allow_null=True, read_only=True)
    note = StrictCharField(max_length=LONGEST_DETAIL, allow_blank=True, required=False)
    evidence_url = StrictCharField(
        max_length=500, allow_blank=True, required=False, help_text="It begins with http:// or https://."
    )
    supersedes_id = serializers.IntegerField(allow_null=True, read_only=True)
    superseded_by_id = serializers.IntegerField(source="superseded_by.id", allow_null=True, read_only=True)

    class Meta:
        model = models.Measurement
        fields: ClassVar[Any] = (
            "id", "url", "program", "measure", "value", "unit", "measured_on", "recorded_on", "recorded_at",
            "recorded_by", "note", "evidence_url", "supersedes_id", "superseded_by_id",
        )  # fmt: skip


@example({"measure": "ONE-M2", "value": "24.5", "measured_on": "2026-11-19", "note": "Contact log, week 47"})
class ReadingRequest(CreateBody):
    """A reading to record."""

    measure = CodeReferenceField()

    class Meta:
        resource = Measurement
        writer = Reading


@example({"value": "24", "measured_on": "2026-11-19", "note": "A day was missing"})
class Correction(CreateBody):
    """What a reading should have said; it takes the place of the wrong one, and both stay."""

    class Meta:
        resource = Measurement
        writer = Reading


@example({"value": "24"})
class ReadingChange(ChangeBody):
    """What nobody may change: a reading is final. It is corrected instead."""

    class Meta:
        resource = Measurement
        writer = Reading
