"""Measures, with their planned steps."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from rest_framework import serializers

from core.api.fields import (
    AddressField,
    CodeField,
    CodeReferenceField,
    PersonField,
    ProgramField,
    StrictCharField,
    StrictDecimalField,
    StrictIntegerField,
)
from core.api.inputs import example
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer
from core.api.serializers import StrictSerializer
from programs import models
from programs.choices import Cadence, Direction, MeasureKind
from programs.indicators import Freshness
from programs.services import MeasureDetails

MOST_STEPS = 100
MOST_LAG_DAYS = 366


class Reading(serializers.Serializer[Any]):
    """A value on a day."""

    value = serializers.DecimalField(max_digits=15, decimal_places=4, read_only=True)
    measured_on = serializers.DateField(read_only=True)


class Measure(ResourceSerializer):
    """A number that shows an outcome; `latest` is its newest reading, null where there is none."""

    code = CodeField()
    url = AddressField("measures")
    program = ProgramField(read_only=True)
    outcome = CodeReferenceField(name_field="statement", read_only=True)
    name = StrictCharField(max_length=300)
    kind = serializers.ChoiceField(choices=MeasureKind.choices)
    unit = StrictCharField(max_length=40, allow_blank=True, required=False)
    direction = serializers.ChoiceField(choices=Direction.choices)
    baseline = StrictDecimalField(allow_null=True, required=False)
    baseline_on = serializers.DateField(allow_null=True, required=False)
    target = StrictDecimalField(allow_null=True, required=False)
    target_on = serializers.DateField(allow_null=True, required=False)
    low = StrictDecimalField(allow_null=True, required=False, help_text="To maintain only.")
    high = StrictDecimalField(allow_null=True, required=False, help_text="To maintain only.")
    cadence = serializers.ChoiceField(choices=Cadence.choices, required=False)
    owner = PersonField(allow_null=True, required=False)
    source = StrictCharField(  # type: ignore[assignment]  # a field, not the property
        max_length=300, allow_blank=True, required=False
    )
    reporting_lag_days = StrictIntegerField(min_value=0, max_value=MOST_LAG_DAYS, required=False)
    latest = Reading(allow_null=True, read_only=True)
    attainment = serializers.FloatField(
        allow_null=True,
        read_only=True,
        help_text="(latest - baseline) / (target - baseline); below 0 and beyond 1 included.",
    )
    expected = serializers.FloatField(
        allow_null=True, read_only=True, help_text="The attainment expected on the day of the latest reading."
    )
    variance = serializers.FloatField(allow_null=True, read_only=True, help_text="Attainment less what was expected.")
    is_behind = serializers.BooleanField(read_only=True)
    freshness = serializers.ChoiceField(choices=[each.value for each in Freshness], read_only=True)

    class Meta:
        model = models.Measure
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "outcome", "name", "kind", "unit", "direction", "baseline", "baseline_on",
            "target", "target_on", "low", "high", "cadence", "owner", "source", "reporting_lag_days", "latest",
            "attainment", "expected", "variance", "is_behind", "freshness", "created_at", "updated_at",
        )  # fmt: skip
        computed: ClassVar[Any] = ("latest", "attainment", "expected", "variance", "is_behind", "freshness")
        # What it takes to tell where it stands on the program's today.
        annotated = ("latest_value", "latest_on", "read_for")
        extra_columns = (
            "outcome__status",
            "outcome__phase__baseline_start_on",
            "outcome__phase__actual_start_on",
            "program__time_zone",
        )


class Step(serializers.Serializer[Any]):
    """A value planned for a day."""

    on = serializers.DateField(read_only=True)
    value = serializers.DecimalField(max_digits=15, decimal_places=4, read_only=True)


class MeasureDetail(Measure):
    """A measure, with the values planned between baseline and target."""

    steps = Step(many=True, read_only=True)

    class Meta(Measure.Meta):
        fields: ClassVar[Any] = (*Measure.Meta.fields, "steps")
        computed: ClassVar[Any] = (*Measure.Meta.computed, "steps")


@example({"on": "2026-12-31", "value": "22"})
class StepInput(StrictSerializer):
    """A value planned for a day between the baseline date and the target date."""

    on = serializers.DateField()
    value = StrictDecimalField()


def _steps() -> serializers.ListField:
    return serializers.ListField(child=StepInput(), required=False, max_length=MOST_STEPS)


@example({
    "outcome": "ONE-O1", "name": "Contacts repeated within 7 days", "kind": "customer_behaviour", "unit": "count",
    "direction": "down", "baseline": "31", "baseline_on": "2026-03-31", "target": "14", "target_on": "2027-06-30",
    "cadence": "monthly", "owner": "priya.nair@harbourvale.example",
})  # fmt: skip
class MeasureRequest(CreateBody):
    """A measure to add to an outcome."""

    outcome = CodeReferenceField()
    steps = _steps()

    class Meta:
        resource = Measure
        writer = MeasureDetails


@example({"target": "12"})
class MeasureChange(ChangeBody):
    """What may be changed of a measure: everything but its readings."""

    outcome = CodeReferenceField()
    steps = _steps()

    class Meta:
        resource = MeasureDetail
        writer = MeasureDetails


def computed(measure: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is reckoned of a measure with its figures, in fractions; null where there is no reading or goal."""
    figures, newest = measure["figures"], measure["latest_on"]
    return {
        "latest": None if newest is None else {"value": measure["latest_value"], "measured_on": newest},
        "attainment": _fraction(figures.attainment),
        "expected": _fraction(figures.expected),
        "variance": _fraction(figures.variance),
        "is_behind": figures.is_behind,
        "freshness": figures.freshness,
    }


def _fraction(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
