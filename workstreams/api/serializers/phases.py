"""Phases, and the bodies of their moves."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import (
    AddressField,
    CodeField,
    CodeReferenceField,
    PersonField,
    ProgramField,
    StrictBooleanField,
    StrictCharField,
)
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.api.serializers import StrictSerializer
from core.models import LONGEST_REASON
from programs import models
from workstreams.services import PhaseDetails
from workstreams.services import phases as services

MOST_PHASES = 200
LONGEST_PLACE = 40
OPEN_MILESTONES = (
    "Where milestones that are still open go: the code of another phase, as in PH4, or `cancel`. "
    "Needed where there are any and the phase closes."
)


def _day() -> serializers.DateField:
    return serializers.DateField(allow_null=True, required=False)


class Phase(ResourceSerializer):
    """A stretch of a program with outcomes of its own."""

    code = CodeField()
    url = AddressField("phases")
    program = ProgramField(read_only=True)
    name = StrictCharField(max_length=200)
    owner = PersonField(allow_null=True, required=False)
    baseline_start_on = _day()
    baseline_end_on = _day()
    forecast_start_on = _day()
    forecast_end_on = _day()
    actual_start_on = _day()
    actual_end_on = _day()

    class Meta:
        model = models.Phase
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "position", "name", "owner", "status", "baseline_start_on",
            "baseline_end_on", "forecast_start_on", "forecast_end_on", "actual_start_on", "actual_end_on",
            "override_reason", "created_at", "updated_at",
        )  # fmt: skip


@example({
    "program": "ONE", "name": "Roll-out", "owner": "ben.okoro@harbourvale.example",
    "baseline_start_on": "2027-03-01", "baseline_end_on": "2027-09-30",
})  # fmt: skip
class PhaseInput(CreateBody):
    """A new phase, behind the others."""

    program = ProgramField()

    class Meta:
        resource = Phase
        writer = PhaseDetails
        exclude = ("forecast_start_on", "forecast_end_on", "actual_start_on", "actual_end_on")


@example({"forecast_end_on": "2027-02-26", "reason": "The vendor moved a release."})
class PhaseChange(ChangeBody):
    """What may be changed of a phase. From its start on the baseline stands, and other dates move with a `reason`."""

    reason = StrictCharField(max_length=LONGEST_REASON, allow_blank=True, required=False, help_text="Why a date moves.")
    with_milestones = StrictBooleanField(
        required=False, help_text="Whether its milestones to be reached move by the same days."
    )

    class Meta:
        resource = Phase
        writer = services.EDITABLE


@example({"program": "ONE", "phases": ["PH1", "PH3", "PH2"]})
class PhaseOrder(StrictSerializer):
    """Every phase of a program, in the new order."""

    program = ProgramField()
    phases = serializers.ListField(child=CodeReferenceField(), max_length=MOST_PHASES)


@example({"started_on": "2026-11-23"})
class Start(StrictSerializer):
    """When it started, today by default."""

    started_on = serializers.DateField(required=False)


@example({"reason": "The vendor's contract ends in May."})
class Override(Start):
    """Why it starts although the gate before it is closed, and when, today by default."""

    reason = StrictCharField(max_length=LONGEST_REASON)


@example({"ended_on": "2026-11-23"})
class End(StrictSerializer):
    """When it ended, today by default."""

    ended_on = serializers.DateField(required=False)


@example({"ended_on": "2026-11-23", "open_milestones": "PH4"})
class Close(End):
    """When it ended, today by default, and what becomes of milestones that are still open."""

    open_milestones = StrictCharField(max_length=LONGEST_PLACE, required=False, help_text=OPEN_MILESTONES)


@example({"reason": "No budget for it."})
class Stop(End):
    """Why it is stopped, and when it ended, today by default."""

    reason = StrictCharField(max_length=LONGEST_REASON)
