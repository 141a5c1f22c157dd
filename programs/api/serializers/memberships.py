"""Places of people in programs: shown, given, changed, left."""

from typing import Any

from rest_framework import serializers as fields

from core.api.fields import PersonField, ProgramField, StrictCharField, StrictRegexField
from core.api.filters import ADDRESS
from core.api.inputs import example
from core.api.serializers import StrictSerializer
from core.api.shown import PersonShown, ProgramShown, ShownSerializer
from programs import models
from programs.choices import Role


@example({"program": "ONE", "email": "dora@harbourvale.example", "role": "lead", "title": "Head of service"})
class MembershipInput(StrictSerializer):
    """Invite somebody into a program; who has no account gets one."""

    program = ProgramField()
    email = StrictRegexField(ADDRESS)
    name = StrictCharField(max_length=200, allow_blank=True, required=False)
    role = fields.ChoiceField(choices=Role.choices, required=False)
    title = StrictCharField(max_length=200, allow_blank=True, required=False)


class MembershipShown(ShownSerializer):
    """A person's place in a program."""

    program = ProgramShown()
    person = PersonShown()
    email = fields.EmailField(read_only=True)

    class Meta:
        model = models.Membership
        fields = ("id", "url", "program", "person", "email", "role", "title")


class Link(fields.Serializer[Any]):
    """The address that signs somebody in once, within seven days: shown this one time."""

    signin_link = fields.CharField(read_only=True, help_text="“” for an account in use: its person signs in alone.")


class MembershipInvited(MembershipShown):
    """A new place in a program, with the address that signs its person in once: shown this one time."""

    signin_link = fields.CharField(read_only=True, help_text="“” for an account in use: its person signs in alone.")

    class Meta(MembershipShown.Meta):
        fields = (*MembershipShown.Meta.fields, "signin_link")  # type: ignore[assignment]  # one more


@example({"role": "manager"})
class MembershipChange(StrictSerializer):
    """Another role or title; who becomes the sponsor takes the place of the one there is."""

    shown = MembershipShown

    role = fields.ChoiceField(choices=Role.choices)
    title = StrictCharField(max_length=200, allow_blank=True, required=False)


@example({"hand_over_to": "ben.okoro@harbourvale.example"})
class Removal(StrictSerializer):
    """Who takes over all that the leaver has in hand; not needed where that is nothing."""

    hand_over_to = PersonField(allow_null=True, required=False)
