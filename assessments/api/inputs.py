"""What the API takes about assessments."""

from rest_framework import serializers as fields

from assessments.api.fields import TemplateField
from assessments.api.serializers import assessments as serializers
from assessments.choices import Documents, Flag, Purpose
from assessments.format import MOST_POINTS
from assessments.services.judging import LONGEST_LINK, LONGEST_NAME, MOST_LINKS
from core.api.fields import (
    CodeReferenceField,
    PersonField,
    ProgramField,
    StrictBooleanField,
    StrictCharField,
    StrictIntegerField,
    StrictRegexField,
)
from core.api.filters import ADDRESS
from core.api.inputs import example
from core.api.serializers import StrictSerializer
from core.models import LONGEST_DETAIL, LONGEST_REASON


def _points() -> StrictIntegerField:
    return StrictIntegerField(min_value=0, max_value=MOST_POINTS, allow_null=True, required=False)


@example({
    "program": "ONE", "purpose": "course_correction", "previous": "ONE-T2", "closes_on": "2027-02-19", "target": 620,
})  # fmt: skip
class AssessmentRequest(StrictSerializer):
    """Prepare an assessment, a draft; from a `previous` one come its template, its assessors and its next target."""

    program = ProgramField()
    purpose = fields.ChoiceField(choices=Purpose.choices)
    template = TemplateField(required=False)
    previous = CodeReferenceField(allow_null=True, required=False)
    closes_on = fields.DateField(allow_null=True, required=False)
    facilitator = PersonField(required=False, help_text="A manager; the caller by default.")
    is_named = StrictBooleanField(required=False)
    is_in_words = StrictBooleanField(required=False)
    target = _points()
    target_next = _points()


@example({"closes_on": "2027-02-26", "target_next": 700})
class AssessmentChange(StrictSerializer):
    """What may be changed of an assessment, as far as its state lets."""

    shown = serializers.AssessmentWhole

    purpose = fields.ChoiceField(choices=Purpose.choices)
    closes_on = fields.DateField(allow_null=True)
    facilitator = PersonField(allow_null=True, help_text="A manager; null where a program file did not say.")
    is_named = StrictBooleanField()
    is_in_words = StrictBooleanField()
    target = _points()
    target_next = _points()


@example({"person": "luis.abara@harbourvale.example", "sections": ["C", "E"], "is_leader": False})
class AssessorRequest(StrictSerializer):
    """Ask somebody to answer: a member of the program, or by `email` whomever, who sees their form alone."""

    person = PersonField(required=False)
    email = StrictRegexField(ADDRESS, required=False)
    name = StrictCharField(max_length=200, allow_blank=True, required=False, help_text="Of who has no account yet.")
    sections = fields.ListField(
        child=StrictCharField(max_length=20), max_length=100, required=False, help_text="Codes; none: all sections."
    )
    is_leader = StrictBooleanField(required=False)


@example({"sections": ["C"], "is_leader": True})
class AssessorChange(StrictSerializer):
    """What somebody is asked, and whether they count as a leader."""

    shown = serializers.Assessor

    sections = fields.ListField(child=StrictCharField(max_length=20), max_length=100)
    is_leader = StrictBooleanField()


class JudgementChange(StrictSerializer):
    """What is said of a criterion, whole: what is left out is said no more."""

    has_owner = StrictBooleanField(allow_null=True)
    owner_name = StrictCharField(max_length=LONGEST_NAME, allow_blank=True)
    is_consistent = StrictBooleanField(allow_null=True)
    documents = fields.ChoiceField(choices=Documents.choices, allow_null=True)
    links = fields.ListField(child=StrictCharField(max_length=LONGEST_LINK), max_length=MOST_LINKS)
    percent = StrictIntegerField(min_value=0, max_value=100, allow_null=True)
    flag = fields.ChoiceField(choices=Flag.choices, allow_null=True)
    is_not_applicable = StrictBooleanField()
    not_applicable_reason = StrictCharField(max_length=LONGEST_REASON, allow_blank=True)
    note = StrictCharField(max_length=LONGEST_DETAIL, allow_blank=True)


@example({
    "has_owner": True, "owner_name": "Priya Nair", "is_consistent": True, "documents": "planned", "percent": 45,
    "note": "Two branches do it otherwise.",
})  # fmt: skip
class AnswerChange(JudgementChange):
    """What the caller says of a criterion."""

    shown = serializers.Answer


@example({"has_owner": True, "is_consistent": False, "documents": "none", "percent": 30})
class ConsensusChange(JudgementChange):
    """What all agree on for a criterion."""

    shown = serializers.Consensus
