"""What the API takes about the work: a request, the changes of one, and a body for each move."""

from rest_framework import serializers

from core.api.fields import CodedField, PersonField, ProgramField, WordsField
from core.api.serializers import StrictSerializer
from workstreams.choices import MissReason


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
    requested_for = serializers.DateField()
    needs_acceptance = serializers.BooleanField(required=False)
    external_source = WordsField(max_length=100, allow_blank=True, required=False)
    external_id = WordsField(
        max_length=200, allow_blank=True, required=False, help_text="Once a program, with `external_source`."
    )


class ActionItemChange(StrictSerializer):
    """What may be changed of what was asked; a promised day is renegotiated instead."""

    workstream = CodedField()
    phase = CodedField()
    milestone = CodedField(allow_null=True)
    outcome = CodedField(allow_null=True)
    title = WordsField(max_length=300)
    detail = WordsField(allow_blank=True)
    requested_for = serializers.DateField()
    needs_acceptance = serializers.BooleanField()


class Promise(StrictSerializer):
    """The day promised; another day than asked for is a counter-offer."""

    promised_for = serializers.DateField()
    note = WordsField(allow_blank=True, required=False)


class Decline(StrictSerializer):
    """Why not."""

    note = WordsField()


class Keep(StrictSerializer):
    """When it was done, today by default."""

    done_on = serializers.DateField(required=False)
    note = WordsField(allow_blank=True, required=False)


class Note(StrictSerializer):
    """Words to go with it, if any."""

    note = WordsField(allow_blank=True, required=False)


class Miss(StrictSerializer):
    """Why it was missed, and when it was done, if it was done late; the reason “other” needs a note."""

    reason = serializers.ChoiceField(choices=MissReason.choices)
    note = WordsField(allow_blank=True, required=False)
    done_on = serializers.DateField(required=False, allow_null=True)


class Renew(StrictSerializer):
    """The new day: `promised_for` from its performer, `requested_for` from somebody who asks again."""

    promised_for = serializers.DateField(required=False)
    requested_for = serializers.DateField(required=False)


class Reason(StrictSerializer):
    """Why."""

    reason = WordsField()


class Achieve(StrictSerializer):
    """When it was reached, today by default."""

    actual_on = serializers.DateField(required=False)


class ForecastInput(StrictSerializer):
    """The new date and why; the baseline and earlier forecasts stay."""

    forecast_on = serializers.DateField()
    reason = WordsField()


class MilestoneChange(StrictSerializer):
    """What may be changed of a milestone; its dates have moves of their own."""

    name = WordsField(max_length=300)
    owner = PersonField(allow_null=True)
    goes_live = serializers.BooleanField()
