"""What the API takes to plan: programs, phases and their moves, and the places of people."""

import zoneinfo
from typing import Any

from rest_framework import serializers as fields

from core.api.fields import (
    AmountField,
    PatternField,
    PersonField,
    ProgramField,
    TruthField,
    WholeField,
    WordsField,
)
from core.api.filters import ADDRESS, KEY
from core.api.inputs import example
from core.api.serializers import StrictSerializer
from core.api.shown import PersonShown, ProgramShown, ShownSerializer
from core.models import LONGEST_REASON, LONGEST_STATEMENT
from programs import models
from programs.api import serializers as shown
from programs.choices import Role

MOST_HOLIDAYS = 1000


def _words(max_length: int = LONGEST_STATEMENT, **more: Any) -> WordsField:
    return WordsField(max_length=max_length, allow_blank=True, required=False, **more)


def _amount(largest: int = 1_000_000_000_000) -> AmountField:
    return AmountField(largest, allow_null=True, required=False)


def _day() -> fields.DateField:
    return fields.DateField(allow_null=True, required=False)


def _zone() -> fields.ChoiceField:
    return fields.ChoiceField(choices=sorted(zoneinfo.available_timezones()), required=False)


def _currency() -> PatternField:
    return PatternField(r"([A-Z]{3})?", required=False, allow_blank=True)


@example({
    "key": "TWO", "name": "Two Customers", "case_for_change": "Customers repeat themselves",
    "time_zone": "Europe/London", "start_on": "2027-01-04", "template": "crm",
})  # fmt: skip
class ProgramInput(StrictSerializer):
    """A new program: from nothing, from a template, or as a copy of another one's structure."""

    key = PatternField(KEY)
    name = WordsField(max_length=200)
    organisation = _words(max_length=200)
    vision = _words()
    case_for_change = _words()
    time_zone = _zone()
    currency = _currency()
    start_on = _day()
    end_on = _day()
    template = WordsField(required=False, max_length=200, help_text="The `ref` of a template.")
    copy_of = ProgramField(required=False, help_text="The program whose structure to begin with.")


@example({"manager_note": "Compliance agreed yesterday.", "spent": "1200000.00"})
class ProgramChange(StrictSerializer):
    """What may be changed of a program; its state and its people have moves of their own."""

    shown = shown.ProgramItem

    name = WordsField(max_length=200)
    organisation = _words(max_length=200)
    vision = _words()
    case_for_change = _words()
    cost_of_inaction = _words()
    start_on = _day()
    end_on = _day()
    time_zone = _zone()
    currency = _currency()
    budget = _amount()
    spent = _amount()
    staffing_planned = _amount(100_000)
    staffing_actual = _amount(100_000)
    reassess_every_months = WholeField(min_value=1, max_value=120, allow_null=True)
    reassess_at_gates = TruthField()
    manager_note = _words()
    holidays = fields.ListField(child=fields.DateField(), max_length=MOST_HOLIDAYS)


@example({"reason": "Until the merger is through."})
class MaybeReason(StrictSerializer):
    """Why, if there is something to say."""

    reason = _words(max_length=LONGEST_REASON)


@example({"person": "ben.okoro@harbourvale.example"})
class Deputy(StrictSerializer):
    """Who stands in for the sponsor; null for nobody."""

    person = PersonField(allow_null=True)


@example({"person": "ben.okoro@harbourvale.example"})
class Named(StrictSerializer):
    """A member of the program."""

    person = PersonField()


@example({"program": "ONE", "email": "dora@harbourvale.example", "role": "lead", "title": "Head of service"})
class MembershipInput(StrictSerializer):
    """Invite somebody into a program; who has no account gets one."""

    program = ProgramField()
    email = PatternField(ADDRESS)
    name = _words(max_length=200)
    role = fields.ChoiceField(choices=Role.choices, required=False)
    title = _words(max_length=200)


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
    title = _words(max_length=200)


@example({"hand_over_to": "ben.okoro@harbourvale.example"})
class Removal(StrictSerializer):
    """Who takes over all that the leaver has in hand; not needed where that is nothing."""

    hand_over_to = PersonField(allow_null=True, required=False)


@example({"program": "ONE", "name": "Ours", "description": "As we do it."})
class TemplateInput(StrictSerializer):
    """Save the structure of a program as a template."""

    program = ProgramField()
    name = WordsField(max_length=200)
    description = _words()


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
