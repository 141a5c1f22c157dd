"""What the API shows of assessments, described for the schema and for `?fields=`."""

from typing import Any, ClassVar

from rest_framework import serializers

from assessments import models
from assessments.api.fields import TemplateNamed
from assessments.api.serializers.templates import TestShown
from assessments.choices import ASSESSMENT_MOVES, AnswerKind, Documents, Flag, PromptCause
from core.api.shown import CodedShown, PersonShown, ProgramShown, ShownSerializer

STAMPS = ("created_at", "updated_at")


class Assessment(ShownSerializer):
    """A program judged by its own people against a template: each answers alone, then all agree."""

    code = serializers.CharField()
    program = ProgramShown()
    template = TemplateNamed()
    total_points = serializers.IntegerField()
    facilitator = PersonShown(allow_null=True)
    asked = serializers.IntegerField(help_text="How many people are asked to answer.")
    submitted = serializers.IntegerField(help_text="How many of them said that they are done.")
    asks_me = serializers.BooleanField(help_text="Whether the caller is asked to answer.")

    class Meta:
        model = models.Assessment
        fields: ClassVar[Any] = (
            "id", "code", "url", "program", "template", "total_points", "purpose", "state", "facilitator", "closes_on",
            "is_named", "is_in_words", "target", "target_next", "asked", "submitted", "asks_me", "opened_at",
            "consensus_at", "completed_on", *STAMPS,
        )  # fmt: skip


class AssessmentWhole(Assessment):
    """An assessment with the moves that the reader can make."""

    legal_moves = serializers.ListField(child=serializers.ChoiceField(choices=list(ASSESSMENT_MOVES.moves)))

    class Meta(Assessment.Meta):
        fields: ClassVar[Any] = (*Assessment.Meta.fields, "legal_moves")


class Assessor(ShownSerializer):
    """Somebody who was asked to answer, and how many criteria they answered; never what."""

    person = PersonShown()
    email = serializers.EmailField()
    is_member = serializers.BooleanField(help_text="false: from outside the program, of which they see their form.")
    sections = serializers.ListField(child=serializers.CharField(), help_text="Codes; none: all sections.")
    asked = serializers.IntegerField(help_text="How many criteria they are asked.")
    answered = serializers.IntegerField(help_text="How many of these they answered.")

    class Meta:
        model = models.Assessor
        fields: ClassVar[Any] = (
            "id", "url", "person", "email", "is_member", "is_leader", "sections", "asked", "answered", "submitted_at",
            "left_at", *STAMPS,
        )  # fmt: skip


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


class Band(serializers.Serializer[Any]):
    """The percents that the three tests propose."""

    low = serializers.IntegerField()
    high = serializers.IntegerField()


class Answer(Judgement):
    """What the caller is asked, and what they answered; nobody else reads it."""

    rationale = serializers.CharField(allow_blank=True)
    is_answered = serializers.BooleanField()
    proposed = Band(allow_null=True)


class AnswerRow(Answer):
    """An answer with the ETag that changing it takes."""

    etag = serializers.CharField()


class AnswerForm(serializers.Serializer[Any]):
    """Everything that the caller is asked, in order."""

    code = serializers.CharField(help_text="The assessment.")
    closes_on = serializers.DateField(allow_null=True)
    is_open = serializers.BooleanField(help_text="Whether answers are taken now.")
    is_named = serializers.BooleanField(help_text="Whether answers carry names once consensus opens.")
    is_in_words = serializers.BooleanField()
    evidence_tests = TestShown(many=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    answered = serializers.IntegerField()
    asked_beside = serializers.IntegerField(help_text="How many others are asked some of the same.")
    asked_from_outside = serializers.IntegerField(help_text="How many of them do not belong to the program.")
    results = AnswerRow(many=True)


class FlagCounts(serializers.Serializer[Any]):
    """How many said what of a warning sign."""

    absent = serializers.IntegerField()
    partly = serializers.IntegerField()
    present = serializers.IntegerField()


class SpreadShown(serializers.Serializer[Any]):
    """How three answers or more are spread; whose they are is not told."""

    count = serializers.IntegerField()
    low = serializers.IntegerField(allow_null=True)
    high = serializers.IntegerField(allow_null=True)
    mean = serializers.FloatField(allow_null=True)
    flags = FlagCounts(allow_null=True)


class Said(serializers.Serializer[Any]):
    """Who said what, of an assessment that was opened with names."""

    person_id = serializers.IntegerField()
    person_name = serializers.CharField()
    percent = serializers.IntegerField(allow_null=True)
    flag = serializers.ChoiceField(choices=Flag.choices, allow_null=True)
    is_not_applicable = serializers.BooleanField()
    not_applicable_reason = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)


class Consensus(Judgement):
    """What all agree on for a criterion, and how the answers to it are spread: null of fewer than three answers."""

    spread = SpreadShown(allow_null=True)
    said = Said(many=True)
    set_by = PersonShown(allow_null=True)


class ConsensusRow(Consensus):
    """A criterion with the ETag that changing it takes."""

    etag = serializers.CharField()


class ConsensusList(serializers.Serializer[Any]):
    """The criteria, the widest spread first; none before consensus opens."""

    results = ConsensusRow(many=True)


class CauseShown(serializers.Serializer[Any]):
    """Why a program is asked; `code` and `name` are those of the gate, outcome or assessment, where it is about one."""

    kind = serializers.ChoiceField(choices=PromptCause.choices)
    on = serializers.DateField()
    code = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)


class AssessmentPrompt(ShownSerializer):
    """What asks a program to assess itself again."""

    program = ProgramShown()
    assessment = CodedShown(allow_null=True)
    closed_by = PersonShown(allow_null=True)
    causes = CauseShown(many=True)

    class Meta:
        model = models.Prompt
        fields: ClassVar[Any] = (
            "id", "url", "program", "state", "due_on", "causes", "assessment", "closed_by", "reason", "created_at",
            "updated_at",
        )  # fmt: skip
