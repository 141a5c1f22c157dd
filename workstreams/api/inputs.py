"""What the API takes about the work: a request, the changes of one, and a body for each move."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers as fields

from core.api.fields import CodedField, PersonField, ProgramField, TruthField, WordsField
from core.api.serializers import StrictSerializer
from programs.choices import GateDecision, Rating
from workstreams.api import serializers
from workstreams.choices import MissReason


def _example(value: dict[str, Any]) -> Callable[[type[StrictSerializer]], type[StrictSerializer]]:
    """Give a body an example in the documentation."""
    return extend_schema_serializer(examples=[OpenApiExample("example", value=value, request_only=True)])


@_example({
    "program": "ONE", "workstream": "ONE-W2", "phase": "ONE-PH4", "milestone": "ONE-C5", "outcome": "ONE-O4",
    "title": "Agree the wave 1 rota", "performer": "ben.okoro@harbourvale.example", "requested_for": "2026-12-04",
})  # fmt: skip
class ActionItemRequest(StrictSerializer):
    """Ask somebody of a program for something by a day. The caller is the requester."""

    program = ProgramField()
    workstream = CodedField()
    phase = CodedField()
    milestone = CodedField(allow_null=True, required=False)
    outcome = CodedField(allow_null=True, required=False)
    title = WordsField(max_length=300)
    detail = WordsField(allow_blank=True, required=False)
    performer = PersonField()
    requested_for = fields.DateField()
    needs_acceptance = TruthField(required=False)
    external_source = WordsField(max_length=100, allow_blank=True, required=False)
    external_id = WordsField(
        max_length=200, allow_blank=True, required=False, help_text="Once a program, with `external_source`."
    )


@_example({"title": "Agree the wave 1 rota with team leaders"})
class ActionItemChange(StrictSerializer):
    """What may be changed of what was asked; a promised day is renegotiated instead."""

    shown = serializers.ActionItemWhole

    workstream = CodedField()
    phase = CodedField()
    milestone = CodedField(allow_null=True)
    outcome = CodedField(allow_null=True)
    title = WordsField(max_length=300)
    detail = WordsField(allow_blank=True)
    requested_for = fields.DateField()
    needs_acceptance = TruthField()


@_example({"promised_for": "2026-12-11", "note": "A week later: the rota needs two signatures."})
class Promise(StrictSerializer):
    """The day promised; another day than asked for is a counter-offer."""

    promised_for = fields.DateField()
    note = WordsField(allow_blank=True, required=False)


@_example({"note": "No capacity before January."})
class Decline(StrictSerializer):
    """Why not."""

    note = WordsField()


@_example({"done_on": "2026-12-04"})
class Keep(StrictSerializer):
    """When it was done, today by default."""

    done_on = fields.DateField(required=False)
    note = WordsField(allow_blank=True, required=False)


@_example({"note": "Thank you."})
class Note(StrictSerializer):
    """Words to go with it, if any."""

    note = WordsField(allow_blank=True, required=False)


@_example({"reason": "waiting_for_approval", "done_on": "2026-12-14"})
class Miss(StrictSerializer):
    """Why it was missed, and when it was done, if it was done late; the reason “other” needs a note."""

    reason = fields.ChoiceField(choices=MissReason.choices)
    note = WordsField(allow_blank=True, required=False)
    done_on = fields.DateField(required=False, allow_null=True)


@_example({"promised_for": "2026-12-18"})
class Renew(StrictSerializer):
    """The new day: `promised_for` from its performer, `requested_for` from somebody who asks again."""

    promised_for = fields.DateField(required=False)
    requested_for = fields.DateField(required=False)


@_example({"reason": "Said by mistake."})
class Reason(StrictSerializer):
    """Why."""

    reason = WordsField()


@_example({"actual_on": "2026-12-18"})
class Achieve(StrictSerializer):
    """When it was reached, today by default."""

    actual_on = fields.DateField(required=False)


@_example({"forecast_on": "2026-12-18", "reason": "The vendor moved a release."})
class ForecastInput(StrictSerializer):
    """The new date and why; the baseline and earlier forecasts stay."""

    forecast_on = fields.DateField()
    reason = WordsField()


@_example({"name": "Write-back of income and consent live", "goes_live": True})
class MilestoneChange(StrictSerializer):
    """What may be changed of a milestone; its dates have moves of their own."""

    shown = serializers.MilestoneItem

    name = WordsField(max_length=300)
    owner = PersonField(allow_null=True)
    goes_live = TruthField()


@_example({"program": "ONE", "phase": "ONE-PH4", "planned_on": "2027-07-29"})
class GateRequest(StrictSerializer):
    """Schedule a review at the end of a phase."""

    program = ProgramField()
    phase = CodedField()
    planned_on = fields.DateField()


@_example({"planned_on": "2027-01-21", "reason": "The board meets a week later."})
class GateChange(StrictSerializer):
    """Another day for a review that was not held, and why."""

    shown = serializers.GateReviewWhole

    planned_on = fields.DateField()
    reason = WordsField(help_text="Why, where the day changes.")


@_example({"rating": "amber", "held_on": "2027-01-14", "findings": "The pilot works; two rules are not removed."})
class Hold(StrictSerializer):
    """How a review went; held today by default."""

    rating = fields.ChoiceField(choices=Rating.choices)
    held_on = fields.DateField(required=False)
    findings = WordsField(allow_blank=True, required=False)


class ConditionInput(StrictSerializer):
    """What a decision asks for: of whom, by which day, in which workstream."""

    text = WordsField()
    performer = PersonField()
    requested_for = fields.DateField()
    workstream = CodedField()


@_example({
    "decision": "proceed_with_conditions", "rationale": "The pilot taught what it could.",
    "conditions": [{
        "text": "Remove the last two rules", "performer": "luis.abara@harbourvale.example",
        "requested_for": "2027-02-12", "workstream": "ONE-W2",
    }],
})  # fmt: skip
class Decision(StrictSerializer):
    """What is decided, why, and on which conditions; each of these becomes an action item of its performer."""

    decision = fields.ChoiceField(choices=GateDecision.choices)
    rationale = WordsField()
    conditions = fields.ListField(child=ConditionInput(), max_length=20, required=False)
