"""What an assessment came to, as the API shows it and as the schema describes it; null where there is no figure."""

from fractions import Fraction
from typing import Any

from rest_framework import serializers

from assessments.choices import AssessmentState, Flag
from assessments.indicators import Engagement
from assessments.queries.leadership import Gap
from assessments.queries.results import Results
from assessments.queries.rises import Rise
from assessments.queries.section_results import Line
from core.api import rows
from core.api.shown import ProgramShown
from programs.indicators import Share

FRACTION = "Not rounded; null where nothing was answered."
CHANGE = "Points more than in `previous`, compared by the share of what was answered."


class LineShown(serializers.Serializer[Any]):
    """Points of a section, a part or several together."""

    code = serializers.CharField(allow_blank=True, help_text="Empty for several together.")
    name = serializers.CharField()
    of = serializers.IntegerField(help_text="What the template gives.")
    applicable = serializers.IntegerField(help_text="Of these without what does not apply.")
    answered = serializers.IntegerField(help_text="Of these what was answered.")
    points = serializers.FloatField(allow_null=True, help_text=FRACTION)
    rescaled = serializers.FloatField(allow_null=True, help_text="The points as if all applied.")
    gap = serializers.FloatField(allow_null=True, help_text="What is missing of the answered points.")
    coverage = serializers.FloatField(allow_null=True, help_text="Points whose tests hold, of those answered: 0 to 1.")
    previous_points = serializers.FloatField(allow_null=True)
    change = serializers.FloatField(allow_null=True, help_text=CHANGE)


class SectionLine(LineShown):
    """A section with its parts."""

    group = serializers.CharField(allow_blank=True)
    parts = LineShown(many=True)


