"""Milestones, the dates said of them, and what other dates push."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from core.api import rows
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
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer, Row
from core.api.serializers import StrictSerializer
from core.api.shown import CodedShown, PersonShown
from core.models import LONGEST_REASON
from workstreams import models
from workstreams.choices import MILESTONE_MOVES, Discipline, MilestoneState
from workstreams.queries.dates import PHASE_ENDS, PHASE_STARTS, dated, outside_phase
from workstreams.queries.network import Network
from workstreams.services import MilestoneDetails


class Milestone(ResourceSerializer):
    """A point that a workstream reaches on a day; `due_on` is the latest forecast, else the baseline."""

    code = CodeField()
    url = AddressField("milestones")
    program = ProgramField(read_only=True)
    workstream = CodeReferenceField()
    discipline = serializers.ChoiceField(choices=Discipline.choices, source="workstream.discipline", read_only=True)
    phase = CodeReferenceField()
    name = StrictCharField(max_length=300)
    owner = PersonField(allow_null=True, required=False)
    goes_live = StrictBooleanField(required=False)
    baseline_on = serializers.DateField()
    expected_on = serializers.DateField(
        allow_null=True,
        read_only=True,
        help_text="The day reached; else the due date, pushed by what it waits for. Null if cancelled.",
    )
    slip_days = serializers.IntegerField(
        read_only=True, help_text="Days from the baseline to the day expected; negative is early."
    )
    reforecasts = serializers.IntegerField(read_only=True, help_text="How often another date was said for it.")
    outside_phase = serializers.ChoiceField(
        choices=["before", "after"],
        allow_null=True,
        read_only=True,
        help_text="Expected before its phase starts or after it ends; null within it, or once reached or cancelled.",
    )
    is_critical = serializers.BooleanField(read_only=True, help_text="The last date of the program hangs on it.")

    class Meta:
        model = models.Milestone
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "workstream", "discipline", "phase", "name", "owner", "goes_live", "state",
            "baseline_on", "baseline_frozen_at", "due_on", "expected_on", "actual_on", "slip_days", "reforecasts",
            "outside_phase", "is_critical", "created_at", "updated_at",
        )  # fmt: skip
        computed: ClassVar[Any] = ("expected_on", "slip_days", "outside_phase", "is_critical")
        annotated = ("reforecasts", "role")
        # What it takes to tell which moves are the reader's, and when it is expected.
        extra_columns = (
            "workstream__lead_id", "program__deputy_sponsor_id", "program__time_zone",
            *(f"phase__{name}" for name in (*PHASE_STARTS, *PHASE_ENDS)),
        )  # fmt: skip


class Forecast(serializers.Serializer[Any]):
    """A date that was said of a milestone, and why."""

    forecast_on = serializers.DateField(read_only=True)
    said_on = serializers.DateField(read_only=True)
    said_by = PersonShown(allow_null=True, read_only=True)
    reason = serializers.CharField(read_only=True)


class MilestoneDetail(Milestone):
    """A milestone with every date said of it, and the moves that the reader can make now."""

    forecasts = Forecast(many=True, read_only=True)
    legal_moves = serializers.ListField(
        child=serializers.ChoiceField(choices=list(MILESTONE_MOVES.moves)), read_only=True
    )

    class Meta(Milestone.Meta):
        fields: ClassVar[Any] = (*Milestone.Meta.fields, "forecasts", "legal_moves")
        computed: ClassVar[Any] = (*Milestone.Meta.computed, "forecasts", "legal_moves")


@example({
    "program": "ONE", "workstream": "ONE-W1", "phase": "ONE-PH4", "name": "Brokers see the shared record",
    "baseline_on": "2027-05-14", "owner": "priya.nair@harbourvale.example", "goes_live": True,
})  # fmt: skip
class MilestoneRequest(CreateBody):
    """Add a milestone to a plan; without a code it gets the next one of its discipline."""

    program = ProgramField()
    code = serializers.RegexField(r"^[A-Za-z][A-Za-z0-9_.]{0,19}\Z", required=False)

    class Meta:
        resource = Milestone
        writer = MilestoneDetails


@example({"name": "Write-back of income and consent live", "goes_live": True})
class MilestoneChange(ChangeBody):
    """What may be changed of a milestone: its baseline and phase until the phase starts; other dates have moves."""

    class Meta:
        resource = MilestoneDetail
        writer = MilestoneDetails


@example({"actual_on": "2026-12-18"})
class Achieve(StrictSerializer):
    """When it was reached, today by default."""

    actual_on = serializers.DateField(required=False)


@example({"forecast_on": "2026-12-18", "reason": "The vendor moved a release."})
class ForecastInput(StrictSerializer):
    """The new date and why; the baseline and earlier forecasts stay."""

    forecast_on = serializers.DateField()
    reason = StrictCharField(max_length=LONGEST_REASON)


@example({"baseline_on": "2027-03-26", "reason": "The board agreed the new scope on 12 March."})
class Rebaseline(StrictSerializer):
    """The new baseline and why; the old one stays on record."""

    baseline_on = serializers.DateField()
    reason = StrictCharField(max_length=LONGEST_REASON)


class Push(serializers.Serializer[Any]):
    """A milestone whose expected date another one's date moves."""

    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True)
    url = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    owner = PersonShown(allow_null=True, read_only=True)
    expected_before = serializers.DateField(read_only=True)
    expected_after = serializers.DateField(read_only=True)
    days = serializers.IntegerField(read_only=True, help_text="Negative is earlier.")


