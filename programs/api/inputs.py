"""What the API takes about outcomes, measures and readings: a body for each of them, and for each move."""

from rest_framework import serializers as fields

from core.api.fields import CodedField, NumberField, PersonField, ProgramField, TruthField, WholeField, WordsField
from core.api.inputs import example
from core.api.serializers import StrictSerializer
from core.models import LONGEST_DETAIL
from programs.api.serializers import programs as serializers
from programs.choices import Cadence, Direction, MeasureKind, OutcomeArea

MOST_STEPS = 100
MOST_LAG_DAYS = 366


class OutcomeFields(StrictSerializer):
    """What can be said of an outcome, besides the program it stands in."""

    phase = CodedField()
    statement = WordsField(max_length=500)
    area = fields.ChoiceField(choices=OutcomeArea.choices)
    owner = PersonField(allow_null=True, required=False)
    is_dis_benefit = TruthField(required=False)


@example({"program": "ONE", "phase": "ONE-PH3", "statement": "Customers stop repeating themselves", "area": "customer"})
class OutcomeRequest(OutcomeFields):
    """An outcome to propose for a phase."""

    program = ProgramField()


@example({"statement": "Customers never repeat themselves"})
class OutcomeChange(OutcomeFields):
    """What may be changed of an outcome; its state has moves of its own."""

    shown = serializers.OutcomeItem


@example({"closing_note": "Six points short; accepted, because every branch was reached."})
class Closing(StrictSerializer):
    """The closing note; needed where a measure fell short and the outcome is realised all the same."""

    closing_note = WordsField(max_length=LONGEST_DETAIL, allow_blank=True, required=False)


@example({"on": "2026-12-31", "value": "22"})
class StepInput(StrictSerializer):
    """A value planned for a day between the baseline date and the target date."""

    on = fields.DateField()
    value = NumberField()


class MeasureFields(StrictSerializer):
    """What can be said of a measure; what a phase needs to start may be left out until then."""

    name = WordsField(max_length=300)
    kind = fields.ChoiceField(choices=MeasureKind.choices)
    unit = WordsField(max_length=40, allow_blank=True, required=False)
    direction = fields.ChoiceField(choices=Direction.choices)
    baseline = NumberField(allow_null=True, required=False)
    baseline_on = fields.DateField(allow_null=True, required=False)
    target = NumberField(allow_null=True, required=False)
    target_on = fields.DateField(allow_null=True, required=False)
    low = NumberField(allow_null=True, required=False, help_text="To maintain only.")
    high = NumberField(allow_null=True, required=False, help_text="To maintain only.")
    cadence = fields.ChoiceField(choices=Cadence.choices, required=False)
    owner = PersonField(allow_null=True, required=False)
    source = WordsField(  # type: ignore[assignment]  # a field, not the property
        max_length=300, allow_blank=True, required=False
    )
    reporting_lag_days = WholeField(min_value=0, max_value=MOST_LAG_DAYS, required=False)
    steps = fields.ListField(child=StepInput(), required=False, max_length=MOST_STEPS)


@example({
    "outcome": "ONE-O1", "name": "Contacts repeated within 7 days", "kind": "customer_behaviour", "unit": "count",
    "direction": "down", "baseline": "31", "baseline_on": "2026-03-31", "target": "14", "target_on": "2027-06-30",
    "cadence": "monthly", "owner": "priya.nair@harbourvale.example",
})  # fmt: skip
class MeasureRequest(MeasureFields):
    """A measure to add to an outcome."""

    outcome = CodedField()


@example({"target": "12"})
class MeasureChange(MeasureFields):
    """What may be changed of a measure: everything but its readings."""

    shown = serializers.MeasureItem

    outcome = CodedField()


class ReadingFields(StrictSerializer):
    """A value on a day, today or earlier; it is final once recorded."""

    value = NumberField()
    measured_on = fields.DateField()
    note = WordsField(max_length=LONGEST_DETAIL, allow_blank=True, required=False)
    evidence_url = WordsField(
        max_length=500, allow_blank=True, required=False, help_text="It begins with http:// or https://."
    )


@example({"measure": "ONE-M2", "value": "24.5", "measured_on": "2026-11-19", "note": "Contact log, week 47"})
class ReadingRequest(ReadingFields):
    """A reading to record."""

    measure = CodedField()


@example({"value": "24", "measured_on": "2026-11-19", "note": "A day was missing"})
class Correction(ReadingFields):
    """What a reading should have said; it takes the place of the wrong one, and both stay."""


@example({"value": "24"})
class ReadingChange(ReadingFields):
    """What nobody may change: a reading is final. It is corrected instead."""

    shown = serializers.Measurement
