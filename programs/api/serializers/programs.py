"""Programs, phases and people, described for the schema and for `?fields=`."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.accounts.models import User
from core.api.shown import PersonShown, ProgramShown, ShownSerializer
from programs import models
from programs.choices import Role

STAMPS = ("created_at", "updated_at")


class Program(ShownSerializer):
    """A program; `role` is what the reader is in it."""

    sponsor = PersonShown(allow_null=True)
    deputy_sponsor = PersonShown(allow_null=True)
    manager = PersonShown(allow_null=True)
    role = serializers.ChoiceField(choices=Role.choices)

    class Meta:
        model = models.Program
        fields: ClassVar[Any] = (
            "id", "key", "url", "name", "organisation", "status", "vision", "case_for_change", "cost_of_inaction",
            "sponsor", "deputy_sponsor", "manager", "start_on", "end_on", "time_zone", "currency", "budget", "spent",
            "staffing_planned", "staffing_actual", "reassess_every_months", "reassess_at_gates", "manager_note",
            "manager_note_on", "role", *STAMPS,
        )  # fmt: skip


class ProgramItem(Program):
    """A program, with the days besides weekends on which it does not work."""

    holidays = serializers.ListField(child=serializers.DateField())

    class Meta(Program.Meta):
        fields: ClassVar[Any] = (*Program.Meta.fields, "holidays")


class Phase(ShownSerializer):
    """A stretch of a program with outcomes of its own."""

    code = serializers.CharField()
    program = ProgramShown()
    owner = PersonShown(allow_null=True)

    class Meta:
        model = models.Phase
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "position", "name", "owner", "status", "baseline_start_on",
            "baseline_end_on", "forecast_start_on", "forecast_end_on", "actual_start_on", "actual_end_on",
            "override_reason", *STAMPS,
        )  # fmt: skip


class Membership(serializers.Serializer[Any]):
    """A person's place in a program."""

    program = ProgramShown(read_only=True)
    role = serializers.ChoiceField(choices=Role.choices, read_only=True)
    title = serializers.CharField(read_only=True)


class Person(ShownSerializer):
    """Somebody who shares a program with the reader, or the reader."""

    memberships = Membership(many=True, help_text="In the programs shared with the reader.")

    class Meta:
        model = User
        fields: ClassVar[Any] = ("id", "url", "email", "name", "time_zone", "language", "memberships")