class Pushes(serializers.Serializer[Any]):
    """What another date for milestones pushes."""

    pushes = Push(many=True, read_only=True)


class MovedMilestone(CodedShown):
    """A milestone that was moved, or would be."""

    due_on = serializers.DateField(read_only=True)


class Moved(Pushes):
    """What was moved, or would be, and what that pushes."""

    moved = MovedMilestone(many=True, read_only=True)


class OneMove(StrictSerializer):
    """Another date for one milestone."""

    milestone = CodeReferenceField()
    forecast_on = serializers.DateField()


@example({
    "program": "ONE", "reason": "The branch systems are frozen over year's end.", "dry_run": True,
    "moves": [{"milestone": "ONE-S4", "forecast_on": "2027-01-15"}, {"milestone": "S5", "forecast_on": "2027-04-09"}],
})  # fmt: skip
class MoveMany(StrictSerializer):
    """Other dates for up to 500 milestones with one reason, all or none; a dry run only tells what they would push."""

    program = ProgramField()
    moves = serializers.ListField(child=OneMove(), min_length=1, max_length=500)
    reason = StrictCharField(max_length=LONGEST_REASON)
    dry_run = StrictBooleanField(required=False)


def expected(values: Mapping[str, Any], network: Network) -> Row:
    """Return when a milestone is expected, how late that is by its baseline, and whether the end hangs on it."""
    days = dated(values, network, key="id")
    phase = {name: values[f"phase__{name}"] for name in (*PHASE_STARTS, *PHASE_ENDS)}
    is_cancelled = values["state"] == MilestoneState.CANCELLED
    return {
        "expected_on": None if is_cancelled else days["expected_on"],
        "slip_days": days["slip"],
        "outside_phase": outside_phase({"state": values["state"], **days}, phase) or None,
        "is_critical": values["id"] in network.critical,
    }


def forecast(values: Mapping[str, Any]) -> Row:
    """Return a date that was said of a milestone."""
    shown = {name: values[name] for name in ("forecast_on", "said_on", "reason")}
    return {**shown, "said_by": rows.person(values, "said_by")}


def push(values: Mapping[str, Any]) -> Row:
    """Return a milestone that another one's date moves."""
    code = rows.code(values)
    return {
        "id": values["pk"],
        "code": code,
        "url": rows.address("milestones", code),
        "name": values["name"],
        "owner": rows.person(values, "owner"),
        "expected_before": values["before"],
        "expected_after": values["after"],
        "days": values["days"],
    }
