"""Places of people in programs: shown, given, changed, left."""

from typing import Any, ClassVar

from rest_framework import serializers as fields

from core.api.fields import AddressField, PersonField, ProgramField, StrictCharField, StrictRegexField
from core.api.filters import ADDRESS
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.api.serializers import StrictSerializer
from programs import models
from programs.choices import Role
from programs.services import Invitation


class MembershipShown(ResourceSerializer):
    """A person's place in a program."""

    url = AddressField("memberships", lookup_field="id")
    program = ProgramField(read_only=True)
    person = PersonField(read_only=True)
    email = fields.EmailField(source="person.email", read_only=True)
    role = fields.ChoiceField(choices=Role.choices, required=False)
    title = StrictCharField(max_length=200, allow_blank=True, required=False)

    class Meta:
        model = models.Membership
        fields: ClassVar[Any] = ("id", "url", "program", "person", "email", "role", "title")


@example({"program": "ONE", "email": "dora@harbourvale.example", "role": "lead", "title": "Head of service"})
class MembershipInput(CreateBody):
    """Invite somebody into a program; who has no account gets one."""

    program = ProgramField()
    email = StrictRegexField(ADDRESS)
    name = StrictCharField(max_length=200, allow_blank=True, required=False)

    class Meta:
        resource = MembershipShown
        writer = Invitation


class Link(fields.Serializer[Any]):
    """The address that signs somebody in once, within seven days: shown this one time."""

    signin_link = fields.CharField(read_only=True, help_text="“” for an account in use: its person signs in alone.")


class MembershipInvited(MembershipShown):
    """A new place in a program, with the address that signs its person in once: shown this one time."""

    signin_link = fields.CharField(read_only=True, help_text="“” for an account in use: its person signs in alone.")

    class Meta(MembershipShown.Meta):
        fields: ClassVar[Any] = (*MembershipShown.Meta.fields, "signin_link")
        computed = ("signin_link",)


@example({"role": "manager"})
class MembershipChange(ChangeBody):
    """Another role or title; who becomes the sponsor takes the place of the one there is."""

    class Meta:
        resource = MembershipShown
        writer = ("role", "title")


@example({"hand_over_to": "ben.okoro@harbourvale.example"})
class Removal(StrictSerializer):
    """Who takes over all that the leaver has in hand; not needed where that is nothing."""

    hand_over_to = PersonField(allow_null=True, required=False)
