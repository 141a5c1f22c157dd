"""Prompts to assess again, with their causes."""

from collections.abc import Sequence
from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.choices import PromptCause
from core.api.fields import AddressField, CodeReferenceField, PersonField, ProgramField
from core.api.pagination import Row
from core.api.resources import ResourceSerializer


class CauseShown(serializers.Serializer[Any]):
    """Why a program is asked; `code` and `name` are those of the gate, outcome or assessment, where it is about one."""

    kind = serializers.ChoiceField(choices=PromptCause.choices)
    on = serializers.DateField()
    code = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)


class AssessmentPrompt(ResourceSerializer):
    """What asks a program to assess itself again."""

    url = AddressField("assessment-prompts", lookup_field="id")
    program = ProgramField(read_only=True)
    assessment = CodeReferenceField(name_field="template__title", allow_null=True, read_only=True)
    closed_by = PersonField(allow_null=True, read_only=True)
    causes = CauseShown(many=True, read_only=True)

    class Meta:
        model = models.Prompt
        fields: ClassVar[Any] = (
            "id", "url", "program", "state", "due_on", "causes", "assessment", "closed_by", "reason", "created_at",
            "updated_at",
        )  # fmt: skip
        computed = ("causes",)


def prompt(values: Row, causes: Sequence[Row]) -> Row:
    """Return a prompt with its causes."""
    shown = [{name: cause[name] for name in ("kind", "on", "code", "name")} for cause in causes]
    return AssessmentPrompt.row(values, causes=shown)
