"""Workstreams."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import AddressField, CodeField, PersonField, ProgramField, StrictCharField
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from workstreams import models
from workstreams.choices import Discipline
from workstreams.services import WorkstreamDetails


class Workstream(ResourceSerializer):
    """A line of work of one discipline that runs through all phases."""

    code = CodeField()
    url = AddressField("workstreams")
    program = ProgramField(read_only=True)
    discipline = serializers.ChoiceField(choices=Discipline.choices)
    name = StrictCharField(max_length=200)
    lead = PersonField(allow_null=True, required=False)

    class Meta:
        model = models.Workstream
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "discipline", "name", "lead", "created_at", "updated_at"
        )  # fmt: skip


@example({"program": "ONE", "discipline": "change", "name": "Training"})
class WorkstreamRequest(CreateBody):
    """Add a workstream to a program."""

    program = ProgramField()

    class Meta:
        resource = Workstream
        writer = WorkstreamDetails


@example({"name": "Learning"})
class WorkstreamChange(ChangeBody):
    """What may be changed of a workstream; the last of its discipline keeps it."""

    class Meta:
        resource = Workstream
        writer = WorkstreamDetails
