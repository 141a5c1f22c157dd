"""Templates of assessments, with their sections and criteria."""

from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.api.fields import VersionField
from assessments.choices import AnswerKind
from core.api.fields import AddressField, PersonField, StrictCharField
from core.api.inputs import example
from core.api.resources import ResourceSerializer
from core.api.serializers import StrictSerializer
from core.documents import reader


class CriterionShown(serializers.Serializer[Any]):
    """A statement to judge."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    answer = serializers.ChoiceField(choices=AnswerKind.choices)
    points = serializers.IntegerField()
    statement = serializers.CharField()
    rationale = serializers.CharField(allow_blank=True)


class PartShown(serializers.Serializer[Any]):
    """A part of a section."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField(allow_blank=True)
    points = serializers.IntegerField()


class SectionShown(PartShown):
    """A section with its parts."""

    parts = PartShown(many=True)


class PartDetail(PartShown):
    """A part with its criteria."""

    criteria = CriterionShown(many=True)


class SectionDetail(PartShown):
    """A section with its parts or its criteria."""

    parts = PartDetail(many=True)
    criteria = CriterionShown(many=True)


class TestShown(serializers.Serializer[Any]):
    """A test of evidence, asked of every answer."""

    code = serializers.CharField()
    question = serializers.CharField()


class TemplateBase(ResourceSerializer):
    """What is shown of a version of a template, listed or alone."""

    code = VersionField(source="*")
    url = AddressField("assessment-templates")
    version = serializers.IntegerField(source="number", read_only=True)
    evidence_tests = TestShown(many=True, read_only=True)
    range_bands = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()), read_only=True)
    criterion_count = serializers.IntegerField(read_only=True)
    copied_from = VersionField(allow_null=True)
    saved_by = PersonField(allow_null=True, read_only=True)

    class Meta:
        model = models.AssessmentTemplate
        fields: ClassVar[Any] = (
            "id", "code", "url", "slug", "version", "title", "about", "total_points", "criterion_count", "is_built_in",
            "copied_from", "saved_by", "evidence_tests", "range_bands", "created_at",
        )  # fmt: skip
        annotated = ("criterion_count",)


class AssessmentTemplate(TemplateBase):
    """A version of a template with its sections; `code` names it in addresses, `slug` alone its newest."""

    sections = SectionShown(many=True, read_only=True)

    class Meta(TemplateBase.Meta):
        fields: ClassVar[Any] = (*TemplateBase.Meta.fields, "sections")
        computed: ClassVar[Any] = ("sections",)


class AssessmentTemplateDetail(TemplateBase):
    """A version of a template with all its criteria."""

    sections = SectionDetail(many=True, read_only=True)

    class Meta(TemplateBase.Meta):
        fields: ClassVar[Any] = (*TemplateBase.Meta.fields, "sections")
        computed: ClassVar[Any] = ("sections",)


_DOCUMENT = """format: crm-assessment-template/1
slug: our-check
version: 1
title: Our check
total_points: 10
evidence_tests:
  - {code: owner, question: Is somebody responsible?}
  - {code: consistent, question: Is it how we say we work?}
  - {code: documented, question: Do documents show it?}
range_bands: [[0, 45], [50, 100]]
sections:
  - code: A
    name: Only this
    points: 10
    criteria:
      - {code: A1, answer: range, points: 10, statement: We listen.}
"""


@example({"document": _DOCUMENT})
class TemplateRequest(StrictSerializer):
    """A template to keep, as text in the format `crm-assessment-template/1`."""

    document = StrictCharField(max_length=reader.MOST_BYTES // 64)
    copied_from = StrictCharField(max_length=80, required=False)
