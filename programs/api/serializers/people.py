"""People, with what they are in the programs shared with the reader."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.accounts.models import User
from core.api.fields import AddressField
from core.api.resources import ResourceSerializer
from core.api.shown import ProgramShown
from programs.choices import Role


class Membership(serializers.Serializer[Any]):
    """A person's place in a program."""

    program = ProgramShown(read_only=True)
    role = serializers.ChoiceField(choices=Role.choices, read_only=True)
    title = serializers.CharField(read_only=True)


class Person(ResourceSerializer):
    """Somebody who shares a program with the reader, or the reader."""

    url = AddressField("people", lookup_field="id")
    memberships = Membership(many=True, read_only=True, help_text="In the programs shared with the reader.")

    class Meta:
        model = User
        fields: ClassVar[Any] = ("id", "url", "email", "name", "time_zone", "language", "memberships")
        computed = ("memberships",)
