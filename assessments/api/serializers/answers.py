"""What an assessor is asked and what they answered; nobody else reads it."""

from typing import Any

from rest_framework import serializers

from assessments import indicators
from assessments.api.serializers import judgements
from assessments.api.serializers.assessments import address_under
from assessments.api.serializers.templates import TestShown
from assessments.models import Assessment
from assessments.queries import Asked
from core.api.inputs import example
from core.api.pagination import Row


class Band(serializers.Serializer[Any]):
    """The percents that the three tests propose."""

    low = serializers.IntegerField()
    high = serializers.IntegerField()


class Answer(judgements.Judgement):
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


@example({
    "has_owner": True, "owner_name": "Priya Nair", "is_consistent": True, "documents": "planned", "percent": 45,
    "note": "Two branches do it otherwise.",
})  # fmt: skip
class AnswerChange(judgements.JudgementChange):
    """What the caller says of a criterion."""

    shown = Answer


def answer(asked: Asked, assessment: Assessment) -> Row:
    """Return what an assessor is asked and what they said of it."""
    question, said = asked.question, asked.said
    judged = judgements.judged(said)
    band = indicators.proposed_band(
        assessment.template.range_bands, judged["has_owner"], judged["is_consistent"], judged["documents"] or ""
    )
    return {
        "code": question.code,
        "url": address_under(assessment, "answers", question.code),
        "section": {"code": question.section_code, "name": question.section_name, "part": question.part_name},
        "answer": question.kind,
        "points": question.points,
        "statement": question.statement,
        "rationale": question.rationale,
        "is_answered": asked.is_answered,
        **judged,
        "proposed": None if band is None else {"low": band[0], "high": band[1]},
        "updated_at": None if said is None else said.updated_at,
    }
