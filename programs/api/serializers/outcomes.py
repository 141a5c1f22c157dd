"""Outcomes."""

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
from core.models import LONGEST_DETAIL
from programs import models
from programs.choices import OUTCOME_MOVES, OutcomeArea
from programs.services import OutcomeDetails


class Outcome(ResourceSerializer):
    """A result that a phase exists to bring about."""

    code = CodeField()
    url = AddressField("outcomes")
    program = ProgramField(read_only=True)
    phase = CodeReferenceField()
    statement = StrictCharField(max_length=500)
    owner = PersonField(allow_null=True, required=False)
    area = serializers.ChoiceField(choices=OutcomeArea.choices)
    is_dis_benefit = StrictBooleanField(required=False)

    class Meta:
        model = models.Outcome
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "phase", "statement", "owner", "area", "is_dis_benefit", "status",
            "closing_note", "created_at", "updated_at",
        )  # fmt: skip


class OutcomeDetail(Outcome):
    """An outcome, with the moves that the reader can make now."""

    legal_moves = serializers.ListField(
        child=serializers.ChoiceField(choices=list(OUTCOME_MOVES.moves)), read_only=True
    )

    class Meta(Outcome.Meta):
        fields: ClassVar[Any] = (*Outcome.Meta.fields, "legal_moves")
        computed: ClassVar[Any] = ("legal_moves",)


@example({"program": "ONE", "phase": "ONE-PH3", "statement": "Customers stop repeating themselves", "area": "customer"})
class OutcomeRequest(CreateBody):
    """An outcome to propose for a phase."""

    program = ProgramField()

    class Meta:
        resource = Outcome
        writer = OutcomeDetails


@example({"statement": "Customers never repeat themselves"})
class OutcomeChange(ChangeBody):
    """What may be changed of an outcome; its state has moves of its own."""

    class Meta:
        resource = OutcomeDetail
        writer = OutcomeDetails


@example({"closing_note": "Six points short; accepted, because every branch was reached."})
class Closing(StrictSerializer):
    """The closing note; needed where a measure fell short and the outcome is realised all the same."""

    closing_note = StrictCharField(max_length=LONGEST_DETAIL, allow_blank=True, required=False)
