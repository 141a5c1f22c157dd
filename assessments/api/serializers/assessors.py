"""Who was asked to answer an assessment."""

from collections.abc import Sequence
from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.api.serializers.assessments import address_under
from core.api.fields import PersonField, StrictBooleanField, StrictCharField, StrictRegexField
from core.api.filters import ADDRESS
from core.api.inputs import example
from core.api.pagination import Row
from core.api.resources import ChangeBody, CreateBody, ResourceSerializer

MOST_SECTIONS = 100
_WRITER = ("sections", "is_leader")


class Assessor(ResourceSerializer):
    """Somebody who was asked to answer, and how many criteria they answered; never what."""

    url = serializers.CharField(read_only=True, help_text="Its address, from the root of the server.")
    person = PersonField(read_only=True)
    email = serializers.EmailField(source="person.email", read_only=True)
    is_member = serializers.BooleanField(
        read_only=True, help_text="false: from outside the program, of which they see their form."
    )
    is_leader = StrictBooleanField(required=False)
    sections = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Codes; none: all sections."
    )
    asked = serializers.IntegerField(read_only=True, help_text="How many criteria they are asked.")
    answered = serializers.IntegerField(read_only=True, help_text="How many of these they answered.")

    class Meta:
        model = models.Assessor
        fields: ClassVar[Any] = (
            "id", "url", "person", "email", "is_member", "is_leader", "sections", "asked", "answered", "submitted_at",
            "left_at", "created_at", "updated_at",
        )  # fmt: skip
        annotated = ("is_member", "asked", "answered")
        computed = ("url", "sections")


@example({"person": "luis.abara@harbourvale.example", "sections": ["C", "E"], "is_leader": False})
class AssessorRequest(CreateBody):
    """Ask somebody to answer: a member of the program, or by `email` whomever, who sees their form alone."""

    person = PersonField(required=False)
    email = StrictRegexField(ADDRESS, required=False)
    name = StrictCharField(max_length=200, allow_blank=True, required=False, help_text="Of who has no account yet.")
    sections = serializers.ListField(
        child=StrictCharField(max_length=20),
        max_length=MOST_SECTIONS,
        required=False,
        help_text="Codes; none: all sections.",
    )

    class Meta:
        resource = Assessor
        writer = _WRITER


@example({"sections": ["C"], "is_leader": True})
class AssessorChange(ChangeBody):
    """What somebody is asked, and whether they count as a leader."""

    sections = serializers.ListField(child=StrictCharField(max_length=20), max_length=MOST_SECTIONS)

    class Meta:
        resource = Assessor
        writer = _WRITER


def assessor(values: Row, sections: Sequence[str], assessment: models.Assessment) -> Row:
    """Return somebody who was asked to answer an assessment, with the sections that they were asked."""
    return Assessor.row(values, url=address_under(assessment, "assessors", values["id"]), sections=list(sections))
