"""Programs, and the bodies of their moves."""

import zoneinfo
from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import (
    AddressField,
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
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.api.serializers import StrictSerializer
from core.models import LONGEST_REASON, LONGEST_STATEMENT
from programs import models
from programs.choices import Role
from programs.services import ProgramDetails
from programs.services import programs as services

MOST_HOLIDAYS = 1000


def _words(max_length: int = LONGEST_STATEMENT, **more: Any) -> StrictCharField:
    return StrictCharField(max_length=max_length, allow_blank=True, required=False, **more)


def _amount(largest: int = 1_000_000_000_000) -> AmountField:
    return AmountField(largest, allow_null=True, required=False)


def _day() -> serializers.DateField:
    return serializers.DateField(allow_null=True, required=False)


class Program(ResourceSerializer):
    """A program; `role` is what the reader is in it."""

    key = StrictRegexField(KEY)
    url = AddressField("programs", lookup_field="key")
    name = StrictCharField(max_length=200)
    organisation = _words(max_length=200)
    vision = _words()
    case_for_change = _words()
    cost_of_inaction = _words()
    sponsor = PersonField(allow_null=True, read_only=True)
    deputy_sponsor = PersonField(allow_null=True, read_only=True)
    manager = PersonField(allow_null=True, read_only=True)
    start_on = _day()
    end_on = _day()
    time_zone = serializers.ChoiceField(choices=sorted(zoneinfo.available_timezones()), required=False)
    currency = StrictRegexField(r"([A-Z]{3})?", required=False, allow_blank=True)
    budget = _amount()
    spent = _amount()
    forecast_at_completion = _amount()
    forecast_at_completion_reason = _words()
    staffing_planned = _amount(100_000)
    staffing_actual = _amount(100_000)
    reassess_every_months = StrictIntegerField(min_value=1, max_value=120, allow_null=True, required=False)
    reassess_at_gates = StrictBooleanField(required=False)
    manager_note = _words()
    role = serializers.ChoiceField(choices=Role.choices, read_only=True)

    class Meta:
        model = models.Program
        fields: ClassVar[Any] = (
            "id", "key", "url", "name", "organisation", "status", "vision", "case_for_change", "cost_of_inaction",
            "sponsor", "deputy_sponsor", "manager", "start_on", "end_on", "time_zone", "currency", "budget", "spent",
            "forecast_at_completion", "forecast_at_completion_on", "forecast_at_completion_reason",
            "staffing_planned", "staffing_actual", "reassess_every_months", "reassess_at_gates", "manager_note",
            "manager_note_on", "role", "created_at", "updated_at",
        )  # fmt: skip
        annotated = ("role",)


class ProgramDetail(Program):
    """A program, with the days besides weekends on which it does not work."""

    holidays = serializers.ListField(child=serializers.DateField(), read_only=True)

    class Meta(Program.Meta):
        fields: ClassVar[Any] = (*Program.Meta.fields, "holidays")
        computed = ("holidays",)


class ProgramOpened(Program):
    """A new program, with how many dates of its structure were moved."""

    dates_moved = serializers.IntegerField(
        read_only=True, help_text="Dates of the template or copy that fell on a weekend: moved to the next working day."
    )

    class Meta(Program.Meta):
        fields: ClassVar[Any] = (*Program.Meta.fields, "dates_moved")
        computed = ("dates_moved",)


@example({
    "key": "TWO", "name": "Two Customers", "case_for_change": "Customers repeat themselves",
    "time_zone": "Europe/London", "start_on": "2027-01-04", "template": "crm",
})  # fmt: skip
class ProgramInput(CreateBody):
    """A new program: from nothing, from a template, or as a copy of another one's structure."""

    template = StrictCharField(required=False, max_length=200, help_text="The `ref` of a template.")
    copy_of = ProgramField(required=False, help_text="The program whose structure to begin with.")

    class Meta:
        resource = Program
        writer = ProgramDetails
        exclude = (
            "cost_of_inaction", "budget", "spent", "forecast_at_completion", "forecast_at_completion_reason",
            "staffing_planned", "staffing_actual", "reassess_every_months", "reassess_at_gates", "manager_note",
        )  # fmt: skip


@example({"manager_note": "Compliance agreed yesterday.", "spent": "1200000.00"})
class ProgramChange(ChangeBody):
    """What may be changed of a program; its state and its people have moves of their own."""

    holidays = serializers.ListField(child=serializers.DateField(), max_length=MOST_HOLIDAYS)

    class Meta:
        resource = ProgramDetail
        writer = services.EDITABLE
        exclude = ("key",)


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
