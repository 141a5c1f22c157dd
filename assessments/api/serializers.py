"""What the API shows of assessments, described for the schema and for `?fields=`."""

from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.choices import AnswerKind
from core.api.shown import PersonShown, ShownSerializer


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


class PartWhole(PartShown):
    """A part with its criteria."""

    criteria = CriterionShown(many=True)


class SectionWhole(PartShown):
    """A section with its parts or its criteria."""

    parts = PartWhole(many=True)
    criteria = CriterionShown(many=True)


class TestShown(serializers.Serializer[Any]):
    """A test of evidence, asked of every answer."""

    code = serializers.CharField()
    question = serializers.CharField()


class TemplateBase(ShownSerializer):
    """What is shown of a version of a template, listed or alone."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    evidence_tests = TestShown(many=True)
    range_bands = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    criterion_count = serializers.IntegerField()
    copied_from = serializers.CharField(allow_null=True)
    saved_by = PersonShown(allow_null=True)

    class Meta:
        model = models.AssessmentTemplate
        fields: ClassVar[Any] = (
            "id", "code", "url", "slug", "version", "title", "about", "total_points", "criterion_count", "is_built_in",
            "copied_from", "saved_by", "evidence_tests", "range_bands", "created_at",
        )  # fmt: skip


class AssessmentTemplate(TemplateBase):
    """A version of a template with its sections; `code` names it in addresses, `slug` alone its newest."""

    sections = SectionShown(many=True)

    class Meta(TemplateBase.Meta):
        fields: ClassVar[Any] = (*TemplateBase.Meta.fields, "sections")


class AssessmentTemplateWhole(TemplateBase):
    """A version of a template with all its criteria."""

    sections = SectionWhole(many=True)

    class Meta(TemplateBase.Meta):
        fields: ClassVar[Any] = (*TemplateBase.Meta.fields, "sections")