class PreviousShown(serializers.Serializer[Any]):
    """The last completed assessment with the same version of the template."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    completed_on = serializers.DateField()


class SignShown(serializers.Serializer[Any]):
    """A warning sign; never scored."""

    criterion = serializers.CharField()
    statement = serializers.CharField()
    flag = serializers.ChoiceField(choices=Flag.choices, allow_blank=True, help_text="Empty: unanswered.")


class DoubtShown(serializers.Serializer[Any]):
    """A high answer that fails a test of evidence; its points stay."""

    criterion = serializers.CharField()
    statement = serializers.CharField()
    percent = serializers.IntegerField()


class RiseShown(serializers.Serializer[Any]):
    """An accepted recommendation of the previous assessment, and its criterion then and now, in percent."""

    recommendation = serializers.CharField()
    criterion = serializers.CharField()
    action_item = serializers.CharField()
    previous_percent = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)
    section = serializers.CharField(allow_null=True, help_text="The section, or part, that holds the criterion.")
    section_change = serializers.FloatField(allow_null=True, help_text=CHANGE)


class GapShown(serializers.Serializer[Any]):
    """A criterion of leadership: mean percents of at least three leaders and three others."""

    criterion = serializers.CharField()
    leaders = serializers.FloatField()
    others = serializers.FloatField()
    gap = serializers.FloatField()


class ShareShown(serializers.Serializer[Any]):
    """So many of so many."""

    done = serializers.IntegerField()
    due = serializers.IntegerField()


class EngagementShown(serializers.Serializer[Any]):
    """What the sponsor did by its day, of what was due in the last 90 days."""

    promises = ShareShown()
    decisions = ShareShown()
    debriefs = ShareShown()


class ResultsShown(serializers.Serializer[Any]):
    """What an assessment came to: of one in consensus so far, of one in words without scores."""

    id = serializers.IntegerField()
    code = serializers.CharField(help_text="With the program's key, as in ONE-T2.")
    url = serializers.CharField(help_text="Its address, from the root of the server.")
    program = ProgramShown()
    template = serializers.CharField(help_text="Short name and version, as in crm-best-practice.1.")
    state = serializers.ChoiceField(choices=AssessmentState.choices)
    is_final = serializers.BooleanField()
    is_in_words = serializers.BooleanField()
    target = serializers.IntegerField(allow_null=True)
    target_next = serializers.IntegerField(allow_null=True)
    previous = PreviousShown(allow_null=True)
    whole = LineShown()
    implementation = LineShown(
        allow_null=True, help_text="Leadership, program management and change management together; never the whole."
    )
    sections = SectionLine(many=True)
    warning_signs = SignShown(many=True, help_text="The gravest first.")
    doubtful = DoubtShown(many=True)
    rises = RiseShown(many=True)
    vision_reality_gap = GapShown(many=True, help_text="The widest first.")
    sponsor_engagement = EngagementShown(allow_null=True, help_text="Null without a sponsor.")


def results(found: Results, rises: list[Rise], gaps: list[Gap], engagement: Engagement | None) -> dict[str, Any]:
    """Return what an assessment came to."""
    assessment, last, together = found.assessment, found.previous, found.implementation
    program, template = assessment.program, assessment.template
    code = f"{program.key}-{assessment.code}"
    return {
        "id": assessment.pk,
        "code": code,
        "url": rows.address("assessments", code),
        "program": {"id": program.pk, "key": program.key, "name": program.name},
        "template": f"{template.slug}.{template.number}",
        "state": assessment.state,
        "is_final": found.is_final,
        "is_in_words": assessment.is_in_words,
        "target": assessment.target,
        "target_next": assessment.target_next,
        "previous": None if last is None else _previous(program.key, last),
        "whole": _line(found.whole),
        "implementation": None if together is None else _line(together),
        "sections": [
            {**_line(each), "group": each.group, "parts": [_line(part) for part in each.parts]} for each in found.scored
        ],
        "warning_signs": [
            {"criterion": each.code, "statement": each.statement, "flag": each.flag} for each in found.signs
        ],
        "doubtful": [
            {"criterion": each.code, "statement": each.statement, "percent": each.percent} for each in found.doubtful
        ],
        "rises": [_rise(program.key, rise) for rise in rises],
        "vision_reality_gap": [_gap(gap) for gap in gaps],
        "sponsor_engagement": None if engagement is None else _engagement(engagement),
    }


def _number(value: Fraction | int | None) -> float | None:
    return None if value is None else float(value)


def _previous(key: str, last: Any) -> dict[str, Any]:
    return {"id": last.pk, "code": f"{key}-{last.code}", "completed_on": last.completed_on}


def _line(line: Line) -> dict[str, Any]:
    now, then, is_answered = line.now, line.then, bool(line.now.answered)
    return {
        "code": line.code,
        "name": line.name,
        "of": now.of,
        "applicable": now.applicable,
        "answered": now.answered,
        "points": _number(now.points if is_answered else None),
        "rescaled": _number(now.rescaled if is_answered else None),
        "gap": _number(now.gap if is_answered else None),
        "coverage": _number(now.coverage),
        "previous_points": _number(then.points if then is not None and then.answered else None),
        "change": _number(line.change),
    }


def _rise(key: str, rise: Rise) -> dict[str, Any]:
    return {
        "recommendation": rise.code,
        "criterion": rise.criterion,
        "action_item": f"{key}-{rise.action_code}",
        "previous_percent": rise.then,
        "percent": rise.now,
        "section": None if rise.section is None else rise.section.code,
        "section_change": None if rise.section is None else _number(rise.section.change),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "criterion": gap.code,
        "leaders": float(gap.leaders),
        "others": float(gap.others),
        "gap": float(gap.points),
    }


def _engagement(engagement: Engagement) -> dict[str, Any]:
    return {
        "promises": _share(engagement.promises),
        "decisions": _share(engagement.decisions),
        "debriefs": _share(engagement.debriefs),
    }


def _share(share: Share) -> dict[str, int]:
    return {"done": share.part, "due": share.whole}
