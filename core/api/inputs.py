"""Bodies that more than one app takes, and an example for the documentation of any."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer

from core.api.fields import StrictCharField
from core.api.serializers import StrictSerializer
from core.models import LONGEST_REASON


def example(value: dict[str, Any]) -> Callable[[type[StrictSerializer]], type[StrictSerializer]]:
    """Give a body an example in the documentation."""
    return extend_schema_serializer(examples=[OpenApiExample("example", value=value, request_only=True)])


@example({"reason": "Said by mistake."})
class Reason(StrictSerializer):
    """Why."""

    reason = StrictCharField(max_length=LONGEST_REASON)
