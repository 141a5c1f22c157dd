"""What all agree on for a criterion, beside how the answers to it are spread."""

from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from assessments.api.serializers import judgements
from assessments.api.serializers.assessments import address_under
from assessments.choices import Flag
from assessments.models import Assessment
from assessments.queries import Point, Spread
from core.api.inputs import example
from core.api.pagination import Row
from core.api.shown import PersonShown


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


class Consensus(judgements.Judgement):
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


@example({"has_owner": True, "is_consistent": False, "documents": "none", "percent": 30})
class ConsensusChange(judgements.JudgementChange):
    """What all agree on for a criterion."""

    shown = Consensus


def point(each: Point, assessment: Assessment) -> Row:
    """Return a criterion to agree on, with its spread and what was agreed."""
    criterion, agreed = each.criterion, each.agreed
    whole = criterion.section.part_of or criterion.section
    part = criterion.section.name if criterion.section.part_of_id else ""
    set_by = agreed.set_by if agreed is not None else None
    return {
        "code": criterion.code,
        "url": address_under(assessment, "consensus", criterion.code),
        "section": {"code": whole.code, "name": whole.name, "part": part},
        "answer": criterion.answer,
        "points": criterion.points,
        "statement": criterion.statement,
        "spread": None if each.spread is None else _spread(each.spread),
        "said": [{**asdict(one), "flag": one.flag or None} for one in each.said],
        **judgements.judged(agreed),
        "set_by": None if set_by is None else {"id": set_by.pk, "name": str(set_by)},
        "updated_at": None if agreed is None else agreed.updated_at,
    }


def _spread(spread: Spread) -> Row:
    """Return a spread; its mean is rounded to a tenth of a percent."""
    mean = None if spread.mean is None else round(float(spread.mean), 1)
    flags = dict(spread.flags) or None
    return {"count": spread.count, "low": spread.low, "high": spread.high, "mean": mean, "flags": flags}
