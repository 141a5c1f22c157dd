"""What the API shows of programs, described for the schema and for `?fields=`."""

import zoneinfo
from typing import Any, ClassVar

from rest_framework import serializers

from core.accounts.models import User
from core.api.fields import (
    AmountField,
    PersonField,
    ProgramField,
    StrictBooleanField,
    StrictCharField,
    StrictIntegerField,
    StrictRegexField,
)
from core.api.filters import KEY
from core.api.inputs import example
from core.api.serializers import StrictSerializer
from core.api.shown import PersonShown, ProgramShown, ShownSerializer
from core.models import LONGEST_REASON, LONGEST_STATEMENT
from programs import models
from programs.choices import Role

STAMPS = ("created_at", "updated_at")
MOST_HOLIDAYS = 1000


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


class ProgramDetail(Program):
    """A program, with the days besides weekends on which it does not work."""

    holidays = serializers.ListField(child=serializers.DateField())

    class Meta(Program.Meta):
        fields: ClassVar[Any] = (*Program.Meta.fields, "holidays")


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


def _words(max_length: int = LONGEST_STATEMENT, **more: Any) -> StrictCharField:
    return StrictCharField(max_length=max_length, allow_blank=True, required=False, **more)


def _amount(largest: int = 1_000_000_000_000) -> AmountField:
    return AmountField(largest, allow_null=True, required=False)


def _day() -> serializers.DateField:
    return serializers.DateField(allow_null=True, required=False)


def _zone() -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=sorted(zoneinfo.available_timezones()), required=False)


def _currency() -> StrictRegexField:
    return StrictRegexField(r"([A-Z]{3})?", required=False, allow_blank=True)


@example({
    "key": "TWO", "name": "Two Customers", "case_for_change": "Customers repeat themselves",
    "time_zone": "Europe/London", "start_on": "2027-01-04", "template": "crm",
})  # fmt: skip
class ProgramInput(StrictSerializer):
    """A new program: from nothing, from a template, or as a copy of another one's structure."""

    key = StrictRegexField(KEY)
    name = StrictCharField(max_length=200)
    organisation = _words(max_length=200)
    vision = _words()
    case_for_change = _words()
    time_zone = _zone()
    currency = _currency()
    start_on = _day()
    end_on = _day()
    template = StrictCharField(required=False, max_length=200, help_text="The `ref` of a template.")
    copy_of = ProgramField(required=False, help_text="The program whose structure to begin with.")


@example({"manager_note": "Compliance agreed yesterday.", "spent": "1200000.00"})
class ProgramChange(StrictSerializer):
    """What may be changed of a program; its state and its people have moves of their own."""

    shown = ProgramDetail

    name = StrictCharField(max_length=200)
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
    reassess_every_months = StrictIntegerField(min_value=1, max_value=120, allow_null=True)
    reassess_at_gates = StrictBooleanField()
    manager_note = _words()
    holidays = serializers.ListField(child=serializers.DateField(), max_length=MOST_HOLIDAYS)


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
