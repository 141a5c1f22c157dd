"""Templates of programs: shown, and saved."""

from typing import Any

from rest_framework import serializers as fields

from core.api.fields import ProgramField, StrictCharField
from core.api.inputs import example
from core.api.serializers import StrictSerializer
from core.models import LONGEST_STATEMENT


@example({"program": "ONE", "name": "Ours", "description": "As we do it."})
class TemplateInput(StrictSerializer):
    """Save the structure of a program as a template."""

    program = ProgramField()
    name = StrictCharField(max_length=200)
    description = StrictCharField(max_length=LONGEST_STATEMENT, allow_blank=True, required=False)


class TemplateShown(fields.Serializer[Any]):
    """A structure to begin a program with; days are counted from its start."""

    ref = fields.CharField(read_only=True, help_text="What a new program names it by.")
    name = fields.CharField(read_only=True)
    description = fields.CharField(read_only=True)
    is_built_in = fields.BooleanField(read_only=True)
    phases = fields.ListField(child=fields.CharField(), read_only=True)
    milestone_count = fields.IntegerField(read_only=True)
    outcome_count = fields.IntegerField(read_only=True)
    days = fields.IntegerField(read_only=True)


class TemplateList(fields.Serializer[Any]):
    """Every template."""

    results = TemplateShown(many=True, read_only=True)
    next = fields.URLField(allow_null=True, read_only=True)
    previous = fields.URLField(allow_null=True, read_only=True)
