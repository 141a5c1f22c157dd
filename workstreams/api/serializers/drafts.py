"""A draft moved as a whole."""

from typing import Any

from rest_framework import serializers

from core.api.fields import StrictIntegerField
from core.api.inputs import example
from core.api.serializers import StrictSerializer


@example({"days": 14})
class ReplanInput(StrictSerializer):
    """By how many days, or to which start: one of the two."""

    days = StrictIntegerField(min_value=-36600, max_value=36600, required=False, help_text="A minus moves earlier.")
    start_on = serializers.DateField(required=False)


class Replanned(serializers.Serializer[Any]):
    """By how many days all planned dates moved, and how many they are."""

    days = serializers.IntegerField()
    dates_moved = serializers.IntegerField()
