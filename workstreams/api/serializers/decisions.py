"""What was decided in a program, and a decision recorded."""

from typing import Any

from rest_framework import serializers

from core.api.inputs import example
from core.api.pagination import Row
from core.api.resources import CreateBody
from workstreams.api.serializers.raid import RaidEntry
from workstreams.choices import DecisionKind
from workstreams.services import DecisionDetails


class Decision(serializers.Serializer[Any]):
    """Something that was decided: a gate, a baseline, an override, a rating, or what was recorded or given up."""

    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    decided_on = serializers.DateField()
    code = serializers.CharField(allow_null=True, help_text="Of what it was decided on, as in ONE-G3.")
    title = serializers.CharField()
    verdict = serializers.CharField(allow_null=True, help_text="Such as the decision of a gate.")
    from_on = serializers.DateField(allow_null=True, help_text="Of a baseline that was moved.")
    to_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    decided_by = serializers.CharField(allow_null=True)


class DecisionLog(serializers.Serializer[Any]):
    """A page of the log."""

    results = Decision(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


@example({"title": "Brokers come after the branches", "detail": "The portal is not ready.", "workstream": "ONE-W1"})
class DecisionInput(CreateBody):
    """A decision to be recorded, the caller's own by default; it is final."""

    class Meta:
        resource = RaidEntry
        writer = DecisionDetails


def decision(row: Row, key: str) -> Row:
    """Return something that was decided in the program of a key."""
    return {
        "kind": row["kind"],
        "decided_on": row["on"],
        "code": f"{key}-{row['code']}" if row["code"] else None,
        "title": row["title"],
        "verdict": row["verdict"] or None,
        "from_on": row["from_on"],
        "to_on": row["to_on"],
        "reason": row["reason"],
        "decided_by": row["by_name"] or None,
    }
