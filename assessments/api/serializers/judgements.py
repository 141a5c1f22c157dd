"""What a judgement of a criterion has, whether one judges alone or all together; documents, not rows."""

from typing import Any

from rest_framework import serializers

from assessments import models
from assessments.choices import AnswerKind, Documents, Flag
from assessments.queries.criteria import JUDGEMENT
from assessments.services.judgements import LONGEST_LINK, LONGEST_NAME, MOST_LINKS
from core.api.fields import StrictBooleanField, StrictCharField, StrictIntegerField
from core.api.pagination import Row
from core.api.serializers import StrictSerializer
from core.models import LONGEST_DETAIL, LONGEST_REASON


class SectionNamed(serializers.Serializer[Any]):
    """Where a criterion stands."""

    code = serializers.CharField()
    name = serializers.CharField()
    part = serializers.CharField(allow_blank=True, help_text="The part of the section, where it has parts.")


class Judgement(serializers.Serializer[Any]):
    """A criterion and what is said of it: the three tests of evidence, then the percent or the flag, or why neither."""

    code = serializers.CharField()
    url = serializers.CharField()
    section = SectionNamed()
    answer = serializers.ChoiceField(choices=AnswerKind.choices)
    points = serializers.IntegerField()
    statement = serializers.CharField()
    has_owner = serializers.BooleanField(allow_null=True)
    owner_name = serializers.CharField(allow_blank=True)
    is_consistent = serializers.BooleanField(allow_null=True)
    documents = serializers.ChoiceField(choices=Documents.choices, allow_null=True)
    links = serializers.ListField(child=serializers.CharField())
    percent = serializers.IntegerField(allow_null=True)
    flag = serializers.ChoiceField(choices=Flag.choices, allow_null=True)
    is_not_applicable = serializers.BooleanField()
    not_applicable_reason = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    updated_at = serializers.DateTimeField(allow_null=True)


class JudgementChange(StrictSerializer):
    """What is said of a criterion, whole: what is left out is said no more."""

    has_owner = StrictBooleanField(allow_null=True)
    owner_name = StrictCharField(max_length=LONGEST_NAME, allow_blank=True)
    is_consistent = StrictBooleanField(allow_null=True)
    documents = serializers.ChoiceField(choices=Documents.choices, allow_null=True)
    links = serializers.ListField(child=StrictCharField(max_length=LONGEST_LINK), max_length=MOST_LINKS)
    percent = StrictIntegerField(min_value=0, max_value=100, allow_null=True)
    flag = serializers.ChoiceField(choices=Flag.choices, allow_null=True)
    is_not_applicable = StrictBooleanField()
    not_applicable_reason = StrictCharField(max_length=LONGEST_REASON, allow_blank=True)
    note = StrictCharField(max_length=LONGEST_DETAIL, allow_blank=True)


def judged(said: models.Judgement | None) -> Row:
    """Return what is said of a criterion; where nobody judged it, what a judgement begins as."""
    made = said or models.Answer()
    return {
        **{name: getattr(made, name) for name in JUDGEMENT},
        "documents": made.documents or None,
        "flag": made.flag or None,
    }
